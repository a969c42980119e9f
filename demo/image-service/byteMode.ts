import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { ApiError } from './apiError.ts';
import { picture } from './imageRequest.ts';
import type { Picture } from './imageRequest.ts';

/** While it is on, every image is one and the same file of an exact length, and nothing is drawn. */
export interface ByteMode {
	picture: Picture;
	latencyMs: number;
	asUrl: boolean;
	width: number;
	height: number;
}

/** Reads `{ bytes, latencyMs?, format?: 'png', asUrl?, width?, height? }` and makes the file. */
export async function readByteMode(order: Record<string, unknown>): Promise<ByteMode> {
	const { format = 'png', asUrl = false } = order;
	if (format !== 'png') throw refuse("'format' must be png");
	if (typeof asUrl !== 'boolean') throw refuse("'asUrl' must be a boolean");
	const bytes = wholeNumber(order, 'bytes');
	const width = wholeNumber(order, 'width', 1024);
	const height = wholeNumber(order, 'height', 1024);
	return {
		picture: picture(await paddedPng(width, height, bytes)),
		latencyMs: wholeNumber(order, 'latencyMs', 0),
		asUrl,
		width,
		height,
	};
}

/** Length, type and checksum of a chunk: https://www.w3.org/TR/png-3/#5Chunk-layout */
const chunkOverhead = 12;

/** Type and length of the last chunk, IEND, which is always empty. */
const endChunkLength = 12;

/** A valid PNG that is padded to `length` bytes by an ancillary private chunk before its end. */
async function paddedPng(width: number, height: number, length: number): Promise<Buffer> {
	const plain = await sharp({ create: { width, height, channels: 3, background: '#2c5f7c' } })
		.png({ palette: true, compressionLevel: 9 })
		.toBuffer();
	const padding = length - plain.length - chunkOverhead;
	if (padding < 0) {
		throw refuse(
			`a PNG of ${width}x${height} needs at least ${plain.length + chunkOverhead} bytes`,
		);
	}
	const end = plain.length - endChunkLength;
	return Buffer.concat([plain.subarray(0, end), chunk('paDd', padding), plain.subarray(end)]);
}

function chunk(type: string, length: number): Buffer {
	const whole = Buffer.alloc(chunkOverhead + length);
	whole.writeUInt32BE(length, 0);
	whole.write(type, 4, 'latin1');
	whole.writeUInt32BE(crc32(whole.subarray(4, 8 + length)), 8 + length);
	return whole;
}

function wholeNumber(order: Record<string, unknown>, key: string, fallback?: number): number {
	const value = order[key] ?? fallback;
	if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
	throw refuse(`'${key}' must be a whole number`);
}

function refuse(reason: string): ApiError {
	return new ApiError(400, `Byte mode cannot start: ${reason}.`, 'invalid_byte_mode');
}
