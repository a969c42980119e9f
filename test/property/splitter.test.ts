import fc from 'fast-check';
import { TruncatedImageError } from '../../nodes/AiImages/response/splitter/imageReader';
import { ImageSplitter } from '../../nodes/AiImages/response/splitter/splitter';
import { everyCaseLater, FURTHER_CASES } from './cases';
import { anyCharacter } from './characters';
import { document, embedded } from './json';
import { arriving, cuts, joined, piecesOf } from './pieces';
import { OPENAI } from '../../nodes/AiImages/services/openai';

interface Split {
	readonly images: Buffer[];
	/** The placeholder in the skeleton for each. */
	readonly placeholders: string[];
	readonly skeleton: string;
	readonly isCutOff: boolean;
}

/** How much of an image is read before the next one is asked for. */
type Appetite = 'all' | 'some' | 'none';

/** The only place that knows how a splitter is read. */
async function splitWhole(pieces: readonly Buffer[], appetites: Appetite[] = []): Promise<Split> {
	const splitter = new ImageSplitter(arriving(pieces), OPENAI);
	const images: Buffer[] = [];
	const placeholders: string[] = [];
	const read = async () => {
		for await (const { placeholder, bytes } of splitter.images()) {
			const appetite = appetites[placeholders.push(placeholder) - 1] ?? 'all';
			if (appetite === 'all') images.push(await joined(bytes));
			if (appetite === 'some') for await (const piece of bytes) if (piece.length > 0) break;
		}
		return false;
	};
	const isCutOff = await read().catch((error: unknown) => {
		if (error instanceof TruncatedImageError) return true;
		throw error;
	});
	return { images, placeholders, skeleton: splitter.skeleton(), isCutOff };
}

/** The same from a whole text: JSON.parse, then Buffer.from for what holds an image. */
function expected(text: string): { images: Buffer[]; placeholders: string[]; skeleton: unknown } {
	const images: Buffer[] = [];
	const placeholders: string[] = [];
	const walk = (value: unknown, key = '', isEcho = false): unknown => {
		if (Array.isArray(value)) return value.map((each) => walk(each, key, isEcho));
		if (typeof value === 'object' && value !== null) {
			const entries = Object.entries(value).map(([name, each]) => [
				name,
				walk(each, name, isEcho || name === 'prompt'),
			]);
			return Object.fromEntries(entries);
		}
		if (typeof value !== 'string' || isEcho) return value;
		const isImage = key === 'b64_json' ? !/^https?:/i.test(value) : DATA_URL.test(value);
		if (!isImage) return value;
		const bytes = bytesOf(value);
		if (bytes.length === 0) return '';
		images.push(bytes);
		return placeholders[placeholders.push(`\0image ${placeholders.length}`) - 1];
	};
	const skeleton = walk(JSON.parse(text));
	return { images, placeholders, skeleton };
}

const DATA_URL = /^data:[^,]*,/i;

/** What Node.js makes of base64, without the media type before it and what is no base64 in it. */
function bytesOf(value: string): Buffer {
	const data = value.slice(value.slice(0, 256).indexOf(',') + 1);
	const plain = data.replace(/%2B/g, '+').replace(/%2F/g, '/').replace(/%3D/g, '=');
	return Buffer.from(plain.replace(/[^A-Za-z0-9+/_-]/g, ''), 'base64');
}

const hex = (images: Buffer[]) => images.map((bytes) => bytes.toString('hex'));

async function expectSame(text: string, places: readonly number[]): Promise<void> {
	const whole = expected(text);
	const found = await splitWhole(piecesOf(Buffer.from(text), places));
	expect(found.isCutOff).toBe(false);
	expect(hex(found.images)).toEqual(hex(whole.images));
	expect(found.placeholders).toEqual(whole.placeholders);
	expect(JSON.parse(found.skeleton)).toEqual(whole.skeleton);
}

/** What stands before a text that is not complete: it is told only later whether it is an image. */
function withoutOpenText(json: string): string {
	let openQuote = -1;
	for (let at = 0; at < json.length; at++) {
		if (openQuote >= 0 && json[at] === '\\') at++;
		else if (json[at] === '"') openQuote = openQuote < 0 ? at : -1;
	}
	return openQuote < 0 ? json : json.slice(0, openQuote);
}

describe('a response', () => {
	it('returns what JSON.parse and Buffer.from return, wherever it is cut', async () => {
		await everyCaseLater(fc.asyncProperty(document, cuts, expectSame), [
			['{"b64_json\\"": "QUJD"}', []],
			['{"b6\\n4_json": "QUJD"}', []],
			['{"b64\\u005fjson": "QUJD"}', []],
			['{"url": "data\\u003aimage/png;base64,QUJD"}', []],
		]);
	});

	it('returns the same if it is a list of images, as usual', async () => {
		const entries = fc.array(
			fc.record(
				{
					revised_prompt: fc.string(),
					b64_json: fc.oneof(embedded, fc.constantFrom('', null)),
					url: fc.oneof(embedded, fc.webUrl(), fc.constantFrom('', null)),
				},
				{ requiredKeys: [] },
			),
			{ maxLength: 4 },
		);
		await everyCaseLater(
			fc.asyncProperty(entries, fc.boolean(), cuts, async (data, isPretty, places) => {
				const text = JSON.stringify({ created: 1, data }, null, isPretty ? '\t' : 0);
				await expectSame(text, places);
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('leaves the same skeleton when its images are not read, or not to their end', async () => {
		const appetites = fc.array(fc.constantFrom<Appetite>('all', 'some', 'none'), { maxLength: 5 });
		const lists = fc
			.array(embedded, { minLength: 2, maxLength: 4 })
			.map((images) => JSON.stringify(images.map((each) => ({ b64_json: each }))));
		await everyCaseLater(
			fc.asyncProperty(fc.oneof(document, lists), cuts, appetites, async (text, places, wants) => {
				const pieces = piecesOf(Buffer.from(text), places);
				const whole = await splitWhole(pieces);
				const found = await splitWhole(pieces, wants);
				expect(found.skeleton).toBe(whole.skeleton);
				expect(found.placeholders).toEqual(whole.placeholders);
				const read = whole.images.filter((_, index) => (wants[index] ?? 'all') === 'all');
				expect(hex(found.images)).toEqual(hex(read));
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('that is truncated has returned every complete image, and is invalid JSON', async () => {
		const broken = fc.tuple(document, fc.double({ min: 0, max: 1, noNaN: true }));
		await everyCaseLater(
			fc.asyncProperty(broken, cuts, async ([text, part], places) => {
				const bytes = Buffer.from(text);
				const start = bytes.subarray(0, Math.floor(part * bytes.length));
				const whole = await splitWhole([bytes]);
				const found = await splitWhole(piecesOf(start, places));
				expect(hex(whole.images).slice(0, found.images.length)).toEqual(hex(found.images));
				if (found.isCutOff) expect(() => JSON.parse(found.skeleton) as unknown).toThrow();
				else {
					// A character of several bytes may be cut as well.
					const start = withoutOpenText(found.skeleton).slice(0, -3);
					expect(whole.skeleton.startsWith(start)).toBe(true);
				}
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('of any bytes returns the same wherever it is split', async () => {
		const bits = [
			'"b64_json":"',
			'"url":"data:',
			'"',
			'\\',
			'\\u00',
			',',
			'{',
			':',
			'QUJD',
			'\xff',
		];
		const bytes = fc
			.array(fc.oneof(fc.constantFrom(...bits), fc.string({ unit: anyCharacter, maxLength: 4 })), {
				maxLength: 20,
				size: 'max',
			})
			.map((parts) => Buffer.from(parts.join(''), 'latin1'));
		await everyCaseLater(
			fc.asyncProperty(bytes, cuts, async (each, places) => {
				const whole = await splitWhole([each]);
				const found = await splitWhole(piecesOf(each, places));
				expect(found).toEqual(whole);
			}),
		);
	});
});
