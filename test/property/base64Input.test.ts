import fc from 'fast-check';
import sharp from 'sharp';
import { ValidationError } from '../../nodes/AiImages/errors';
import { fromBase64, type InputFile } from '../../nodes/AiImages/request/files/inputFile';
import { everyCaseLater, FURTHER_CASES } from './cases';
import { bytesOf } from '../unit/requests';

/** The first two say how long their parts are, so that what is missing shows. */
const FORMATS = ['png', 'webp', 'jpeg'] as const;
/** Images of noise, whose base64 has about one sign among 64. */
let texts: string[];

beforeAll(async () => {
	// The numbers of Park and Miller: the same noise each time.
	let seed = 20_261_120;
	const noise = Buffer.from(
		Array.from({ length: 40 * 40 * 3 }, () => (seed = (seed * 48_271) % 2_147_483_647) % 256),
	);
	texts = await Promise.all(
		FORMATS.map(async (format) => {
			const image = sharp(noise, { raw: { width: 40, height: 40, channels: 3 } });
			return (await image.toFormat(format).toBuffer()).toString('base64');
		}),
	);
});

const open = (text: string): InputFile | ValidationError => {
	try {
		return fromBase64(text, () => text, 'File');
	} catch (error) {
		if (error instanceof ValidationError) return error;
		throw error;
	}
};

/** What becomes of each sign on its way; used again from the first. */
const fates = fc.array(fc.constantFrom('+', ' ', ' ', ' ', '', '\n'), {
	minLength: 1,
	maxLength: 40,
});

describe('a base64 text that lost its signs on the way', () => {
	it('is restored if all have become blanks, or some of them', async () => {
		const kept = fc.array(fc.constantFrom('+', ' '), { minLength: 1, maxLength: 40 });
		await everyCaseLater(
			fc.asyncProperty(fc.nat(FORMATS.length - 1), kept, async (index, signs) => {
				const text = texts[index] ?? '';
				let at = 0;
				const opened = open(text.replace(/\+/g, () => signs[at++ % signs.length] ?? ''));
				expect(opened).not.toBeInstanceOf(ValidationError);
				const bytes = await bytesOf(opened as InputFile);
				expect(bytes.equals(Buffer.from(text, 'base64'))).toBe(true);
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('is restored or refused, and never becomes another image', async () => {
		await everyCaseLater(
			fc.asyncProperty(
				fc.nat(1),
				fates,
				fc.option(fc.double({ min: 0.5, max: 1, noNaN: true })),
				async (index, signs, cut) => {
					const text = texts[index] ?? '';
					let at = 0;
					const damaged = text.replace(/\+/g, () => signs[at++ % signs.length] ?? '');
					const opened = open(damaged.slice(0, Math.ceil(damaged.length * (cut ?? 1))));
					if (opened instanceof ValidationError || opened.defect) return;
					// Without any blank it is base64 of whatever it is.
					fc.pre(damaged.includes(' '));
					const bytes = await bytesOf(opened);
					expect(bytes.equals(Buffer.from(text, 'base64'))).toBe(true);
				},
			),
		);
	});
});
