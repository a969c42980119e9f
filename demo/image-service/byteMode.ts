import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { ApiError } from './apiError.ts';
import { Base64Text } from './imageRequest.ts';
import type { Picture } from './imageRequest.ts';

/** While it is on, every image is a file of an exact length, and nothing is drawn. */
export interface ByteMode {
	/** The next file: the same image with another number, so no two files are equal. */
	next(): Picture;
	bytes: number;
	latencyMs: number;
	asUrl: boolean;
	width: number;
	height: number;
}

/** Reads `{ bytes, latencyMs?, format?: 'png', asUrl?, width?, height? }` and makes the file. */
export async function readByteMode(settings: Record<string, unknown>): Promise<ByteMode> {
	const { format = 'png', asUrl = false } = settings;
	if (format !== 'png') throw refuse("'format' must be png");
	if (typeof asUrl !== 'boolean') throw refuse("'asUrl' must be a boolean");
	const bytes = wholeNumber(settings, 'bytes');
	const width = wholeNumber(settings, 'width', 1024);
	const height = wholeNumber(settings, 'height', 1024);
	return {
		next: numbering(await paddedPng(width, height, bytes)),
		bytes,
		latencyMs: wholeNumber(settings, 'latencyMs', 0),
		asUrl,
		width,
		height,
	};
}

/** Length, type and checksum of a chunk: https://www.w3.org/TR/png-3/#5Chunk-layout */
const chunkOverhead = 12;

/** Type and length of the last chunk, IEND, which is always empty. */
const endChunkLength = 12;

/** The chunk with the number: eight bytes, and its overhead. */
const numberLength = chunkOverhead + 8;

/** A valid PNG that is padded to `length` bytes by ancillary private chunks before its end. */
async function paddedPng(width: number, height: number, length: number): Promise<Buffer> {
	const plain = await sharp({ create: { width, height, channels: 3, background: '#2c5f7c' } })
		.png({ palette: true, compressionLevel: 9 })
		.toBuffer();
	const least = plain.length + chunkOverhead + numberLength;
	if (length < least) throw refuse(`a PNG of ${width}x${height} needs at least ${least} bytes`);
	const end = plain.length - endChunkLength;
	const padding = chunk('paDd', Buffer.alloc(length - least));
	return Buffer.concat([plain.subarray(0, end), padding, numberChunk(0), plain.subarray(end)]);
}

/**
 * Puts the next number into a padded PNG, from 1. All files share the memory before the
 * number, so large images cost this service nothing.
 */
function numbering(png: Buffer): () => Picture {
	const start = png.length - endChunkLength - numberLength;
	// Three bytes make four characters.
	const head = png.subarray(0, start - (start % 3));
	const text = Buffer.from(head.toString('base64'), 'latin1');
	let count = 0;
	return () => {
		const numbered = numberChunk(++count);
		const tail = Buffer.concat([
			png.subarray(head.length, start),
			numbered,
			png.subarray(start + numbered.length),
		]);
		return {
			get bytes() {
				return Buffer.concat([head, tail]);
			},
			base64: new Base64Text(text, Buffer.from(tail.toString('base64'), 'latin1')),
		};
	};
}

function numberChunk(count: number): Buffer {
	return chunk('nuMb', Buffer.from(String(count).padStart(8, '0')));
}

function chunk(type: string, data: Buffer): Buffer {
	const whole = Buffer.alloc(chunkOverhead + data.length);
	whole.writeUInt32BE(data.length, 0);
	whole.write(type, 4, 'latin1');
	data.copy(whole, 8);
	whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
	return whole;
}

function wholeNumber(settings: Record<string, unknown>, key: string, fallback?: number): number {
	const value = settings[key] ?? fallback;
	if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
	throw refuse(`'${key}' must be a whole number`);
}

function refuse(reason: string): ApiError {
	return new ApiError(400, `Byte mode cannot start: ${reason}.`, 'invalid_byte_mode');
}
