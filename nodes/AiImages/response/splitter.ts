import { CallFailure } from '../errors';
import { Base64Decoder } from './base64';
import { parseJson } from './json';

/** An image inside a text that is still arriving. */
export interface ArrivingImage {
	/** Stands in the skeleton where the text of the image stood. */
	readonly placeholder: string;
	/** The decoded pieces, at least one; what is not read is passed over. */
	readonly bytes: AsyncIterable<Buffer>;
}

/** The body ended in the middle of an image. */
export class ImageCutOff extends CallFailure {
	constructor() {
		super(
			'The server’s answer breaks off in the middle of an image',
			'The image may have been made and billed. If it happens again, look at what stands between n8n and the server: a proxy may cut long answers',
		);
	}
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;

/** Longest beginning of a text that is looked at: keys and `data:` are shorter, even if escaped. */
const LOOK_AT = 60;

/** Longest skeleton, in bytes; ten revised prompts of the greatest length take a tenth of it. */
const LONGEST_SKELETON = 4_194_304;

/**
 * Takes the images out of a JSON text while it arrives, so that neither the text nor an image is
 * ever held. It follows strings only: the value of each key `b64_json`, and of each `url` that is
 * a data URL, is decoded piece by piece and replaced by a placeholder. What remains, the skeleton,
 * is ordinary JSON of a few hundred bytes.
 *
 *     const splitter = new ImageSplitter(body);
 *     for await (const { bytes } of splitter.images()) await store(bytes);
 *     const answer = JSON.parse(splitter.skeleton()); // { data: [{ b64_json: '0' }] }
 */
export class ImageSplitter {
	private readonly source: AsyncIterator<Buffer>;
	/** The last piece of the text, and how far it has been read. */
	private chunk: Buffer = Buffer.alloc(0);
	private at = 0;
	private readonly kept: Buffer[] = [];
	private keptBytes = 0;
	private place: 'outside' | 'text' | 'image' = 'outside';
	/** Whether the character before was a backslash inside a text. */
	private escaped = false;
	/** The beginning of the current or last text, with its escapes. */
	private text = '';
	/** The key whose value the current text is, or empty. */
	private key = '';
	/** The last character outside of texts that is not white space. */
	private lastOutside = 0;
	private decoder = new Base64Decoder();
	private count = 0;

	constructor(text: AsyncIterable<Buffer>) {
		this.source = text[Symbol.asyncIterator]();
	}

	/**
	 * The images, each to be read before the next one is asked for.
	 *
	 * @throws ImageCutOff, CallFailure if the skeleton is longer than any answer, and what the text
	 *   itself throws
	 */
	async *images(): AsyncGenerator<ArrivingImage> {
		try {
			while (await this.hasMore()) {
				this.readUpToImage();
				if (this.place !== 'image') continue;
				const first = await this.nextPiece();
				if (!first) continue;
				const number = `${this.count++}`;
				this.keep(Buffer.from(number));
				yield { placeholder: `${plain(this.text)}${number}`, bytes: this.pieces(first) };
				while (await this.nextPiece());
			}
		} finally {
			await this.source.return?.();
		}
	}

	/** The JSON text without its images, as far as it was read. */
	skeleton(): string {
		return Buffer.concat(this.kept).toString('utf8');
	}

	private async hasMore(): Promise<boolean> {
		while (this.at === this.chunk.length) {
			const { done, value } = await this.source.next();
			if (done) return false;
			this.chunk = value;
			this.at = 0;
		}
		return true;
	}

	private async *pieces(first: Buffer): AsyncGenerator<Buffer> {
		for (let piece: Buffer | null = first; piece; piece = await this.nextPiece()) yield piece;
	}

	/** The next bytes of the image; null at its end, with the quote next to be read. */
	private async nextPiece(): Promise<Buffer | null> {
		while (this.place === 'image') {
			if (!(await this.hasMore())) throw new ImageCutOff();
			const { chunk, at } = this;
			const quote = this.endOfImage(chunk, at);
			this.at = quote < 0 ? chunk.length : quote;
			let bytes = this.decoder.push(chunk.toString('latin1', at, this.at));
			if (quote >= 0) {
				bytes = Buffer.concat([bytes, this.decoder.end()]);
				this.place = 'text';
				this.escaped = false;
			}
			if (bytes.length > 0) return bytes;
		}
		return null;
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

	/** Reads the chunk to its end, or to where the text of an image begins. */
	private readUpToImage(): void {
		const from = this.at;
		while (this.at < this.chunk.length && this.place !== 'image') {
			this.step(this.chunk[this.at++] as number);
			if (this.beginsImage()) {
				this.place = 'image';
				this.decoder = new Base64Decoder();
			}
		}
		this.keep(this.chunk.subarray(from, this.at));
	}

	/** Copies, because a part of a chunk would hold all of it in memory. */
	private keep(bytes: Buffer): void {
		this.keptBytes += bytes.length;
		if (this.keptBytes > LONGEST_SKELETON) {
			throw new CallFailure(
				`The server’s answer holds more than ${LONGEST_SKELETON / 1_048_576} MB beside its images`,
				'Check the Base URL in the credential, or ask the operator of the server. The call may have been billed',
			);
		}
		this.kept.push(Buffer.from(bytes));
	}

	private step(byte: number): void {
		if (this.place === 'outside') {
			if (byte === QUOTE) {
				this.key = this.lastOutside === COLON ? plain(this.text) : '';
				this.text = '';
				this.place = 'text';
				this.escaped = false;
			} else if (byte > SPACE) {
				this.lastOutside = byte;
			}
		} else if (byte === QUOTE && !this.escaped) {
			this.lastOutside = QUOTE;
			this.place = 'outside';
		} else {
			this.escaped = byte === BACKSLASH && !this.escaped;
			if (this.text.length < LOOK_AT) this.text += String.fromCharCode(byte);
		}
	}

	private beginsImage(): boolean {
		if (this.place !== 'text') return false;
		if (this.key === 'b64_json') return this.text === '';
		return this.key === 'url' && !this.escaped && /^data:$/i.test(plain(this.text));
	}
}

/** What a JSON text says, the escapes read; as it is if it breaks off inside of one. */
function plain(text: string): string {
	return text.includes('\\') ? String(parseJson(`"${text}"`) ?? text) : text;
}
