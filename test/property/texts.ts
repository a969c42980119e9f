import fc from 'fast-check';
import { anyCharacter } from './characters';

/** Words and characters that names and sentences may hold, friendly or not. */
const PIECES = [
	...['a', 'Photo', 'x'.repeat(30), ' ', '  ', '-', '--', '.', '..', '...', '_', '灯台', 'Ärger'],
	...['/', '\\', '../', '..\\', 'C:\\', '/etc/passwd', '%2e%2e%2f', '%00', '~', ':', '|', '*', '?'],
	...['"', "'", '<', '>', ';', '\r\n', '\n', '\r', '\t', '\0', '\u001b', '\u007f', '\u0085'],
	...[
		'\u2028',
		'\u2029',
		'\u202e',
		'\u200b',
		'\ufeff',
		'\ud800',
		'\udfff',
		'🌊',
		'👩‍👩‍👧',
		'𠮷',
		'ﷺ',
		'ﬁ',
		'İ',
	],
	...['\r\nX-Evil: 1', 'filename="x"', '.png', '.tar.gz', '℀', '⁄', '①', 'CON', '{index}'],
];

/** Texts that people, models and servers put into names. */
export const names = fc.oneof(
	fc.string({ unit: anyCharacter, maxLength: 100 }),
	fc.array(fc.constantFrom(...PIECES), { maxLength: 12, size: 'max' }).map((each) => each.join('')),
	fc
		.tuple(fc.constantFrom(...PIECES), fc.integer({ min: 20, max: 300 }), fc.string())
		.map(([piece, count, end]) => piece.repeat(count) + end),
);

/**
 * Names inside of JSON objects, but for a backslash alone: once V8 has read that one, it takes any
 * other escaped character for it (Node.js 24.21).
 */
export const jsonKeys = fc
	.oneof(names, fc.string({ maxLength: 8 }))
	.filter((name) => name !== '\\');

const jsonScalars = fc.oneof(
	names,
	fc.integer(),
	fc.double({ noDefaultInfinity: true, noNaN: true }),
	fc.constantFrom(null, true, false, 0, ''),
);

/** What JSON can write. */
export const jsonValues = fc.oneof(
	{ weight: 3, arbitrary: jsonScalars },
	fc.array(jsonScalars, { maxLength: 3 }),
	fc.dictionary(jsonKeys, jsonScalars, { maxKeys: 3 }),
);

/** A JSON spelling of a text: any character may stand as itself or as an escape. */
export function jsonSpelling(text: string): fc.Arbitrary<string> {
	return patterns.map((ways) =>
		Array.from({ length: text.length }, (_, index) =>
			spelt(text.charAt(index), ways[index % ways.length]),
		).join(''),
	);
}

/** How characters are written, one after the other, and again from the first. */
const patterns = fc.array(fc.constantFrom('plain', 'plain', 'plain', 'u', 'U', 'short'), {
	minLength: 1,
	maxLength: 7,
	size: 'max',
});

function spelt(character: string, way = 'plain'): string {
	const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
	if (way === 'u') return `\\u${hex}`;
	if (way === 'U') return `\\u${hex.toUpperCase()}`;
	if (way === 'short' && character === '/') return '\\/';
	return JSON.stringify(character).slice(1, -1);
}

/** The text as UTF-8 has it: halves of pairs become U+FFFD. */
export function wellFormed(text: string): string {
	return Buffer.from(text).toString('utf8');
}
