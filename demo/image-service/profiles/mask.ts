import sharp from 'sharp';
import type { InputImage } from '../imageRequest.ts';

/** Shades differ by less than this in a JPEG of black and white. */
const colourless = 24;

/**
 * Reads a mask that says by black and white what to paint: a mask as the painter wants it, of the
 * given size and transparent where it paints. Undefined = it has colours or transparent pixels.
 */
export async function readMask(
	{ bytes }: InputImage,
	paints: 'black' | 'white',
	{ width, height }: { width: number; height: number },
): Promise<InputImage | undefined> {
	const data = await sharp(bytes)
		.autoOrient()
		.toColourspace('srgb')
		.resize(width, height, { fit: 'fill', kernel: 'nearest' })
		.ensureAlpha()
		.raw({ depth: 'uchar' })
		.toBuffer();
	for (let at = 0; at < data.length; at += 4) {
		const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
		const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
		if (alpha !== 255 || spread > colourless) return undefined;
		data[at + 3] = green < 128 === (paints === 'black') ? 0 : 255;
	}
	const raw = { width, height, channels: 4 } as const;
	const png = await sharp(data, { raw }).png().toBuffer();
	return { bytes: png, width, height, hasAlpha: true, hasTransparency: true };
}
