import sharp from 'sharp';
import { drawEdit, drawEditFrames } from './draw/edit.ts';
import { encode } from './draw/encode.ts';
import type { EncodeOptions } from './draw/encode.ts';
import type { Canvas } from './draw/canvas.ts';
import { open, pixels } from './draw/canvas.ts';
import { mosaic } from './draw/mosaic.ts';
import { drawFrames, drawPicture } from './draw/picture.ts';
import type { PictureOptions } from './draw/picture.ts';
import { signatureWords } from './draw/signature.ts';
import { drawSvg } from './draw/svgPicture.ts';
import { picture } from './imageRequest.ts';
import type { ImageRequest, Picture } from './imageRequest.ts';

/** What is made for one image of a request: zero or more previews, then the picture itself. */
export interface Production {
	partials: Picture[];
	final: Picture;
}

/** Draws the image with the given index (0-based); the same request always gives the same bytes. */
export async function produce(request: ImageRequest, index: number): Promise<Production> {
	const { format, compression, frameDurationMs } = request;
	if (format === 'svg') {
		const [first] = request.images;
		const backdrop = first ? await mosaic(first, request.width, request.height) : '';
		const svg = drawSvg(pictureOptions(request, index), backdrop);
		return { partials: [], final: picture(Buffer.from(svg)) };
	}
	const transparent = request.background === 'transparent';
	const encoding = { format, compression, transparent, frameDurationMs };
	const frames = await draw(request, index);
	const final = picture(await encode(frames, encoding));
	return { partials: await previews(frames[0]!, request.partialImages, encoding), final };
}

async function draw(request: ImageRequest, index: number): Promise<Canvas[]> {
	const animated = request.format === 'gif';
	if (request.operation === 'edit') {
		return animated ? drawEditFrames(request, index) : [await drawEdit(request, index)];
	}
	const options = pictureOptions(request, index);
	return animated ? drawFrames(options, request.frameCount) : [await drawPicture(options)];
}

/** Previews sharpen from one to the next, the way partial images do. */
function previews(canvas: Canvas, count: number, encoding: EncodeOptions): Promise<Picture[]> {
	const unit = Math.min(canvas.width, canvas.height);
	return Promise.all(
		Array.from({ length: count }, async (_, index) => {
			const shrunk = Math.max(8, Math.round(unit / (24 / 2 ** index)));
			const small = await open(canvas).resize(shrunk, shrunk, { fit: 'fill' }).png().toBuffer();
			const soft = await pixels(
				sharp(small).resize(canvas.width, canvas.height, { fit: 'fill', kernel: 'cubic' }),
			);
			return picture(await encode([soft], encoding));
		}),
	);
}

function pictureOptions(request: ImageRequest, index: number): PictureOptions {
	return {
		prompt: request.prompt,
		signature: signatureWords(request.model.id, request.width, request.height),
		width: request.width,
		height: request.height,
		seed: `${request.prompt}#${index}`,
		transparent: request.background === 'transparent',
	};
}
