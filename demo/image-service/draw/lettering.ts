import { join } from 'node:path';
import sharp from 'sharp';
import type { OverlayOptions } from 'sharp';

/** The bundled font: words look the same on every machine, whatever fonts it has. */
const fontFile = join(import.meta.dirname, '..', 'font', 'DejaVuSansCondensed-Bold.ttf');

const fontName = 'DejaVu Sans Condensed Bold';

/** At 72 dpi one point is one pixel, so a 10 point font is `pixels` high at 7.2 times as many dpi. */
const points = 10;
const dpiOf = (pixels: number) => Math.max(1, Math.round((pixels * 72) / points));

export interface Lettering {
	/** Straight RGBA pixels. */
	data: Buffer;
	width: number;
	height: number;
}

export interface LetteringOptions {
	colour: string;
	/** Largest height of the letters, in pixels; longer texts are set smaller until they fit. */
	size: number;
	maximumWidth: number;
	maximumHeight: number;
}

/** Sets a text in wrapped lines within a rectangle. */
export async function setText(words: string, options: LetteringOptions): Promise<Lettering> {
	const maximumWidth = Math.max(8, Math.floor(options.maximumWidth));
	const maximumHeight = Math.max(8, Math.floor(options.maximumHeight));
	const wanted = await render(words, options.colour, {
		width: maximumWidth,
		dpi: dpiOf(options.size),
	});
	if (wanted.width <= maximumWidth && wanted.height <= maximumHeight) return wanted;
	return render(words, options.colour, { width: maximumWidth, height: maximumHeight });
}

/** Places a text at a point of the picture below. */
export function placed(lettering: Lettering, left: number, top: number): OverlayOptions {
	const { data, width, height } = lettering;
	return {
		input: data,
		raw: { width, height, channels: 4 },
		left: Math.max(0, Math.round(left)),
		top: Math.max(0, Math.round(top)),
	};
}

/** The words a picture shows: one paragraph, cut after 400 characters. */
export function shownWords(prompt: string): string {
	const characters = [...prompt.replace(/[\s\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' ').trim()];
	if (characters.length === 0) return '…';
	return characters.length > 400 ? `${characters.slice(0, 400).join('')}…` : characters.join('');
}

export function escapeMarkup(words: string): string {
	return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `fallback="false"` keeps Pango from borrowing glyphs of the machine's own fonts. */
async function render(
	words: string,
	colour: string,
	box: { width: number; height: number } | { width: number; dpi: number },
): Promise<Lettering> {
	const text = `<span foreground="${colour}" fallback="false">${escapeMarkup(words)}</span>`;
	const { data, info } = await sharp({
		text: { text, font: `${fontName} ${points}`, fontfile: fontFile, rgba: true, ...box },
	})
		.ensureAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { data, width: info.width, height: info.height };
}
