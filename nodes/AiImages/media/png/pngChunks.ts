/** What a PNG says about its pixels: https://www.w3.org/TR/png-3/#11IHDR */
export interface PngHeader {
	readonly width: number;
	readonly height: number;
	/** Bits of a sample, or of an index into the palette. */
	readonly depth: number;
	/** 0 = gray, 2 = RGB, 3 = palette, 4 = gray and alpha, 6 = RGB and alpha. */
	readonly colourType: number;
	/** Red, green and blue of each entry. */
	readonly palette: Buffer;
	/** Of a palette, the alpha of its entries; else, the one transparent color. */
	readonly transparency: Buffer;
}

/** A PNG that cannot be read. */
export class PngError extends Error {}

/** Bytes of the signature, and of the length, type and checksum around the data of a chunk. */
const SIGNATURE_BYTES = 8;
const CHUNK_HEAD_BYTES = 8;
const CHECKSUM_BYTES = 4;

/** Bytes of a palette, the longest chunk that is kept. */
const MAX_KEPT_BYTES = 768;

/**
 * Reads a PNG from its beginning up to its pixels.
 *
 * @returns its header, and the compressed bytes of its pixels, which are read piece by piece
 * @throws PngError if it is damaged, or interlaced
 */
export async function openPng(
	source: AsyncIterable<Buffer>,
): Promise<{ header: PngHeader; compressed: () => AsyncGenerator<Uint8Array> }> {
	const bytes = new ByteReader(source);
	await bytes.skip(SIGNATURE_BYTES);
	let ihdr: Buffer | undefined;
	const kept: Record<string, Buffer> = {};
	for (;;) {
		const { length, type } = await readHead(bytes);
		if (type === 'IDAT') {
			if (!ihdr) throw new PngError('its header is missing');
			const header = toHeader(ihdr, kept);
			return { header, compressed: () => readPixels(bytes, length) };
		}
		if (type === 'IEND') throw new PngError('it has no pixels');
		const isKept = /^(?:IHDR|PLTE|tRNS)$/.test(type) && length <= MAX_KEPT_BYTES;
		if (!isKept) await bytes.skip(length);
		else if (type === 'IHDR') ihdr = await bytes.take(length);
		else kept[type] = await bytes.take(length);
		await bytes.skip(CHECKSUM_BYTES);
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
		await bytes.skip(CHECKSUM_BYTES);
		({ length, type } = await readHead(bytes));
	}
}

async function readHead(bytes: ByteReader): Promise<{ length: number; type: string }> {
	const head = await bytes.take(CHUNK_HEAD_BYTES);
	return { length: head.readUInt32BE(0), type: head.toString('latin1', 4) };
}

function toHeader(ihdr: Buffer, { PLTE, tRNS }: Record<string, Buffer>): PngHeader {
	if (ihdr.length < 13) throw new PngError('its header is damaged');
	if (ihdr[12] !== 0) throw new PngError('it is interlaced. Save it without interlacing');
	const header = {
		width: ihdr.readUInt32BE(0),
		height: ihdr.readUInt32BE(4),
		depth: ihdr[8] as number,
		colourType: ihdr[9] as number,
		palette: PLTE ?? Buffer.alloc(0),
		transparency: tRNS ?? Buffer.alloc(0),
	};
	const isKnown =
		[0, 2, 3, 4, 6].includes(header.colourType) && [1, 2, 4, 8, 16].includes(header.depth);
	const isSane = [header.width, header.height].every((edge) => edge > 0 && edge <= MAX_EDGE);
	if (!isKnown || !isSane) throw new PngError('its header is damaged');
	return header;
}

/** Pixels along an edge. No model takes more. */
const MAX_EDGE = 65_535;

/** Reads exact numbers of bytes from pieces of any length. */
class ByteReader {
	private readonly pieces: AsyncIterator<Buffer>;
	private rest: Buffer = Buffer.alloc(0);

	constructor(source: AsyncIterable<Buffer>) {
		this.pieces = source[Symbol.asyncIterator]();
	}

	/** What is there already, up to a number of bytes. */
	async piece(limit: number): Promise<Buffer> {
		while (this.rest.length === 0) {
			const { done, value } = await this.pieces.next();
			if (done) throw new PngError('it is cut off');
			this.rest = value;
		}
		const piece = this.rest.subarray(0, limit);
		this.rest = this.rest.subarray(piece.length);
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
		for (let left = length; left > 0;) left -= (await this.piece(left)).length;
	}
}
