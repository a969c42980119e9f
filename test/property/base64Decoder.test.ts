import fc from 'fast-check';
import { Base64Decoder } from '../../nodes/AiImages/response/splitter/base64Decoder';
import { everyCase, FURTHER_CASES } from './cases';
import { anyCharacter } from './characters';
import { embedded } from './json';
import { cuts, piecesOf } from './pieces';
import { jsonSpelling, wellFormed } from './texts';

/** The only place that knows how a decoder is fed. */
function decodeWhole(pieces: readonly Buffer[]): Buffer {
	const decoder = new Base64Decoder();
	return Buffer.concat([
		...pieces.map((piece) => decoder.push(piece.toString('latin1'))),
		decoder.end(),
	]);
}

/** A text of base64, a data URL or not, and a JSON spelling of it. */
const written = embedded.chain((text) => fc.tuple(fc.constant(text), jsonSpelling(text)));

const PERCENT = `data:;base64,${'A'.repeat(398)}%3D%3D`;
const asEscapes = (text: string) =>
	[...text].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('');

describe('base64 inside a JSON text', () => {
	it('returns the bytes that were encoded, in any spelling, wherever it is split', () => {
		everyCase(
			fc.property(written, cuts, ([text, spelling], places) => {
				const data = text.slice(text.indexOf(',') + 1);
				const plain = data.replace(/%([0-9A-F]{2})/g, (code) => decodeURIComponent(code));
				const bytes = decodeWhole(piecesOf(Buffer.from(spelling), places));
				expect(bytes.toString('hex')).toBe(Buffer.from(plain, 'base64').toString('hex'));
			}),
			[
				[['data:;base64,QUJD', 'data:;base64\\u002CQUJD'], []],
				// The piece ends behind a percent sign that is an escape itself.
				[[PERCENT, asEscapes(PERCENT)], [412 / 417]],
			],
		);
	});

	it('returns every byte that was encoded, even with other characters in between', () => {
		const noise = fc.constantFrom(
			'',
			' ',
			'\n',
			'\\n',
			'\\r\\n',
			'\\u000a',
			'.',
			'*',
			'~',
			'\u00a0',
		);
		const noisy = fc
			.uint8Array({ maxLength: 120, size: 'max' })
			.chain((bytes) => {
				const letters = [...Buffer.from(bytes).toString('base64').replace(/=/g, '')];
				return fc.tuple(
					fc.constant(bytes),
					fc.tuple(...letters.map(() => noise)),
					fc.constant(letters),
				);
			})
			.map(([bytes, between, letters]) => ({
				bytes: Buffer.from(bytes),
				text: letters.map((letter, index) => letter + String(between[index])).join(''),
			}));
		everyCase(
			fc.property(noisy, cuts, ({ bytes, text }, places) => {
				const found = decodeWhole(piecesOf(Buffer.from(text, 'latin1'), places));
				expect(found.toString('hex')).toBe(bytes.toString('hex'));
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('of any characters returns the same wherever it is split', () => {
		const bits = [
			'QUJD',
			'data:image/svg+xml,',
			'image/svg;',
			';base64,',
			'%2',
			'%',
			'\\',
			'\\u00',
		];
		const texts = fc
			.array(fc.oneof(fc.constantFrom(...bits, '=', ',', 'A'), fc.string({ unit: anyCharacter })), {
				maxLength: 40,
				size: 'max',
			})
			.map((parts) => Buffer.from(parts.join(''), 'latin1'));
		everyCase(
			fc.property(texts, cuts, (text, places) => {
				const whole = decodeWhole([text]);
				expect(decodeWhole(piecesOf(text, places)).toString('hex')).toBe(whole.toString('hex'));
			}),
			[],
			FURTHER_CASES,
		);
	});
});

describe('an SVG in a data URL without base64', () => {
	it('returns its text, with or without percent-encoding', () => {
		const drawings = fc
			.string({ unit: anyCharacter })
			.map((text) => `<svg width='1'>${wellFormed(text).replace(/[%\0]/g, '')}</svg>`);
		const writings = fc.constantFrom((text: string) => text, encodeURIComponent);
		const heads = fc.constantFrom(
			'image/svg+xml,',
			'data:image/svg+xml;utf8,',
			'image/svg+xml;charset=utf-8,',
		);
		const spelt = fc
			.tuple(drawings, writings, heads)
			.chain(([drawing, write, head]) =>
				fc.tuple(fc.constant(drawing), jsonSpelling(head + write(drawing))),
			);
		everyCase(
			fc.property(spelt, cuts, ([drawing, spelling], places) => {
				const found = decodeWhole(piecesOf(Buffer.from(spelling), places));
				expect(found.toString('utf8')).toBe(drawing);
			}),
			[],
			FURTHER_CASES,
		);
	});
});
