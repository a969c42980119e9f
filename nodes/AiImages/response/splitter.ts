import { Base64Decoder } from './base64';

/** An image that was inside an answer, in the order of its arrival. */
export interface EmbeddedImage {
	/** Stands in the skeleton where the text of the image stood. */
	readonly placeholder: string;
	readonly bytes: Buffer;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;

/** Longest beginning of a text that is looked at: keys and `data:` are shorter. */
const LOOK_AT = 16;

/**
 * Takes the images out of a JSON text while it arrives, so that neither the text nor more than
 * one image is ever held. It follows strings only: the value of each key `b64_json`, and of each
 * `url` that is a data URL, is decoded and replaced by a placeholder. What remains, the skeleton,
 * is ordinary JSON of a few hundred bytes.
 *
 *     const splitter = new ImageSplitter();
 *     for await (const chunk of body) for (const image of splitter.push(chunk)) await store(image);
 *     const answer = JSON.parse(splitter.skeleton()); // { data: [{ b64_json: '0' }] }
 */
export class ImageSplitter {
	private readonly kept: Buffer[] = [];
	private place: 'outside' | 'text' | 'image' = 'outside';
	/** Whether the character before was a backslash inside a text. */
	private escaped = false;
	/** The beginning of the current or last text. */
	private text = '';
	/** The key whose value the current text is, or empty. */
	private key = '';
	/** The last character outside of texts that is not white space. */
	private lastOutside = 0;
	private decoder = new Base64Decoder();
	private count = 0;

	/** Reads the next piece and returns the images that it completes. */
	*push(chunk: Buffer): Generator<EmbeddedImage> {
		let keptUpTo = 0;
		for (let at = 0; at < chunk.length; at++) {
			if (this.place === 'image') {
				const end = this.endOfImage(chunk, at);
				this.decoder.push(chunk.toString('latin1', at, end < 0 ? chunk.length : end));
				if (end < 0) return;
				const bytes = this.decoder.end();
				if (bytes.length > 0) {
					const placeholder = `${this.text}${this.count++}`;
					this.kept.push(Buffer.from(placeholder.slice(this.text.length)));
					yield { placeholder, bytes };
				}
				this.place = 'text';
				this.escaped = false;
				keptUpTo = at = end;
			}
			this.step(chunk[at] as number);
			if (this.beginsImage()) {
				this.keep(chunk.subarray(keptUpTo, at + 1));
				keptUpTo = chunk.length;
				this.place = 'image';
			}
		}
		this.keep(chunk.subarray(keptUpTo));
	}

	/** The JSON text without its images. */
	skeleton(): string {
		return Buffer.concat(this.kept).toString('utf8');
	}

	/** Where the quote is that ends the image's text, which an escaped one does not; or -1. */
	private endOfImage(chunk: Buffer, from: number): number {
		for (let at = from; ; at++) {
			const quote = chunk.indexOf(QUOTE, at);
			const end = quote < 0 ? chunk.length : quote;
			let slashes = 0;
			while (end - slashes > from && chunk[end - slashes - 1] === BACKSLASH) slashes++;
			const isEscaped = (slashes + (end - slashes === from && this.escaped ? 1 : 0)) % 2 === 1;
			if (quote < 0) this.escaped = isEscaped;
			if (quote < 0 || !isEscaped) return quote;
			at = quote;
		}
	}

	/** Copies, because a part of a chunk would hold all of it in memory. */
	private keep(bytes: Buffer): void {
		if (bytes.length > 0) this.kept.push(Buffer.from(bytes));
	}

	private step(byte: number): void {
		if (this.place === 'outside') {
			if (byte === QUOTE) {
				this.key = this.lastOutside === COLON ? this.text : '';
				this.text = '';
				this.place = 'text';
				this.escaped = false;
			} else if (byte > SPACE) {
				this.lastOutside = byte;
			}
		} else if (this.escaped) {
			this.escaped = false;
		} else if (byte === BACKSLASH) {
			this.escaped = true;
		} else if (byte === QUOTE) {
			this.lastOutside = QUOTE;
			this.place = 'outside';
		} else if (this.text.length < LOOK_AT) {
			this.text += String.fromCharCode(byte);
		}
	}

	private beginsImage(): boolean {
		if (this.place !== 'text') return false;
		return (
			(this.key === 'b64_json' && this.text === '') || (this.key === 'url' && this.text === 'data:')
		);
	}
}
