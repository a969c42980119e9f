import { ApiError } from '../../../nodes/AiImages/errors';
import { buildItems } from '../../../nodes/AiImages/output/buildItems';
import type { ItemRequest } from '../../../nodes/AiImages/execution/calls';
import type { CallImage, CallResult, FailedCall } from '../../../nodes/AiImages/output/callResult';
import { accessFor } from '../../../nodes/AiImages/services/access';
import { validate } from '../../../nodes/AiImages/request/validate';
import { rawRequest, settingsOf } from '../requests';

const PRICES = { textInput: 1, imageInput: 2, imageOutput: 100 };

const settingsFor = (singleItem: boolean) =>
	settingsOf({
		simplify: false,
		output: singleItem ? 'singleItem' : 'itemPerImage',
		prices: PRICES,
	});

const jobOf = (singleItem: boolean): ItemRequest => ({
	request: validate(rawRequest({ settings: settingsFor(singleItem) })),
	access: accessFor({}),
	itemIndex: 3,
	fileNameTemplate: '',
});

const image = (
	name: string,
	index = 0,
	metadata: CallImage['metadata'] = {},
	namedAs = index,
): CallImage => ({
	index,
	image: {
		binary: { data: '', mimeType: 'image/png', fileName: name, id: `id-${name}` },
		mediaType: {
			...{ format: 'png', mimeType: 'image/png', extension: 'png' },
			...{ width: 8, height: 8, isTurned: false, hasAlpha: false },
		},
		bytes: 100,
		mayRunScripts: false,
		namedAs,
	},
	metadata,
	warnings: [],
});

const usage = (tokens: number) => ({ input_tokens: 10, output_tokens: tokens });

const succeeded = (name: string, more: Partial<CallResult> = {}): CallResult => ({
	images: [image(name)],
	previews: [],
	metadata: { created: 5, usage: usage(1000) },
	requestId: `req_${name}`,
	attempts: 1,
	durationMs: 20,
	warnings: [],
	requested: 1,
	missing: [],
	...{ links: [], dropped: [], status: 200 },
	...more,
});

/** The only image of a call, with the position in its name. */
const one = (name: string, namedAs: number): Partial<CallResult> => ({
	images: [image(name, 0, {}, namedAs)],
});

const lost = (message: string, more: Partial<FailedCall> = {}): FailedCall => ({
	requested: 1,
	error: new ApiError(message, 'Do this', { status: 500, attempts: 2, durationMs: 7 }),
	...more,
});

const jsonOf = (singleItem: boolean, outcomes: Parameters<typeof buildItems>[1]) =>
	buildItems(jobOf(singleItem), outcomes).map(({ json }) => json);

describe('the images of several calls', () => {
	it('are output in the order of the calls, each with the metadata of its call', () => {
		const second = { metadata: { created: 6, usage: usage(2000) }, attempts: 3, ...one('b', 1) };
		const items = buildItems(jobOf(false), [
			succeeded('a'),
			succeeded('b', second),
			succeeded('c', one('c', 2)),
		]);
		expect(items.map(({ json, binary, pairedItem }) => ({ ...json, binary, pairedItem }))).toEqual(
			(
				[
					['a', 5, 1000, 0.10001],
					['b', 6, 2000, 0.20001],
					['c', 5, 1000, 0.10001],
				] as const
			).map(([name, created, tokens, costUsd], index) => ({
				...{ model: 'gpt-image-2.5-flare', operation: 'generate', prompt: 'a lighthouse' },
				imageNumber: index + 1,
				...{ fileName: name, mimeType: 'image/png', fileSize: 100, width: 8, height: 8 },
				created: new Date(created * 1000).toISOString(),
				metadata: { usage: usage(tokens) },
				...{ costUsd, requestId: `req_${name}` },
				...{ attempts: 5, durationMs: 60 },
				binary: { data: expect.objectContaining({ fileName: name }) },
				pairedItem: { item: 3 },
			})),
		);
	});

	it('are one item if that is wanted, with the tokens and the price of all', () => {
		const second = { metadata: { created: 6, usage: usage(2000) }, attempts: 3, ...one('b', 1) };
		const items = buildItems(jobOf(true), [
			succeeded('a'),
			succeeded('b', second),
			succeeded('c', one('c', 2)),
		]);
		expect(items).toHaveLength(1);
		const [{ json, binary }] = items as [(typeof items)[0]];
		expect(Object.entries(binary ?? {}).map(([field, { fileName }]) => [field, fileName])).toEqual([
			['data', 'a'],
			['data_2', 'b'],
			['data_3', 'c'],
		]);
		expect(json).toEqual({
			...{ model: 'gpt-image-2.5-flare', operation: 'generate', prompt: 'a lighthouse' },
			created: '1970-01-01T00:00:05.000Z',
			metadata: { usage: { input_tokens: 30, output_tokens: 4000 } },
			...{ costUsd: 0.40003, attempts: 5, durationMs: 60 },
			images: ['a', 'b', 'c'].map((name, index) =>
				expect.objectContaining({
					imageNumber: index + 1,
					fileName: name,
					requestId: `req_${name}`,
				}),
			),
		});
	});

	it('are numbered on if a call returns several, and share the cost of that call', () => {
		const two = succeeded('a', { images: [image('a'), image('b', 1)], requested: 2 });
		expect(jsonOf(false, [two, succeeded('c')])).toMatchObject([
			{ imageNumber: 1, costUsd: 0.050005, requestId: 'req_a' },
			{ imageNumber: 2, costUsd: 0.050005, requestId: 'req_a' },
			{ imageNumber: 3, costUsd: 0.10001, requestId: 'req_c' },
		]);
		expect(jsonOf(true, [two, succeeded('c')])).toMatchObject([
			{ costUsd: 0.20002, images: [{ imageNumber: 1 }, { imageNumber: 2 }, { imageNumber: 3 }] },
		]);
	});

	it('have the tokens that a stream counted for each', () => {
		const streamed = (name: string, tokens: number) =>
			succeeded(name, { metadata: {}, images: [image(name, 0, { usage: usage(tokens) })] });
		const calls = [streamed('a', 1000), succeeded('b')];
		expect(jsonOf(true, calls)).toMatchObject([
			{ metadata: { usage: { input_tokens: 20, output_tokens: 2000 } }, costUsd: 0.20002 },
		]);
		expect(jsonOf(false, calls)).toMatchObject([{ costUsd: 0.10001 }, { costUsd: 0.10001 }]);
	});

	it('have no tokens and no price together where one call reports none', () => {
		const [json] = jsonOf(true, [succeeded('a'), succeeded('b', { metadata: {} })]);
		expect(json).not.toHaveProperty('costUsd');
		expect(json).not.toHaveProperty('metadata.usage');
	});

	it('have the names of their positions, where a call has brought more than it should', () => {
		const calls = [
			succeeded('a', { images: [image('a-1.png'), image('a-2.png', 1)] }),
			succeeded('b', one('a-2.png', 1)),
		];
		const names = (singleItem: boolean) =>
			buildItems(jobOf(singleItem), calls).flatMap(({ binary }) =>
				Object.values(binary ?? {}).map(({ fileName }) => fileName),
			);
		for (const singleItem of [true, false]) {
			expect(names(singleItem)).toEqual(['a-1.png', 'a-2.png', 'a-lighthouse-4-3.png']);
		}
	});

	it('keep their previews', () => {
		const previewOf = (name: string) => ({ previews: [image(name).image] });
		const calls = [succeeded('a', previewOf('p')), succeeded('b', previewOf('q'))];
		const fields = (singleItem: boolean) =>
			buildItems(jobOf(singleItem), calls).map(({ binary }) => Object.keys(binary ?? {}));
		expect(fields(false)).toEqual([
			['data', 'data_partial_1'],
			['data', 'data_partial_1'],
		]);
		expect(fields(true)).toEqual([['data', 'data_2', 'data_partial_1', 'data_partial_2']]);
	});

	it('have each warning once, and one for the number of all', () => {
		const more = { warnings: ['Mask: large'], missing: [{ index: 1, reason: 'Gone. Ask' }] };
		const calls = [
			succeeded('a', { ...more, requested: 3, images: [image('a'), image('b', 2)] }),
			succeeded('c', { ...more, requested: 2 }),
			succeeded('d', { warnings: ['Mask: large'] }),
		];
		const [json] = jsonOf(true, calls);
		expect(json?.warnings).toEqual(['Mask: large', '2 images are missing: Gone. Ask']);
	});
});

describe('a call that brought nothing', () => {
	it.each([false, true])('leaves a gap and a warning (one item: %s)', (singleItem) => {
		const outcomes = [
			succeeded('a'),
			lost('It failed.', { requested: 3 }),
			lost('No.'),
			succeeded('d'),
		];
		const items = jsonOf(singleItem, outcomes);
		const images = singleItem ? (items[0]?.images as typeof items) : items;
		expect(images.map(({ imageNumber }) => imageNumber)).toEqual([1, 6]);
		for (const json of items) {
			expect(json).toMatchObject({
				attempts: 6,
				durationMs: 54,
				warnings: ['3 images are missing: It failed. Do this', 'One image is missing: No. Do this'],
			});
		}
	});

	it('is reported with the message of any error', () => {
		const [json] = jsonOf(false, [lost('', { error: new Error('Disk full') }), succeeded('b')]);
		expect(json).toMatchObject({ imageNumber: 2, warnings: ['One image is missing: Disk full.'] });
	});

	it('is the failure of the item where no other brought anything', () => {
		const assembled = () => buildItems(jobOf(false), [lost('First'), lost('Second')]);
		expect(assembled).toThrow(ApiError);
		expect(assembled).toThrow(
			expect.objectContaining({
				message: 'First',
				advice: 'Do this',
				details: { status: 500, attempts: 4, durationMs: 14 },
			}),
		);
		const error = new Error('Disk full');
		expect(() => buildItems(jobOf(false), [lost('', { error }), lost('Second')])).toThrow(error);
	});
});
