import type { OverlayOptions } from 'sharp';
import type { ImageRequest } from '../imageRequest.ts';
import { placed, setText, shownWords } from './lettering.ts';
import { palettes } from './palettes.ts';
import { letterSizes } from './picture.ts';
import { seededRandom } from './random.ts';
import { sign, signatureWords } from './signature.ts';

/** Writes the prompt and the small print over the lower part of a picture, on a soft dark ground. */
export async function caption(
	request: ImageRequest,
	index: number,
	progress: number,
): Promise<OverlayOptions[]> {
	const { width, height } = request;
	const palette = seededRandom(`${request.prompt}#${index}`).pick(palettes);
	const sizes = letterSizes(width, height);
	const margin = Math.round(Math.min(width, height) * 0.075);
	const signature = await sign(signatureWords(request.model.id, width, height), palette, {
		left: margin,
		right: width - margin,
		bottom: height - margin,
		size: sizes.signature,
	});
	const words = await setText(shownWords(request.prompt), {
		colour: palette.ink,
		size: sizes.prompt * 0.75,
		maximumWidth: width - 2 * margin,
		maximumHeight: height * 0.34,
	});
	const gap = Math.round(sizes.signature * 1.2);
	const top = Math.max(0, signature.top - gap - words.height);
	const ground = groundShape(width, height, top - 2 * gap, palette.deep);
	const bar = barShape(
		Math.round((width - 2 * margin) * progress),
		sizes.signature * 0.3,
		palette.shapes[1],
	);
	return [
		// `atop` keeps the transparency of what lies below.
		{ input: Buffer.from(ground), left: 0, top: 0, blend: 'atop' },
		placed(words, margin, top),
		...signature.layers,
		{ input: Buffer.from(bar), left: margin, top: height - Math.round(margin * 0.6) },
	];
}

/** Clear above, dark from the caption's upper edge on. */
function groundShape(width: number, height: number, top: number, colour: string): string {
	const start = Math.max(0, top / height - 0.12);
	const stop = (offset: number, opacity: number) =>
		`<stop offset="${offset.toFixed(3)}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="fade" x1="0" y1="0" x2="0" y2="1">` +
		`${stop(start, 0)}${stop(Math.max(start, top / height), 0.78)}${stop(1, 0.92)}</linearGradient></defs>` +
		`<rect width="${width}" height="${height}" fill="url(#fade)"/></svg>`
	);
}

function barShape(width: number, height: number, colour: string): string {
	const thickness = Math.max(1, Math.round(height));
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.max(1, width)}" height="${thickness}"><rect width="100%" height="100%" rx="${thickness / 2}" fill="${colour}"/></svg>`;
}
