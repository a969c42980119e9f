import { createHash } from 'node:crypto';
import { ValidationError } from '../../errors';
import { cutOffDefect, placeWithLimit } from '../../media/defect';
import { describeText } from '../../media/describeText';
import { inspectPieces, type Inspection } from '../../media/inspect';

/** A file that was given as text. */
export interface Base64File {
	readonly inspection: Inspection;
	/** Bytes. */
	readonly length: number;
	/** SHA-256 of the bytes. */
	readonly digest: string;
	/**
	 * Decodes the same text again, which isn't kept meanwhile, piece by piece.
	 *
	 * @returns null if the text now means other bytes
	 */
	decode(text: string): Iterable<Buffer> | null;
}

/**
 * Opens a file in base64 as people have it: alone or as a data URL, without the beginning of one, in
 * quotes, with the escapes of JSON, URLs or web pages, with line breaks, with the URL-safe alphabet,
 * with or without padding. Where characters got lost, the file is restored only if exactly one
 * reading of the text is a complete image.
 *
 * @throws ValidationError if it isn't certain what the text means
 */
export function openBase64(text: string, label: string): Base64File {
	const { content, inspection } = decodeText(text, label);
	const digest = digestOf(content);
	const decode = decoder(digest, content === text, label);
	return { inspection, length: inspection.length, digest, decode };
}

/** Not part of `openBase64`, whose text it would keep. */
function decoder(digest: string, isPlain: boolean, label: string): Base64File['decode'] {
	return (text) => {
		const content = isPlain ? text : decodeText(text, label).content;
		return digestOf(content) === digest ? piecesOf(content) : null;
	};
}

/** Base64 without blanks, or the bytes of a file that isn't base64. */
type Content = string | Buffer;

interface Decoded {
	readonly content: Content;
	readonly inspection: ReturnType<typeof inspectPieces>;
}

function decodeText(text: string, label: string): Decoded {
	const svg = decodeSvgDataUrl(text);
	if (svg) return decode(svg);
	const isPlain = isPlainBase64(text);
	const encoded = isPlain ? text : extractData(text);
	const problem = findProblem(encoded, isPlain);
	if (problem) throw new ValidationError([`${label}: ${problem}`]);
	const decoded = encoded.includes(' ') ? decodeWithBlanks(encoded) : decode(encoded);
	if (!decoded) throw new ValidationError([`${label}: ${blanksProblem(text.length)}`]);
	return decoded;
}

/** In two steps, because one expression for both takes three times as long. */
function isPlainBase64(text: string): boolean {
	const end = text.search(/[^A-Za-z0-9+/]/);
	return end < 0 || /^={1,2}$/.test(text.slice(end, end + 3));
}

/** Multiples of four characters, which encode three bytes each, so that no group is split. */
const PIECE_CHARS = 65_536;

function* slicesOf(text: string): Generator<string> {
	for (let at = 0; at < text.length; at += PIECE_CHARS) yield text.slice(at, at + PIECE_CHARS);
}

function* piecesOf(content: Content): Generator<Buffer> {
	if (typeof content !== 'string') return yield content;
	for (const slice of slicesOf(content)) yield Buffer.from(slice, 'base64');
}

/** SHA-256 of the bytes. */
function digestOf(content: Content): string {
	const hash = createHash('sha256');
	if (typeof content !== 'string') hash.update(content);
	// Decoded by the hash itself, so that no buffers have to be collected as garbage.
	else for (const slice of slicesOf(content)) hash.update(slice, 'base64');
	return hash.digest('hex');
}

/** What n8n writes in place of the data of a stored file. */
export function isStorageMode(data: string): boolean {
	return /^(?:filesystem(?:-v2)?|database|s3|azure(?:-blob)?)$/.test(data);
}

function blanksProblem(textLength: number): string {
	const place = placeWithLimit(textLength);
	const cause = place
		? `It might also be cut off: it is as long as ${place} allows. Send the image as a file`
		: 'Forms and URLs turn + into a space: encode + as %2B, or send the image as a file';
	return `the Base64 text contains spaces that can't be decoded reliably. ${cause}`;
}

/** The SVG in a data URL that isn't base64 (https://www.rfc-editor.org/rfc/rfc2397). */
function decodeSvgDataUrl(text: string): Buffer | null {
	const start = /^data:image\/svg[^,]{0,200},/i.exec(text)?.[0];
	if (!start || /;\s*base64\s*,$/i.test(start)) return null;
	const svg = text.slice(start.length);
	try {
		return Buffer.from(decodeURIComponent(svg));
	} catch {
		return Buffer.from(svg);
	}
}

/** The characters that encode the file, including blanks, which can stand for some of them. */
function extractData(text: string): string {
	let data = text;
	// The text can be JSON within JSON, or have passed through two forms.
	for (let times = 0; times < 2; times++) {
		data = data
			.replace(/\\(?:u([0-9a-f]{4})|([^]))/gi, (_, code?: string, short = '') =>
				code ? toCharacter(code) : (ESCAPES[short] ?? short),
			)
			.replace(/%([0-9a-f]{2})|&#x([0-9a-f]{2});/gi, (_, code?: string, entity?: string) =>
				toCharacter(code ?? entity ?? ''),
			);
	}
	for (let before = ''; before !== data;) {
		before = data;
		data = withoutPrefix(withoutQuotes(data));
	}
	return data.replace(/[\r\n\t\f\v]+/g, '');
}

function toCharacter(hexadecimal: string): string {
	return String.fromCharCode(parseInt(hexadecimal, 16));
}

/** The short escapes of JSON for white space. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

const QUOTES = new Set('"\'`“”‘’ \r\n\t\f\v\uFEFF');

function withoutQuotes(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && QUOTES.has(text.charAt(start))) start++;
	while (start < end && (QUOTES.has(text.charAt(end - 1)) || isSeparator(text, end))) end--;
	return text.slice(start, end);
}

/** Whether a list separator ends here. In the first characters, it can belong to a data URL. */
function isSeparator(text: string, end: number): boolean {
	return end > MAX_PREFIX_CHARS && /^[^,;][,;]$/.test(text.slice(end - 2, end));
}

/** Longest beginning of a data URL that is recognized. */
const MAX_PREFIX_CHARS = 512;

/** What may precede the data: the whole beginning of a data URL, or the end of it. */
const PREFIX =
	/^(?:data:[^,]*|(?:image|application|text)\/[\w.+ -]+(?:;[^,]*)?|;?\s*base64\s*),|^base64:|^b['"]/i;

function withoutPrefix(text: string): string {
	const prefix = PREFIX.exec(text.slice(0, MAX_PREFIX_CHARS))?.[0] ?? '';
	return text.slice(prefix.length);
}

/** Why the text isn't base64, as a clause; empty = it is. */
function findProblem(encoded: string, isPlain: boolean): string {
	if (isStorageMode(encoded)) {
		return `"${encoded}" is the name of n8n's storage mode, not Base64. Set 'Source' to Binary Field`;
	}
	if (isPlain) return '';
	// Padding is allowed only at the end.
	const at = encoded.search(/[^A-Za-z0-9+/_ =-]|=(?=[^=])/);
	if (at < 0) return '';
	if (/^(?:[<{[]|https?:)/i.test(encoded)) {
		const { what, advice } = describeText(encoded.slice(0, 2000)) ?? {};
		return `the text isn't Base64 but ${what}. ${advice}`;
	}
	const rest = encoded.slice(at);
	if (/^(?:…|\.{2,3}|\[)/.test(rest) && rest.length < 40) {
		return `the Base64 text is cut off: it ends with ${JSON.stringify(rest)}. Provide the complete text`;
	}
	const [character = ''] = rest;
	return `the Base64 text contains ${formatCharacter(character)}, which isn't allowed there. Remove it`;
}

function formatCharacter(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	if (/[^\s\p{C}\p{M}]/u.test(character)) return JSON.stringify(character);
	return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Each four characters encode three bytes; only the last group can be shorter. */
function isPossibleLength(encoded: string): boolean {
	return encoded.endsWith('=') ? encoded.length % 4 === 0 : encoded.length % 4 !== 1;
}

function decode(content: Content): Decoded {
	const inspection = inspectPieces(piecesOf(content));
	const { image, hasEnd } = inspection;
	const isComplete = hasEnd || typeof content !== 'string' || isPossibleLength(content);
	if (!image || isComplete) return { content, inspection };
	return { content, inspection: { ...inspection, defect: cutOffDefect(image.format) } };
}

/**
 * Forms turn + into a blank, and people break lines with blanks. The right reading is the one whose
 * image ends exactly where the text does. Blanks that were + have irregular distances, and one at
 * the very end has usually been trimmed.
 *
 * @returns null if it isn't certain which reading is right
 */
function decodeWithBlanks(text: string): Decoded | null {
	const [asLayout, asPlus] = [text.replaceAll(' ', ''), text.replaceAll(' ', '+')];
	const isTrimmed = asPlus.length % 4 === 3 && !asPlus.endsWith('=');
	const candidates = [asLayout, asPlus, ...(isTrimmed ? [`${asPlus}+`] : [])];
	const readings = candidates.filter(isPossibleLength).map(decode);
	const exact = readings.filter(({ inspection }) => inspection.isExact);
	const isLayout = haveEqualLengths(text.split(' '));
	if (exact.length > 0) return (isLayout ? exact[0] : exact.at(-1)) ?? null;
	const isImage = readings.some(({ inspection }) => inspection.image);
	return isLayout || !isImage ? decode(asLayout) : null;
}

/** Whether all lines are as long as the first; only the last line can have any length. */
function haveEqualLengths(lines: readonly string[]): boolean {
	const { length } = lines[0] ?? '';
	const areLines = length > 0 && length % 4 === 0 && lines.length > 2;
	return (
		areLines && lines.every((line, index) => line.length === length || index === lines.length - 1)
	);
}
