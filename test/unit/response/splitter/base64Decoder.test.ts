import { Base64Decoder } from '../../../../nodes/AiImages/response/splitter/base64Decoder';

/** Bytes that look like an image's: every value occurs, nothing repeats soon. */
function noise(length: number): Buffer {
	let state = 7;
	const next = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) >> 8;
	return Buffer.from(Array.from({ length }, next));
}

function decoded(text: string, pieceLength = text.length || 1): Buffer {
	const pieces: string[] = [];
	for (let at = 0; at < text.length; at += pieceLength) {
		pieces.push(text.slice(at, at + pieceLength));
	}
	return decodedOf(pieces);
}

function decodedOf(pieces: readonly string[]): Buffer {
	const decoder = new Base64Decoder();
	return Buffer.concat([...pieces.map((piece) => decoder.push(piece)), decoder.end()]);
}

/** The text with an escape as JSON writes it inside of quotes. */
const jsonEscaped = (text: string) => JSON.stringify(text).slice(1, -1);
const inLines = (text: string, length: number, end: string) =>
	text.replace(new RegExp(`.{${length}}`, 'g'), (line) => line + end);

const bytes = noise(1000);
const base64 = bytes.toString('base64');

const FORMS: ReadonlyArray<[form: string, text: string]> = [
	['as it is', base64],
	['without padding', base64.replace(/=+$/, '')],
	['in the URL-safe alphabet', bytes.toString('base64url')],
	['with escaped slashes', base64.replaceAll('/', '\\/')],
	['with an escaped plus', base64.replaceAll('+', '\\u002b')],
	['with an escaped plus in capitals', base64.replaceAll('+', '\\u002B')],
	['with escaped padding', base64.replaceAll('=', '\\u003d')],
	['in lines of 76 with escaped ends', jsonEscaped(inLines(base64, 76, '\r\n'))],
	['in lines of 64 with escaped ends', jsonEscaped(inLines(base64, 64, '\n'))],
	['in lines of 5 with unicode ends', inLines(base64, 5, '\\u000a')],
	['with white space', inLines(base64, 7, ' \t\n')],
	['as a data URL', `data:image/png;base64,${base64}`],
	['as a data URL with parameters', `data:image/svg+xml;charset=utf-8;base64,${base64}`],
	[
		'as a data URL with escaped slashes',
		`data:image\\/png;base64,${base64.replaceAll('/', '\\/')}`,
	],
	['as a data URL with percent signs', `data:image/png;base64,${encodeURIComponent(base64)}`],
	['as a data URL in capitals', `DATA:IMAGE/PNG;BASE64,${base64}`],
	['as a data URL without a type', `data:;base64,${base64}`],
];

describe.each(FORMS)('base64 %s', (_, text) => {
	it('is decoded in one piece', () => {
		expect(decoded(text).equals(bytes)).toBe(true);
	});

	it.each([1, 2, 3, 4, 5, 7, 64, 255, 256, 257])('is decoded in pieces of %i', (length) => {
		expect(decoded(text, length).equals(bytes)).toBe(true);
	});

	it('is decoded wherever it is split', () => {
		for (let cut = 0; cut <= text.length; cut++) {
			const whole = decodedOf([text.slice(0, cut), text.slice(cut)]);
			if (!whole.equals(bytes)) throw new Error(`lost when cut at ${cut}`);
		}
	});
});

it('decodes every length, padded or not', () => {
	for (let length = 0; length <= 300; length++) {
		const some = bytes.subarray(0, length);
		const text = some.toString('base64');
		expect(decoded(text).equals(some)).toBe(true);
		expect(decoded(text.replace(/=+$/, ''), 3).equals(some)).toBe(true);
	}
});

it('returns what it has decoded with each piece, and keeps nothing', () => {
	const decoder = new Base64Decoder();
	const pieces = [base64.slice(0, 601), base64.slice(601, 1202), base64.slice(1202)];
	expect(pieces.map((piece) => decoder.push(piece).length)).toEqual([450, 450, 99]);
	expect(decoder.end()).toHaveLength(1);
});

describe('the data URL of an SVG that is written out', () => {
	const SVG = '<svg width="3" title="灯台 🌊 100%"/>';

	it.each([
		['as it is', `data:image/svg+xml;utf8,${SVG.replace('%', '%25')}`],
		['percent-encoded', `data:image/svg+xml,${encodeURIComponent(SVG)}`],
		['with a character set', `data:image/svg+xml;charset=utf-8,${encodeURIComponent(SVG)}`],
		['with a percent sign that encodes nothing', `data:image/svg+xml,${SVG}`],
		['without its scheme', `image/svg+xml;utf8,${SVG}`],
	])('is its text: %s', (_, url) => {
		const asOnTheWire = (json: string) => Buffer.from(json.slice(1, -1)).toString('latin1');
		const escaped = JSON.stringify(url).replace(
			/[^\x00-\x7f]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
		for (const text of [JSON.stringify(url), escaped, escaped.replaceAll('/', '\\/')]) {
			for (const length of [1, 3, 100, 1000]) {
				expect(decoded(asOnTheWire(text), length).toString()).toBe(SVG);
			}
		}
	});

	it('is nothing where it is longer than any SVG that is written out', () => {
		const decoder = new Base64Decoder();
		decoder.push(`data:image/svg+xml,<svg>${' '.repeat(4_194_304)}`);
		expect(decoder.end()).toHaveLength(0);
	});
});

it.each(['', 'data:image/png;base64,', '====', '\\n'])('decodes %j to nothing', (text) => {
	expect(decoded(text)).toHaveLength(0);
});

it('decodes megabytes in network pieces', () => {
	const large = noise(3_000_000);
	expect(decoded(large.toString('base64'), 65_536).equals(large)).toBe(true);
});
