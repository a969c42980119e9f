import { ValidationError } from '../../errors';
import { describeCutOff, describeText, truncatingStore } from '../../media/defect';
import { inspectBytes, type Inspection } from '../../media/inspect';

/** A file that was given as text. */
export interface DecodedFile {
	readonly bytes: Buffer;
	readonly inspection: Inspection;
}

/**
 * Decodes base64 as people have it: alone or as a data URL, without the beginning of one, in
 * quotes, with escapes of JSON, of URLs and of web pages, with line breaks or the URL-safe alphabet, with or without
 * padding. What was lost on the way is restored only if one reading alone gives a whole image.
 *
 * @throws ValidationError if it is not certain what the text means
 */
export function decodeBase64Text(text: string, label: string): DecodedFile {
	const drawing = decodeDrawing(text);
	if (drawing) return inspected(drawing);
	const encoded = PLAIN.test(text) ? text : dataOf(text);
	const problem = problemOf(encoded);
	if (problem) throw new ValidationError([`${label}: ${problem}`]);
	const decoded = encoded.includes(' ') ? decodeWithBlanks(encoded) : decode(encoded);
	if (!decoded) throw new ValidationError([`${label}: ${problemOfBlanks(text.length)}`]);
	return decoded;
}

/** What n8n writes in the place of a file's data, where that lies in a store. */
export function isNameOfStorage(data: string): boolean {
	return /^(?:filesystem(?:-v2)?|database|s3|azure(?:-blob)?)$/.test(data);
}

const PLAIN = /^[A-Za-z0-9+/]*={0,2}$/;

function problemOfBlanks(characters: number): string {
	const place = truncatingStore(characters);
	const fate = place
		? `It seems to be cut off, too: it has as many characters as ${place} holds`
		: 'Forms and URLs turn + into a blank: send + as %2B';
	return `the Base64 text has blanks, and what they stand for isn't certain. ${fate}. Or send the image as a file`;
}

/** The SVG of a data URL that holds it as text (https://www.rfc-editor.org/rfc/rfc2397). */
function decodeDrawing(text: string): Buffer | null {
	const start = /^data:image\/svg[^,]{0,200},/i.exec(text)?.[0];
	if (!start || /;\s*base64\s*,$/i.test(start)) return null;
	const drawing = text.slice(start.length);
	try {
		return Buffer.from(decodeURIComponent(drawing));
	} catch {
		return Buffer.from(drawing);
	}
}

/** The characters that encode the file, and blanks, which may be some of them. */
function dataOf(text: string): string {
	let data = text;
	// JSON may lie in JSON, and a text may have gone through two forms.
	for (let times = 0; times < 2; times++) {
		data = data
			.replace(/\\(?:u([0-9a-f]{4})|([^]))/gi, (_, code?: string, short = '') =>
				code ? characterOf(code) : (ESCAPES[short] ?? short),
			)
			.replace(/%([0-9a-f]{2})|&#x([0-9a-f]{2});/gi, (_, code?: string, entity?: string) =>
				characterOf(code ?? entity ?? ''),
			);
	}
	for (let before = ''; before !== data;) {
		before = data;
		data = withoutPrefix(withoutQuotes(data));
	}
	return data.replace(/[\r\n\t\f\v]+/g, '');
}

function characterOf(hexadecimal: string): string {
	return String.fromCharCode(parseInt(hexadecimal, 16));
}

/** The short escapes of JSON that stand for white space. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

const QUOTES = new Set('"\'`“”‘’ \r\n\t\f\v\uFEFF');

function withoutQuotes(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && QUOTES.has(text.charAt(start))) start++;
	while (start < end && (QUOTES.has(text.charAt(end - 1)) || isSeparator(text, end))) end--;
	return text.slice(start, end);
}

/** What stands between the values of a list, and what also ends the beginning of a data URL. */
function isSeparator(text: string, end: number): boolean {
	return end > MAX_PREFIX && /^[^,;][,;]$/.test(text.slice(end - 2, end));
}

/** Longest media type before the data of a data URL that is looked for, in characters. */
const MAX_PREFIX = 512;

/** What may stand before the data: all that goes before it in a data URL, or the end of that. */
const PREFIX =
	/^(?:data:[^,]*|(?:image|application|text)\/[\w.+ -]+(?:;[^,]*)?|;?\s*base64\s*),|^base64:|^b['"]/i;

function withoutPrefix(text: string): string {
	const prefix = PREFIX.exec(text.slice(0, MAX_PREFIX))?.[0] ?? '';
	return text.slice(prefix.length);
}

/** Why it is no base64, as a clause; empty = it is. */
function problemOf(encoded: string): string {
	if (isNameOfStorage(encoded)) {
		return `"${encoded}" is the name of n8n's storage, not Base64. Use Source 'Binary Field'`;
	}
	// Padding ends the text.
	const at = encoded.search(/[^A-Za-z0-9+/_ =-]|=(?=[^=])/);
	if (at < 0) return '';
	if (/^(?:[<{[]|https?:)/i.test(encoded)) {
		const { what, nextStep } = describeText(encoded.slice(0, 2000)) ?? {};
		return `the Base64 text isn't Base64, but ${what}. ${nextStep}`;
	}
	const rest = encoded.slice(at);
	if (/^(?:…|\.{2,3}|\[)/.test(rest) && rest.length < 40) {
		return `the Base64 text is cut off: it ends with ${JSON.stringify(rest)}. Provide all of it`;
	}
	const [character = ''] = rest;
	return `the Base64 text contains ${visible(character)}, which isn't Base64 there. Provide the text without it`;
}

function visible(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	if (/[^\s\p{C}\p{M}]/u.test(character)) return JSON.stringify(character);
	return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A group of four characters stands for three bytes; only the last one may be shorter. */
function hasWholeLength(encoded: string): boolean {
	return encoded.endsWith('=') ? encoded.length % 4 === 0 : encoded.length % 4 !== 1;
}

function decode(encoded: string): DecodedFile {
	const decoded = inspected(Buffer.from(encoded, 'base64'));
	const { mediaType, isWhole } = decoded.inspection;
	if (!mediaType || isWhole || hasWholeLength(encoded)) return decoded;
	return {
		...decoded,
		inspection: { ...decoded.inspection, defect: describeCutOff(mediaType.format) },
	};
}

function inspected(bytes: Buffer): DecodedFile {
	return { bytes, inspection: inspectBytes(bytes) };
}

/**
 * Forms turn + into a blank, and people break lines with blanks. The right reading is the one that
 * ends where the image itself says that it ends. Lost signs stand in irregular places, and one at
 * the very end has mostly been trimmed.
 */
function decodeWithBlanks(text: string): DecodedFile | null {
	const [asLayout, asPlus] = [text.replaceAll(' ', ''), text.replaceAll(' ', '+')];
	const isTrimmed = asPlus.length % 4 === 3 && !asPlus.endsWith('=');
	const candidates = [asLayout, asPlus, ...(isTrimmed ? [`${asPlus}+`] : [])];
	const readings = candidates.filter(hasWholeLength).map(decode);
	const whole = readings.filter(({ inspection }) => inspection.endsAtMark);
	const isRegular = haveOneLength(text.split(' '));
	if (whole.length > 0) return (isRegular ? whole[0] : whole.at(-1)) ?? null;
	const isImage = readings.some(({ inspection }) => inspection.mediaType);
	return isRegular || !isImage ? decode(asLayout) : null;
}

/** Lines of at least two, all as long as the first, but for the last one. */
function haveOneLength(lines: readonly string[]): boolean {
	const { length } = lines[0] ?? '';
	const isFull = length > 0 && length % 4 === 0 && lines.length > 2;
	return (
		isFull && lines.every((line, index) => line.length === length || index === lines.length - 1)
	);
}
