import type { OverlayOptions } from 'sharp';
import { composeArtwork } from './artwork.ts';
import type { Artwork, ArtworkOptions } from './artwork.ts';
import { render } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { placed, setText, shownWords } from './lettering.ts';
import { sign } from './signature.ts';

export interface PictureOptions extends ArtworkOptions {
	prompt: string;
	/** The line of small print. */
	signature: string;
}

/** Draws the prompt and the small print over an artwork. */
export async function drawPicture(options: PictureOptions): Promise<Canvas> {
	const artwork = composeArtwork(options);
	return render(artwork.svg, await words(options, artwork));
}

/** Draws several moments of one animation; the words are set once. */
export async function drawFrames(options: PictureOptions, count: number): Promise<Canvas[]> {
	const layers = await words(options, composeArtwork(options));
	const frames = Array.from({ length: count }, (_, index) =>
		composeArtwork({ ...options, phase: index / count }),
	);
	return Promise.all(frames.map(({ svg }) => render(svg, layers)));
}

/** Letter heights in pixels, for a picture of this size. */
export function letterSizes(width: number, height: number): { prompt: number; signature: number } {
	const unit = Math.min(Math.sqrt(width * height), 1.5 * Math.min(width, height));
	return { prompt: unit * 0.088, signature: Math.max(8, Math.round(unit * 0.022)) };
}

async function words(options: PictureOptions, artwork: Artwork): Promise<OverlayOptions[]> {
	const { width, height } = options;
	const sizes = letterSizes(width, height);
	const signature = await sign(options.signature, artwork.palette, {
		left: artwork.left,
		right: artwork.right,
		bottom: artwork.bottom,
		size: sizes.signature,
	});
	const prompt = await setText(shownWords(options.prompt), {
		colour: artwork.palette.ink,
		size: sizes.prompt,
		maximumWidth: (artwork.right - artwork.left) * 0.94,
		maximumHeight: (signature.top - artwork.top) * 0.55,
	});
	return [placed(prompt, artwork.left, artwork.top), ...signature.layers];
}
