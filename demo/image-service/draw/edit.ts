import sharp from 'sharp';
import type { OverlayOptions, Sharp } from 'sharp';
import type { ImageRequest, InputImage } from '../imageRequest.ts';
import { open, pixels } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { caption } from './caption.ts';
import { insets } from './insets.ts';
import { fillHole } from './mask.ts';

/**
 * Composes one edited picture: the first input covers the output, a markup lies over it, further
 * inputs are inset as cards, and the prompt is written on it. With a mask, everything that is new
 * stays within the mask's transparent pixels.
 */
export async function drawEdit(request: ImageRequest, index: number): Promise<Canvas> {
	const base = await drawBase(request);
	if (request.mask) return fillHole(base, request, request.mask, index);
	return pixels(open(base).composite(await foreground(request, index, 1)));
}

/** The frames of an edit as GIF: a bar below the caption fills up. */
export async function drawEditFrames(request: ImageRequest, index: number): Promise<Canvas[]> {
	const base = await drawBase(request);
	return Promise.all(
		Array.from({ length: request.frameCount }, async (_, frame) => {
			const progress = (frame + 1) / request.frameCount;
			return pixels(open(base).composite(await foreground(request, index, progress)));
		}),
	);
}

async function foreground(
	request: ImageRequest,
	index: number,
	progress: number,
): Promise<OverlayOptions[]> {
	const { width, height } = request;
	return [
		...(await caption(request, index, progress)),
		...(await insets(request.images.slice(1), width, height)),
	];
}

async function drawBase(request: ImageRequest): Promise<Canvas> {
	const { width, height, markup } = request;
	const first = request.images[0]!;
	const base = await pixels(cover(first, width, height));
	const layers: OverlayOptions[] = [];
	if (markup) layers.push({ input: await cover(markup, width, height).png().toBuffer() });
	if (request.background === 'transparent' && !first.hasTransparency && !request.mask) {
		layers.push({ input: Buffer.from(cardShape(width, height)), blend: 'dest-in' });
	}
	const composed = layers.length > 0 ? await pixels(open(base).composite(layers)) : base;
	if (request.background === 'transparent' || request.mask === first) return composed;
	return pixels(open(composed).flatten({ background: '#ffffff' }));
}

/** Fills the output with the picture; without a change of size its pixels stay as they are. */
function cover({ bytes }: InputImage, width: number, height: number): Sharp {
	return sharp(bytes).autoOrient().resize(width, height, { fit: 'cover' });
}

/** A picture that had no transparency becomes a card with rounded corners. */
function cardShape(width: number, height: number): string {
	const unit = Math.min(width, height);
	const inset = Math.round(unit * 0.02);
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect x="${inset}" y="${inset}" width="${width - 2 * inset}" height="${height - 2 * inset}" rx="${unit * 0.09}"/></svg>`;
}
