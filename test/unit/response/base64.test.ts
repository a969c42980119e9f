import { Base64Decoder } from '../../../nodes/AiImages/response/base64';

/** Bytes that look like an image's: every value occurs, nothing repeats soon. */
function noise(length: number): Buffer {
	let state = 7;
	const next = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) >> 8;
	return Buffer.from(Array.from({ length }, next));
}

function decoded(text: string, pieceLength = text.length || 1): Buffer {
	const decoder = new Base64Decoder();
	for (let at = 0; at < text.length; at += pieceLength) {
		decoder.push(text.slice(at, at + pieceLength));
	}
	return decoder.end();
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
	['as a data URL without a type', `data:;base64,${base64}`],
];

describe.each(FORMS)('base64 %s', (_, text) => {
	it('is decoded in one piece', () => {
		expect(decoded(text).equals(bytes)).toBe(true);
	});

	it.each([1, 2, 3, 4, 5, 7, 64, 255, 256, 257])('is decoded in pieces of %i', (length) => {
		expect(decoded(text, length).equals(bytes)).toBe(true);
	});

	it('is decoded whatever the place where it is cut', () => {
		for (let cut = 0; cut <= text.length; cut++) {
			const decoder = new Base64Decoder();
			decoder.push(text.slice(0, cut));
			decoder.push(text.slice(cut));
			if (!decoder.end().equals(bytes)) throw new Error(`lost when cut at ${cut}`);
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

it('is ready for the next text after each end', () => {
	const decoder = new Base64Decoder();
	for (const text of [base64, '', 'data:image/png;base64,YQ==', base64, 'YWI']) {
		decoder.push(text);
		expect(decoder.end().equals(Buffer.from(text.replace(/^.*,/, ''), 'base64'))).toBe(true);
	}
});

it.each(['', 'data:image/png;base64,', '====', '\\n'])('decodes %j to nothing', (text) => {
	expect(decoded(text)).toHaveLength(0);
});

it('decodes megabytes in network pieces', () => {
	const large = noise(3_000_000);
	expect(decoded(large.toString('base64'), 65_536).equals(large)).toBe(true);
});
