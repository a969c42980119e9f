import { ApiError } from '../../errors';
import type { Service } from '../../services/types';
import { Base64Decoder } from './base64Decoder';
import { parseJson } from '../../values/json';
import { JsonPosition, type TopLevel } from './jsonPosition';
import { MAX_METADATA_BYTES, tooMuchMetadata } from '../limits';
import { base64Run, StringEnd } from './stringEnd';
import { findEmbeddedImage, lastWhole, stringKind, type KeyKind } from './stringKind';

/** An image inside a text that is still arriving. */
export interface ArrivingImage {
	/** Stands in the skeleton where the text of the image stood. */
	readonly placeholder: string;
	/** Its place says that it is an image; otherwise its bytes have to. */
	readonly isCertain: boolean;
	/** The decoded pieces, at least one; what is not read is passed over. */
	readonly bytes: AsyncIterable<Buffer>;
}

/** The body ended in the middle of an image. */
export class TruncatedImageError extends ApiError {
	constructor() {
		super(
			'The server’s answer breaks off in the middle of an image',
			'The image may have been made and billed. If it happens again, look at what stands between n8n and the server: a proxy may cut long answers',
		);
	}
}

/** Longest text that stays in the skeleton, in bytes; what is longer says nothing to anybody. */
const MAX_TEXT_BYTES = 65_536;

/**
 * Takes the images out of a JSON text while it arrives, so that neither the text nor an image is
 * ever held. A text that is an image, by its key or by its beginning, is decoded piece by piece
 * and replaced by a placeholder, and so is a data URL inside of words. What remains, the skeleton,
 * is ordinary JSON of a few hundred bytes.
 *
 *     const splitter = new ImageSplitter(body, service);
 *     for await (const { bytes } of splitter.images()) await store(bytes);
 *     const response = JSON.parse(splitter.skeleton()); // { data: [{ b64_json: '\0image 0' }] }
 */
export class ImageSplitter {
	private readonly source: AsyncIterator<Buffer>;
	/** The last piece of the text, and how far it has been read. */
	private chunk: Buffer = Buffer.alloc(0);
	private at = 0;
	/** The skeleton, one character for each byte. */
	private kept = '';
	/** Bytes of words that were left out of it. */
	private dropped = 0;
	private readonly json: JsonPosition;
	private place: 'outside' | 'text' | 'image' = 'outside';
	private readonly end = new StringEnd();
	/** The beginning of the current text, in JSON's spelling, and how long all of it is. */
	private text = '';
	private textBytes = 0;
	/** The beginning of the current text has been judged. */
	private judged = false;
	private decoder = new Base64Decoder();
	private image = { isCertain: true, isEmbedded: false, beginning: '' };
	private count = 0;

	/** @param service names the keys that hold images */
	constructor(
		text: AsyncIterable<Buffer>,
		private readonly service: Pick<Service, 'results' | 'events'>,
	) {
		this.source = text[Symbol.asyncIterator]();
		const { results, events } = service;
		this.json = new JsonPosition({ list: results.list, previewIndex: events.previewIndex });
	}

	/**
	 * The images, each to be read before the next one is asked for.
	 *
	 * @throws TruncatedImageError, ApiError for too many words, and what the text itself throws
	 */
	async *images(): AsyncGenerator<ArrivingImage> {
		try {
			while (await this.hasMore()) {
				this.readUpToImage();
				if (this.place !== 'image') continue;
				const first = await this.nextPiece();
				if (!first) continue;
				const { isCertain } = this.image;
				const name = `image ${this.count++}`;
				this.keep(`\\u0000${name}`);
				yield { placeholder: `\0${name}`, isCertain, bytes: this.pieces(first) };
				while (await this.nextPiece());
			}
		} finally {
			await this.source.return?.();
		}
	}

	/** The JSON text without its images, as far as it was read. */
	skeleton(): string {
		return Buffer.from(this.kept + this.text, 'latin1').toString('utf8');
	}

	/** What has been read at the top level so far. */
	get top(): Readonly<TopLevel> {
		return this.json.top;
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

	private readUpToImage(): void {
		while (this.at < this.chunk.length && this.place !== 'image') {
			if (this.place === 'text') this.readText();
			else this.readOutside();
		}
	}

	private readOutside(): void {
		const from = this.at;
		const { at, isText } = this.json.skipTo(this.chunk, from);
		this.at = at;
		this.keep(this.chunk.toString('latin1', from, at));
		if (isText) this.beginText();
	}

	private beginText(judged = false): void {
		this.place = 'text';
		this.end.escaped = false;
		this.text = '';
		this.textBytes = 0;
		this.judged = judged || this.json.isKey || this.json.isIgnored;
	}

	/** Reads the current text to its end, to that of the chunk, or to where an image begins. */
	private readText(): void {
		const { chunk, at: from, text: before } = this;
		const { escaped } = this.end;
		const quote = this.end.find(chunk, from);
		const isWhole = quote >= 0;
		this.at = isWhole ? quote : chunk.length;
		this.textBytes += this.at - from;
		const room = MAX_TEXT_BYTES - before.length;
		if (room > 0) this.text += chunk.toString('latin1', from, Math.min(this.at, from + room));
		if (!this.judged) {
			const kind = stringKind(this.text, this.keyKind, isWhole);
			if (kind === undefined) return;
			this.judged = true;
			if (kind !== 'plain') {
				// The image is read from its first character in this chunk.
				this.at = from;
				this.end.escaped = escaped;
				this.beginImage({ isCertain: kind === 'image', isEmbedded: false, beginning: before });
				return;
			}
		}
		if (this.findEmbedded(from, before.length)) return;
		this.countWords(this.leftOut);
		if (isWhole) this.endText();
	}

	private get keyKind(): KeyKind {
		const { base64, url } = this.service.results;
		if (this.json.key === base64) return 'base64';
		return this.json.key === url ? 'url' : 'other';
	}

	/** Bytes of the current text that do not stay. What repeats the request may be as long as its files. */
	private get leftOut(): number {
		return this.json.isIgnored ? 0 : Math.max(0, this.textBytes - MAX_TEXT_BYTES);
	}

	private countWords(more: number): void {
		if (this.kept.length + this.dropped + more > MAX_METADATA_BYTES) throw tooMuchMetadata();
	}

	/** Looks in words for a data URL. */
	private findEmbedded(from: number, known: number): boolean {
		if (this.json.isKey || this.json.isIgnored || this.text.length === known) return false;
		const found = findEmbeddedImage(this.text, known);
		if (!found) return false;
		this.at = from + Math.max(0, found.data - known);
		this.keep(this.text.slice(0, found.start));
		const beginning = this.text.slice(found.data, known);
		this.beginImage({ isCertain: false, isEmbedded: true, beginning });
		return true;
	}

	private beginImage(image: typeof this.image): void {
		this.text = '';
		this.place = 'image';
		this.image = image;
		this.decoder = new Base64Decoder();
	}

	/** What is left out of a long text is never inside of an escape. */
	private endText(): void {
		const isCut = this.textBytes > this.text.length;
		const text = isCut ? `${this.text.slice(0, lastWhole(this.text))}\\u2026` : this.text;
		this.text = '';
		this.dropped += this.leftOut;
		this.keep(`${text}"`);
		this.at++;
		this.json.endText(plain(text));
		this.place = 'outside';
	}

	private async *pieces(first: Buffer): AsyncGenerator<Buffer> {
		for (let piece: Buffer | null = first; piece; piece = await this.nextPiece()) yield piece;
	}

	/** The next bytes of the image; null at its end, with what follows it next to be read. */
	private async nextPiece(): Promise<Buffer | null> {
		while (this.place === 'image') {
			if (!(await this.hasMore())) throw new TruncatedImageError();
			const { chunk, at, image } = this;
			const { to, isEnd } = image.isEmbedded ? base64Run(chunk, at) : this.restOfText();
			if (to === at && !isEnd && to < chunk.length) {
				if (await this.joinNext()) continue;
				throw new TruncatedImageError();
			}
			this.at = to;
			const piece = chunk.toString('latin1', at, to);
			let bytes = this.decoder.push(image.beginning ? image.beginning + piece : piece);
			image.beginning = '';
			if (isEnd) {
				bytes = Buffer.concat([bytes, this.decoder.end()]);
				this.beginText(true);
			}
			if (bytes.length > 0) return bytes;
		}
		return null;
	}

	private restOfText(): { to: number; isEnd: boolean } {
		const quote = this.end.find(this.chunk, this.at);
		return quote < 0 ? { to: this.chunk.length, isEnd: false } : { to: quote, isEnd: true };
	}

	/** Puts the next piece behind what is left of this one. */
	private async joinNext(): Promise<boolean> {
		const { done, value } = await this.source.next();
		if (done) return false;
		this.chunk = Buffer.concat([this.chunk.subarray(this.at), value]);
		this.at = 0;
		return true;
	}

	private keep(text: string): void {
		this.kept += text;
		this.countWords(0);
	}
}

/** What a JSON text says, the escapes read; as it is if it breaks off inside of one. */
function plain(text: string): string {
	return text.includes('\\') ? String(parseJson(`"${text}"`) ?? text) : text;
}
