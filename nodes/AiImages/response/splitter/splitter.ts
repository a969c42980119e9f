import { keysOf } from '../../services/spelling';
import type { Service } from '../../services/types';
import { MAX_METADATA_BYTES, tooMuchMetadata } from '../limits';
import { ChunkReader } from './chunkReader';
import { findEmbeddedImage } from './embeddedImage';
import { completeLength, unescapeString } from './escapes';
import { ImageReader, type ImageStart } from './imageReader';
import { JsonPosition, type TopLevel } from './jsonPosition';
import { StringEnd } from './stringEnd';
import { stringKind, type KeyKind } from './stringKind';

/** An image in a JSON text, while it arrives. */
export interface ArrivingImage {
	/** The string that replaces the image in the skeleton. */
	readonly placeholder: string;
	/** Its key says that it is an image; otherwise its bytes decide. */
	readonly isCertain: boolean;
	/** The decoded bytes, in at least one piece. What is not read is skipped. */
	readonly bytes: AsyncIterable<Buffer>;
}

/** Bytes of a string that stay in the skeleton. Longer strings are cut: nothing reads their rest. */
const MAX_STRING_BYTES = 65_536;

/** The same for strings that nobody reads. */
const MAX_OPAQUE_BYTES = 64;

/**
 * Takes the images out of a JSON text while it arrives. Neither the text nor an image is ever held
 * in memory. A string that is an image, by its key or by its beginning, is decoded piece by piece
 * and replaced by a placeholder. The same happens to a data URL inside prose. The rest is the
 * skeleton: ordinary JSON of a few hundred bytes.
 *
 *     const splitter = new ImageSplitter(body, service);
 *     for await (const { bytes } of splitter.images()) await store(bytes);
 *     const response = JSON.parse(splitter.skeleton()); // { data: [{ b64_json: '\0image 0' }] }
 */
export class ImageSplitter {
	private readonly reader: ChunkReader;
	private readonly json: JsonPosition;
	/** The skeleton up to the current string, one character per byte. */
	private output = '';
	/** Bytes that were cut from the strings in it. */
	private omittedBytes = 0;
	private isInString = false;
	private readonly stringEnd = new StringEnd();
	/** The beginning of the current string, one character per byte, with its JSON escapes. */
	private string = '';
	/** Bytes of the current string that have been read. */
	private stringBytes = 0;
	/** Whether it is known if the current string is an image. */
	private isClassified = false;
	private imageCount = 0;

	/** @param service names the keys that hold images */
	constructor(
		body: AsyncIterable<Buffer>,
		private readonly service: Pick<Service, 'results' | 'events'>,
	) {
		this.reader = new ChunkReader(body);
		const { results, events } = service;
		this.json = new JsonPosition({ list: results.list, previewIndex: events.previewIndex });
	}

	/**
	 * The images. Each must be read before the next one is requested.
	 *
	 * @throws TruncatedImageError if the body ends in the middle of an image
	 * @throws ApiError if there is too much beside the images
	 */
	async *images(): AsyncGenerator<ArrivingImage> {
		try {
			while (await this.reader.hasMore()) {
				const image = this.readUpToImage();
				if (!image) continue;
				const first = await image.next();
				if (first) {
					const name = `image ${this.imageCount++}`;
					this.append(`\\u0000${name}`);
					const { isCertain } = image;
					yield { placeholder: `\0${name}`, isCertain, bytes: piecesOf(image, first) };
					while (await image.next());
				}
				this.beginString(true);
			}
		} finally {
			await this.reader.close();
		}
	}

	/** The JSON text without its images, as far as it has been read. */
	skeleton(): string {
		return Buffer.from(this.output + this.string, 'latin1').toString('utf8');
	}

	/** What is known about the top level so far. */
	get top(): Readonly<TopLevel> {
		return this.json.top;
	}

	/** Reads the current chunk up to the next image. Returns null if it has no more of them. */
	private readUpToImage(): ImageReader | null {
		const { reader } = this;
		while (reader.position < reader.chunk.length) {
			if (this.isInString) {
				const image = this.readString();
				if (image) return image;
			} else this.readOutside();
		}
		return null;
	}

	private readOutside(): void {
		const { chunk, position } = this.reader;
		const { to, isString } = this.json.skipToString(chunk, position);
		this.reader.position = to;
		this.append(chunk.toString('latin1', position, to));
		if (isString) this.beginString(false);
	}

	/** @param followsImage it is the rest of a string that had an image */
	private beginString(followsImage: boolean): void {
		this.isInString = true;
		this.stringEnd.isEscaped = false;
		this.string = '';
		this.stringBytes = 0;
		this.isClassified = followsImage || this.json.isKey || this.json.isIgnored;
	}

	/** Reads the current string to its end, to that of the chunk, or up to an image in it. */
	private readString(): ImageReader | null {
		const { reader, string: before } = this;
		const { chunk, position: from } = reader;
		const { isEscaped } = this.stringEnd;
		const quote = this.stringEnd.find(chunk, from);
		const isWhole = quote >= 0;
		const to = isWhole ? quote : chunk.length;
		reader.position = to;
		this.stringBytes += to - from;
		const room = (this.json.isOpaque ? MAX_OPAQUE_BYTES : MAX_STRING_BYTES) - before.length;
		if (room > 0) this.string += chunk.toString('latin1', from, Math.min(to, from + room));
		// The beginning of a string is searched when it is known to be no image as a whole.
		const searched = this.isClassified ? before.length : 0;
		if (!this.isClassified) {
			const kind = stringKind(this.string, this.keyKind, isWhole);
			if (kind === undefined) return null;
			this.isClassified = true;
			if (kind !== 'plain') {
				// The image reader starts where this method did.
				reader.position = from;
				this.stringEnd.isEscaped = isEscaped;
				const isCertain = kind === 'image';
				return this.beginImage({ isCertain, isEmbedded: false, beginning: before });
			}
		}
		const embedded = this.findEmbedded(from, before.length, searched);
		if (embedded) return embedded;
		this.checkMetadataBytes(this.omittedOfString);
		if (isWhole) this.endString();
		return null;
	}

	private get keyKind(): KeyKind {
		const { base64, url } = this.service.results;
		if (this.json.isAtEndOf(keysOf(base64))) return 'base64';
		return this.json.isAtEndOf(keysOf(url)) ? 'url' : 'other';
	}

	/**
	 * @param from where the reader began to read
	 * @param before how many characters of the string were read before that
	 * @param searched how many of them were searched
	 */
	private findEmbedded(from: number, before: number, searched: number): ImageReader | null {
		if (this.json.isKey || this.json.isIgnored || this.string.length === searched) return null;
		const found = findEmbeddedImage(this.string, searched);
		if (!found) return null;
		this.reader.position = from + Math.max(0, found.data - before);
		this.append(this.string.slice(0, found.start));
		const beginning = this.string.slice(found.data, before);
		return this.beginImage({ isCertain: false, isEmbedded: true, beginning });
	}

	private beginImage(start: ImageStart): ImageReader {
		this.string = '';
		return new ImageReader(start, this.reader, this.stringEnd);
	}

	private endString(): void {
		const isCut = this.stringBytes > this.string.length;
		// The cut can go through an escape.
		const string = isCut
			? `${this.string.slice(0, completeLength(this.string))}\\u2026`
			: this.string;
		this.string = '';
		this.omittedBytes += this.omittedOfString;
		this.append(`${string}"`);
		this.reader.position++;
		this.json.endString(unescapeString(string));
		this.isInString = false;
	}

	/** Bytes cut from the current string. 0 for echoes of the request: input images can be long. */
	private get omittedOfString(): number {
		return this.json.isIgnored ? 0 : Math.max(0, this.stringBytes - MAX_STRING_BYTES);
	}

	private append(part: string): void {
		this.output += part;
		this.checkMetadataBytes(0);
	}

	/** @param more bytes that are not counted yet */
	private checkMetadataBytes(more: number): void {
		const length = this.output.length + this.omittedBytes + more;
		if (length > MAX_METADATA_BYTES) throw tooMuchMetadata();
	}
}

async function* piecesOf(image: ImageReader, first: Buffer): AsyncGenerator<Buffer> {
	for (let piece: Buffer | null = first; piece; piece = await image.next()) yield piece;
}
