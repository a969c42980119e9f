import { ApiError } from '../../errors';
import { Base64Decoder } from './base64Decoder';
import type { ChunkReader } from './chunkReader';
import { base64Run } from './embeddedImage';
import type { StringEnd } from './stringEnd';

/** The body ended in the middle of an image. */
export class TruncatedImageError extends ApiError {
	constructor() {
		super(
			'The response ended in the middle of an image',
			'The image might have been generated and billed. If this happens again, check for a proxy between n8n and the API that truncates long responses',
		);
	}
}

/** How an image in a JSON string begins. */
export interface ImageStart {
	/** Its key says that it is an image. */
	readonly isCertain: boolean;
	/** It is a part of a longer string. */
	readonly isEmbedded: boolean;
	/** Its characters before the reader's position. */
	readonly beginning: string;
}

/** Decodes an image in a JSON string while it arrives. */
export class ImageReader {
	readonly isCertain: boolean;
	private readonly isEmbedded: boolean;
	/** Not decoded yet. */
	private beginning: string;
	private readonly decoder = new Base64Decoder();
	private hasEnded = false;

	constructor(
		start: ImageStart,
		private readonly reader: ChunkReader,
		private readonly stringEnd: StringEnd,
	) {
		this.isCertain = start.isCertain;
		this.isEmbedded = start.isEmbedded;
		this.beginning = start.beginning;
	}

	/**
	 * The next bytes of the image.
	 *
	 * @returns null at its end, where the reader stops
	 * @throws TruncatedImageError if the body ends first
	 */
	async next(): Promise<Buffer | null> {
		const { reader } = this;
		while (!this.hasEnded) {
			if (!(await reader.hasMore())) throw new TruncatedImageError();
			const { chunk, position } = reader;
			const { to, isEnd } = this.isEmbedded
				? base64Run(chunk, position)
				: this.restOfString(chunk, position);
			// Only a backslash is left. The next byte tells whether it is part of the base64.
			if (to === position && !isEnd && to < chunk.length) {
				if (await reader.appendNext()) continue;
				throw new TruncatedImageError();
			}
			reader.position = to;
			const piece = chunk.toString('latin1', position, to);
			let bytes = this.decoder.push(this.beginning ? this.beginning + piece : piece);
			this.beginning = '';
			if (isEnd) {
				bytes = Buffer.concat([bytes, this.decoder.end()]);
				this.hasEnded = true;
			}
			if (bytes.length > 0) return bytes;
		}
		return null;
	}

	private restOfString(chunk: Buffer, from: number): { to: number; isEnd: boolean } {
		const quote = this.stringEnd.find(chunk, from);
		return quote < 0 ? { to: chunk.length, isEnd: false } : { to: quote, isEnd: true };
	}
}
