import type { INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';
import { validateFiles } from '../../../nodes/AiImages/request/validateFiles';
import { readItem } from '../../../nodes/AiImages/request/read';
import { validate } from '../../../nodes/AiImages/request/validate';
import {
	executionOf,
	inputFile,
	problemsAfter,
	problemsOf,
	rawRequest,
	settingsOf,
	type Run,
} from '../requests';
import { OPENAI } from '../../../nodes/AiImages/services/openai';

type Raw = NonNullable<Parameters<typeof rawRequest>[0]>;

const FLARE = 'gpt-image-2.5-flare';
const NEWEST = 'gpt-image-2.6-flare';
const check = (model: string, raw: Raw) =>
	validateFiles(rawRequest({ model, operation: 'edit', ...raw }));
const overlay = (name: string, facts: Parameters<typeof inputFile>[0] = {}) =>
	inputFile({ label: `${name} (binary field "x")`, ...facts });

describe('a markup', () => {
	it.each([
		[NEWEST, true],
		['gpt-image-2.6-sunburst', true],
		[FLARE, true],
		['gpt-image-2.5-sunburst', true],
		['tomorrow-1', true],
		['gpt-image-2', false],
		['gpt-image-1.5', false],
		['gpt-image-1', false],
		['gpt-image-1-mini', false],
		['chatgpt-image-latest', false],
		['dall-e-2', false],
	])('is taken by %s: %s', (model, taken) => {
		expect(check(model, { markup: overlay('Markup') })).toEqual(
			taken ? [] : [`'Markup' isn't supported by ${model}. Remove it, or choose another model`],
		);
	});

	it.each([
		[{ hasAlpha: false }, /PNG.*alpha/],
		[{ hasAlpha: null, format: 'webp' as const }, /PNG.*alpha/],
		[{ bytes: 50_000_001 }, /up to 50 MB/],
		[{ width: 1023 }, /1023 × 1024 px, but the first input image is 1024 × 1024 px/],
	])('is refused by its facts: %j', (facts, problem) => {
		expect(check(FLARE, { markup: overlay('Markup', facts) })).toEqual([
			expect.stringMatching(problem),
		]);
	});

	it('can be used with an animation', () => {
		const values = { outputFormat: 'gif' };
		const raw = rawRequest({
			model: NEWEST,
			operation: 'edit',
			values,
			markup: overlay('Markup'),
		});
		expect(problemsOf(() => validate(raw))).toEqual([]);
	});

	it('can be used together with a mask for an unknown model', () => {
		const both = { mask: overlay('Mask'), markup: overlay('Markup') };
		expect(check('tomorrow-1', both)).toEqual([]);
		expect(check(FLARE, both)).toEqual([expect.stringMatching(/^'Markup' .*'Mask'/)]);
	});
});

describe('a file that the server finds by itself', () => {
	const reference = { fileId: 'file-1' };
	const unread = (name: string) => ({ ...overlay(name, { reference, bytes: 0 }), mediaType: null });

	it('is not judged', () => {
		expect(check('dall-e-2', { images: [unread('Image')] })).toEqual([]);
		expect(check(FLARE, { images: [unread('Image')], mask: unread('Mask') })).toEqual([]);
		expect(check(FLARE, { markup: unread('Markup') })).toEqual([]);
	});

	it('counts', () => {
		expect(check('dall-e-2', { images: [unread('A'), unread('B')] })).toHaveLength(1);
	});

	it('is no measure for a mask', () => {
		const mask = overlay('Mask', { width: 1, height: 2 });
		expect(check(FLARE, { images: [unread('Image')], mask })).toEqual([]);
	});

	it('is refused where the values exclude it', () => {
		const raw = { mask: unread('Mask'), values: { outputFormat: 'gif' } };
		expect(check(NEWEST, raw)).toEqual([
			expect.stringMatching(/^'Mask' .*'Output Format' (is )?"gif"/),
		]);
	});
});

describe('a file inside JSON', () => {
	const asJson = settingsOf({ imagesAsJson: true });

	it.each([
		[15_728_000, 0],
		[15_729_000, 1],
	])('is at most as long as the API takes: %i bytes, %i problems', (bytes, count) => {
		const images = [inputFile({ bytes })];
		expect(check(FLARE, { images, settings: asJson })).toHaveLength(count);
		expect(check(FLARE, { images })).toEqual([]);
		expect(check('tomorrow-1', { images, settings: asJson })).toEqual([]);
		const mask = overlay('Mask', { bytes });
		expect(check(FLARE, { mask, settings: asJson })).toHaveLength(count);
	});
});

describe('a photograph that is stored turned', () => {
	const sharpOf = (width: number, height: number) =>
		sharp({ create: { width, height, channels: 4, background: '#08f6' } });
	const edit = async (
		kind: 'mask' | 'markup',
		orientation: number,
		width: number,
		height: number,
	) => {
		const photo = await sharpOf(40, 30).jpeg().withMetadata({ orientation }).toBuffer();
		const overlaid = await sharpOf(width, height).png().toBuffer();
		const files = { data: photo, over: overlaid };
		const binary = Object.fromEntries(
			Object.entries(files).map(([name, bytes]) => [
				name,
				{ data: bytes.toString('base64'), mimeType: 'image/png' },
			]),
		);
		const set: INodeParameters = {
			model: FLARE,
			operation: 'edit',
			prompt: 'x',
			options: { [kind]: { image: { source: 'binary', binaryField: 'over' } } },
		};
		const run: Run = { binary };
		const checked = readItem(executionOf(set, run), 0, OPENAI).then((raw) => validate(raw));
		return await problemsAfter(checked);
	};

	it.each([1, 2, 3, 4])(
		'in no quarter has a markup as it is stored: orientation %i',
		async (turn) => {
			expect(await edit('markup', turn, 40, 30)).toEqual([]);
			expect(await edit('markup', turn, 30, 40)).toHaveLength(1);
		},
	);

	it.each([5, 6, 7, 8])('by a quarter has a markup as it is seen: orientation %i', async (turn) => {
		expect(await edit('markup', turn, 30, 40)).toEqual([]);
		expect(await edit('markup', turn, 40, 30)).toEqual([
			expect.stringMatching(/^Markup .*40 × 30 px, but the first input image is 30 × 40 px/),
		]);
	});

	it('by a quarter has a mask as it is stored', async () => {
		expect(await edit('mask', 6, 40, 30)).toEqual([]);
		expect(await edit('mask', 6, 30, 40)).toHaveLength(1);
	});
});
