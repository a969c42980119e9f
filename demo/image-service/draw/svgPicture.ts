import { composeArtwork } from './artwork.ts';
import type { Artwork } from './artwork.ts';
import { escapeMarkup, shownWords } from './lettering.ts';
import { letterSizes } from './picture.ts';
import type { PictureOptions } from './picture.ts';

/** Average width of a letter of the font, as a share of its size; only used to wrap lines. */
const letterWidth = 0.58;

const fontFamily = "'DejaVu Sans Condensed', 'DejaVu Sans', Verdana, sans-serif";

/**
 * The same picture as an SVG document whose words are text elements.
 *
 * @param backdrop elements between the artwork and the words
 */
export function drawSvg(options: PictureOptions, backdrop = ''): string {
	const { width, height, prompt } = options;
	const artwork = composeArtwork(options);
	const sizes = letterSizes(width, height);
	const { size, lines } = wrap(shownWords(prompt), artwork, sizes.prompt);
	const rows = lines.map((line, index) =>
		textElement(
			line,
			artwork.left,
			artwork.top + size * (1 + index * 1.2),
			size,
			artwork.palette.ink,
		),
	);
	const words = options.signature;
	const small = sizes.signature;
	const plate = `<rect x="${artwork.left}" y="${(artwork.bottom - small * 2).toFixed(1)}" width="${(words.length * small * 0.54 + small * 1.4).toFixed(1)}" height="${small * 2}" rx="${small}" fill="${artwork.palette.ink}" fill-opacity="0.9"/>`;
	const signature = textElement(
		words,
		artwork.left + small * 0.7,
		artwork.bottom - small * 0.65,
		small,
		artwork.palette.deep,
	);
	const title = `<title>${escapeMarkup(shownWords(prompt))}</title>`;
	return artwork.svg
		.replace('<defs>', `${title}<defs>`)
		.replace('</svg>', `${backdrop}${rows.join('')}${plate}${signature}</svg>`);
}

/** Breaks words into lines, smaller and smaller until they fill at most half the height. */
function wrap(words: string, artwork: Artwork, largest: number): { size: number; lines: string[] } {
	const room = artwork.right - artwork.left;
	const height = (artwork.bottom - artwork.top) * 0.5;
	for (let size = largest; ; size *= 0.92) {
		const lines = breakLines(words, Math.max(4, Math.floor(room / (size * letterWidth))));
		if (lines.length * size * 1.2 <= height || size < 6) return { size, lines };
	}
}

function breakLines(words: string, columns: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of words.split(' ').flatMap((whole) => slices(whole, columns))) {
		if (line !== '' && line.length + 1 + word.length > columns) {
			lines.push(line);
			line = word;
		} else {
			line = line === '' ? word : `${line} ${word}`;
		}
	}
	return [...lines, line];
}

function slices(word: string, columns: number): string[] {
	const characters = [...word];
	const count = Math.ceil(characters.length / columns);
	return Array.from({ length: count }, (_, index) =>
		characters.slice(index * columns, (index + 1) * columns).join(''),
	);
}

function textElement(words: string, x: number, y: number, size: number, colour: string): string {
	return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="${fontFamily}" font-weight="700" font-size="${size.toFixed(1)}" fill="${colour}">${escapeMarkup(words)}</text>`;
}
