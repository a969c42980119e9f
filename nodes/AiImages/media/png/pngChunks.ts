import { checksum } from './checksum';
import { damaged, PngError, toHeader, type HeaderChunks, type PngHeader } from './pngHeader';

/** A PNG of which all before its pixels has been read. */
export interface OpenPng {
	readonly header: PngHeader;
	/** The compressed bytes of its pixels, piece by piece. */
	compressed(): AsyncGenerator<Uint8Array>;
	/** Closes the source. To be called when enough has been read. */
	close(): Promise<void>;
}

/** Bytes of the signature, and of the length, type and checksum around the data of a chunk. */
const SIGNATURE_BYTES = 8;
const CHUNK_HEAD_BYTES = 8;
const CHECKSUM_BYTES = 4;

/** Bytes of a palette of 256 colors, the longest chunk that is kept. */
const MAX_KEPT_BYTES = 768;

/**
 * Reads a PNG from its beginning up to its pixels.
 *
 * @throws PngError if it is damaged; what the source throws, as it is
 */
export async function openPng(source: AsyncIterable<Buffer>): Promise<OpenPng> {
	const bytes = new ByteReader(source);
	const { header, length } = await readHeader(bytes).catch(async (error: unknown) => {
		await bytes.close();
		throw error;
	});
	return {
		header,
		compressed: () => readPixels(bytes, length),
		close: async () => await bytes.close(),
	};
}

/** What precedes the data of the first IDAT, whose length is returned, too. */
async function readHeader(bytes: ByteReader): Promise<{ header: PngHeader; length: number }> {
	const kept: HeaderChunks = {};
	await bytes.skip(SIGNATURE_BYTES);
	for (;;) {
		const { length, type } = await readHead(bytes);
		if (type === 'IDAT') return { header: toHeader(kept), length };
		if (type === 'IEND') throw damaged('it has no pixels');
		if (type === 'IHDR' || type === 'PLTE' || type === 'tRNS') {
			if (length > MAX_KEPT_BYTES) throw damaged(`its ${type} chunk is too long`);
			kept[type] = await bytes.take(length);
			await checkChunk(bytes, type);
		} else {
			// Programs display a PNG whose metadata are damaged.
			await bytes.skip(length + CHECKSUM_BYTES);
		}
	}
}

/** The data of the IDAT chunks, which follow one another. */
async function* readPixels(bytes: ByteReader, first: number): AsyncGenerator<Uint8Array> {
	let length = first;
	let type = 'IDAT';
	while (type === 'IDAT') {
		for (let left = length; left > 0;) {
			const piece = await bytes.piece(left);
			left -= piece.length;
			yield piece;
		}
		await checkChunk(bytes, type);
		({ length, type } = await readHead(bytes));
	}
}

async function readHead(bytes: ByteReader): Promise<{ length: number; type: string }> {
	const length = (await bytes.take(CHUNK_HEAD_BYTES / 2)).readUInt32BE(0);
	bytes.checksum = 0;
	const type = (await bytes.take(CHUNK_HEAD_BYTES / 2)).toString('latin1');
	return { length, type };
}

/** Compares the bytes of a chunk, from its type on, with the checksum that follows. */
async function checkChunk(bytes: ByteReader, type: string): Promise<void> {
	const actual = bytes.checksum;
	const stored = (await bytes.take(CHECKSUM_BYTES)).readUInt32BE(0);
	if (stored !== actual) throw damaged(`the checksum of its ${type} chunk is wrong`);
}

/** Reads exact numbers of bytes from pieces of any length. */
class ByteReader {
	/** That of all bytes that were read, but not skipped, since it was set to 0. */
	checksum = 0;
	private readonly pieces: AsyncIterator<Buffer>;
	private rest: Buffer = Buffer.alloc(0);

	constructor(source: AsyncIterable<Buffer>) {
		this.pieces = source[Symbol.asyncIterator]();
	}

	/** What is there already, up to a number of bytes. */
	async piece(limit: number): Promise<Buffer> {
		const piece = await this.next(limit);
		this.checksum = checksum(piece, this.checksum);
		return piece;
	}

	async take(length: number): Promise<Buffer> {
		const pieces: Buffer[] = [];
		for (let left = length; left > 0;) {
			const piece = await this.piece(left);
			pieces.push(piece);
			left -= piece.length;
		}
		return Buffer.concat(pieces);
	}

	async skip(length: number): Promise<void> {
		for (let left = length; left > 0;) left -= (await this.next(left)).length;
	}

	async close(): Promise<void> {
		await this.pieces.return?.();
	}

	private async next(limit: number): Promise<Buffer> {
		while (this.rest.length === 0) {
			const { done, value } = await this.pieces.next();
			if (done) throw new PngError('it is cut off');
			this.rest = value;
		}
		const piece = this.rest.subarray(0, limit);
		this.rest = this.rest.subarray(piece.length);
		return piece;
	}
}
