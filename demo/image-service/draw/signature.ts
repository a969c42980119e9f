import type { OverlayOptions } from 'sharp';
import type { Palette } from './palettes.ts';
import { placed, setText } from './lettering.ts';

/** The area a signature is set into, in pixels. */
export interface SignatureArea {
	left: number;
	right: number;
	bottom: number;
	/** Height of the letters. */
	size: number;
}

/** What every picture says about itself: that it is a demo image, the model's id, its size. */
export function signatureWords(model: string, width: number, height: number): string {
	return `demo image  ·  ${model}  ·  ${width}×${height}`;
}

/** Sets the small print on a plate along the lower edge; returns its layers and its upper edge. */
export async function sign(
	words: string,
	palette: Palette,
	area: SignatureArea,
): Promise<{ layers: OverlayOptions[]; top: number }> {
	const padding = Math.ceil(area.size * 0.7);
	const lettering = await setText(words, {
		colour: palette.deep,
		size: area.size,
		maximumWidth: area.right - area.left - 2 * padding,
		maximumHeight: area.size * 1.4,
	});
	const width = lettering.width + 2 * padding;
	const height = lettering.height + Math.ceil(padding * 1.1);
	const top = area.bottom - height;
	const plate = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" rx="${height / 2}" fill="${palette.ink}" fill-opacity="0.9"/></svg>`;
	return {
		top,
		layers: [
			{ input: Buffer.from(plate), left: area.left, top },
			placed(lettering, area.left + padding, top + (height - lettering.height) / 2),
		],
	};
}
