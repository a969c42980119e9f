import sharp from 'sharp';
import type { ImageRequest, InputImage } from '../imageRequest.ts';
import { open, pixels } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { insets } from './insets.ts';
import { drawPicture } from './picture.ts';
import { signatureWords } from './signature.ts';

/** Below this edge, in pixels, a picture has no room for words; it is drawn larger and cut. */
const smallestPicture = 64;

/** Words within this margin (a share of the edge) are seen whole even through an oval hole. */
const ovalMargin = 0.15;

/**
 * Replaces the pixels under the mask's fully transparent ones by a new picture; all others keep
 * their value. A mask without transparent pixels changes nothing.
 */
export async function fillHole(
	base: Canvas,
	request: ImageRequest,
	mask: InputImage,
	index: number,
): Promise<Canvas> {
	const { width, height } = base;
	const alpha = await sharp(mask.bytes)
		.autoOrient()
		.resize(width, height, { fit: 'cover', kernel: 'nearest' })
		.ensureAlpha()
		.extractChannel('alpha')
		.raw({ depth: 'uchar' })
		.toBuffer();
	const hole = boundsOfHole(alpha, width, height);
	if (!hole) return base;
	const patch = await drawPatch(request, hole, index);
	const data = Buffer.from(base.data);
	for (let y = hole.top; y < hole.bottom; y++) {
		for (let x = hole.left; x < hole.right; x++) {
			if (alpha[y * width + x] !== 0) continue;
			const from = ((y - hole.top) * patch.width + (x - hole.left)) * 4;
			patch.data.copy(data, (y * width + x) * 4, from, from + 4);
		}
	}
	return { data, width, height };
}

interface Bounds {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

function boundsOfHole(alpha: Buffer, width: number, height: number): Bounds | undefined {
	const bounds = { left: width, top: height, right: 0, bottom: 0 };
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			if (alpha[y * width + x] !== 0) continue;
			bounds.left = Math.min(bounds.left, x);
			bounds.right = Math.max(bounds.right, x + 1);
			bounds.top = Math.min(bounds.top, y);
			bounds.bottom = y + 1;
		}
	}
	return bounds.right > 0 ? bounds : undefined;
}

async function drawPatch(request: ImageRequest, hole: Bounds, index: number): Promise<Canvas> {
	const width = Math.max(smallestPicture, hole.right - hole.left);
	const height = Math.max(smallestPicture, hole.bottom - hole.top);
	const patch = await drawPicture({
		prompt: request.prompt,
		signature: signatureWords(request.model.id, request.width, request.height),
		width,
		height,
		seed: `${request.prompt}#${index}`,
		transparent: false,
		margin: ovalMargin,
	});
	const further = request.images.slice(1);
	if (further.length === 0) return patch;
	return pixels(open(patch).composite(await insets(further, width, height)));
}
