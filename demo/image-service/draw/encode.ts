import sharp from 'sharp';
import type { OutputFormat } from '../imageRequest.ts';
import { open } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { setFrameDelay } from './gifDelay.ts';

export interface EncodeOptions {
	format: Exclude<OutputFormat, 'svg'>;
	/** 0–100 as in `output_compression`; 100 is the best quality. */
	compression: number;
	/** False removes the alpha channel. */
	transparent: boolean;
	frameDurationMs: number;
}

/** Writes the picture, or for a GIF its frames, as a file of the wanted format. */
export function encode(frames: Canvas[], options: EncodeOptions): Promise<Buffer> {
	const first = frames[0]!;
	// libvips and libjpeg count quality from 1.
	const quality = Math.max(1, options.compression);
	if (options.format === 'gif') return encodeGif(frames, options.frameDurationMs);
	const image = options.transparent ? open(first) : open(first).flatten({ background: '#ffffff' });
	if (options.format === 'jpeg') return image.jpeg({ quality }).toBuffer();
	if (options.format === 'webp') return image.webp({ quality, effort: 2 }).toBuffer();
	return image.png({ compressionLevel: 6 }).toBuffer();
}

async function encodeGif(frames: Canvas[], frameDurationMs: number): Promise<Buffer> {
	const { width, height } = frames[0]!;
	const stacked = sharp(Buffer.concat(frames.map(({ data }) => data)), {
		raw: { width, height: height * frames.length, channels: 4, pageHeight: height },
	});
	const gif = await stacked.removeAlpha().gif({ loop: 0, effort: 3 }).toBuffer();
	setFrameDelay(gif, frameDurationMs);
	return gif;
}
