import sharp from 'sharp';
import type { OverlayOptions, Sharp } from 'sharp';

/** Straight RGBA pixels of one picture. */
export interface Canvas {
	data: Buffer;
	width: number;
	height: number;
}

/** Opens a canvas for further work in sharp. */
export function open({ data, width, height }: Canvas): Sharp {
	return sharp(data, { raw: { width, height, channels: 4 } });
}

/** Runs a sharp pipeline to its pixels. */
export async function pixels(image: Sharp): Promise<Canvas> {
	const { data, info } = await image
		.toColourspace('srgb')
		.ensureAlpha()
		.raw({ depth: 'uchar' })
		.toBuffer({ resolveWithObject: true });
	return { data, width: info.width, height: info.height };
}

/** Renders an SVG document and lays further layers over it. */
export function render(svg: string, layers: OverlayOptions[]): Promise<Canvas> {
	return pixels(sharp(Buffer.from(svg)).composite(layers));
}
