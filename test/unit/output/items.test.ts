import { OPENAI } from '../../../nodes/AiImages/services/openai';
import {
	toItems,
	type ItemFacts,
	type OutputOptions,
	type FoundImage,
} from '../../../nodes/AiImages/output/items';
import type { StoredImage } from '../../../nodes/AiImages/output/storeImage';
import { detectImage } from '../../../nodes/AiImages/media/detectImage';
import { picture } from '../../helpers/pictures';

let stored: (name: string) => StoredImage;
beforeAll(async () => {
	const bytes = await picture({ width: 12, height: 8 });
	const mediaType = detectImage(bytes);
	if (!mediaType) throw new Error('No image');
	stored = (name) => ({
		binary: { data: '', mimeType: 'image/png', fileName: `${name}.png` },
		mediaType,
		bytes: bytes.length,
		mayRunScripts: false,
	});
});

const found = (
	name: string,
	index: number,
	metadata: FoundImage['metadata'] = {},
	warnings: string[] = [],
): FoundImage => ({ index, image: stored(name), metadata, warnings });
const facts = (others: Partial<ItemFacts> = {}): ItemFacts => ({
	model: 'gpt-image-2.5-flare',
	operation: 'generate',
	prompt: 'a cat',
	chosenSize: undefined,
	metadata: {},
	prices: { textInput: 5, imageInput: 8, imageOutput: 30, textOutput: null },
	imagePrice: null,
	usageKeys: OPENAI.usage,
	previews: [],
	requestId: '',
	attempts: 2,
	durationMs: 7,
	warnings: [],
	pendingJobs: undefined,
	...others,
});
const DELIVERY: OutputOptions = {
	itemIndex: 3,
	binaryField: 'data',
	output: 'itemPerImage',
	simplify: false,
	includeBinaryId: false,
	mayShowLink: undefined,
};
const usage = (output: number) => ({
	input_tokens: 10,
	input_tokens_details: { text_tokens: 10, image_tokens: 0 },
	output_tokens: output,
	output_tokens_details: null,
});

describe('an item per image', () => {
	it('contains one file, its metadata, and its input item', () => {
		const metadata = {
			created: 5,
			size: '16x8',
			quality: 'low',
			background: 'opaque',
			outputFormat: 'webp',
			usage: usage(196),
		};
		const more = { requestId: 'req_1', chosenSize: '16x8', warnings: ['Size: …'] };
		const [item, ...others] = toItems(
			[found('a', 0, { revisedPrompt: 'better' })],
			facts({ metadata, ...more }),
			DELIVERY,
		);
		expect(others).toEqual([]);
		expect(item).toStrictEqual({
			json: {
				model: 'gpt-image-2.5-flare',
				operation: 'generate',
				prompt: 'a cat',
				imageNumber: 1,
				fileName: 'a.png',
				mimeType: 'image/png',
				fileSize: stored('a').bytes,
				width: 12,
				height: 8,
				revisedPrompt: 'better',
				created: '1970-01-01T00:00:05.000Z',
				chosenSize: '16x8',
				costUsd: 0.00593,
				requestId: 'req_1',
				attempts: 2,
				durationMs: 7,
				metadata: {
					size: '16x8',
					quality: 'low',
					background: 'opaque',
					outputFormat: 'webp',
					usage: usage(196),
				},
				warnings: ['Size: …'],
			},
			binary: { data: stored('a').binary },
			pairedItem: { item: 3 },
		});
	});

	it('holds nothing that the server did not say, and no cost that is not known', () => {
		const [item] = toItems([found('a', 0)], facts(), DELIVERY);
		expect(Object.keys(item?.json ?? {})).toEqual([
			'model',
			'operation',
			'prompt',
			'imageNumber',
			'fileName',
			'mimeType',
			'fileSize',
			'width',
			'height',
			'attempts',
			'durationMs',
		]);
	});

	it('shares the cost of the call, or has its own', () => {
		const images = [found('a', 0), found('b', 1)];
		const shared = toItems(images, facts({ metadata: { usage: usage(196) } }), DELIVERY);
		expect(shared.map(({ json }) => json.costUsd)).toEqual([0.002965, 0.002965]);
		const streamed = [found('a', 0, { usage: usage(196) }), found('b', 1, { usage: usage(439) })];
		const own = toItems(streamed, facts(), DELIVERY);
		expect(own.map(({ json }) => json.costUsd)).toEqual([0.00593, 0.01322]);
	});

	it('keeps the place of the image in the response, and the previews with the first', () => {
		const images = [found('a', 0), found('c', 2)];
		const items = toItems(images, facts({ previews: [stored('p'), stored('q')] }), DELIVERY);
		expect(items.map(({ json }) => json.imageNumber)).toEqual([1, 3]);
		expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([
			['data', 'data_partial_1', 'data_partial_2'],
			['data'],
		]);
	});

	it('holds the warnings of the call, and those of its own image', () => {
		const images = [found('a', 0, {}, ['Size: a']), found('b', 1)];
		const items = toItems(images, facts({ warnings: ['Mask: c'] }), DELIVERY);
		expect(items.map(({ json }) => json.warnings)).toEqual([['Mask: c', 'Size: a'], ['Mask: c']]);
	});

	it('puts the files into the field that is wanted', () => {
		const delivery = { ...DELIVERY, binaryField: 'picture' };
		const [item] = toItems([found('a', 0)], facts({ previews: [stored('p')] }), delivery);
		expect(Object.keys(item?.binary ?? {})).toEqual(['picture', 'picture_partial_1']);
	});
});

describe('one item with all images', () => {
	const delivery = { ...DELIVERY, output: 'singleItem' as const };

	it('contains all files, and the metadata of each', () => {
		const images = [found('a', 0), found('b', 1, { revisedPrompt: 'better' }), found('c', 2)];
		const items = toItems(
			images,
			facts({ metadata: { usage: usage(588) }, previews: [stored('p')] }),
			delivery,
		);
		expect(items).toHaveLength(1);
		expect(Object.keys(items[0]?.binary ?? {})).toEqual([
			'data',
			'data_2',
			'data_3',
			'data_partial_1',
		]);
		expect(items[0]?.json).toMatchObject({
			model: 'gpt-image-2.5-flare',
			costUsd: 0.01769,
			images: [
				{ imageNumber: 1, fileName: 'a.png' },
				{ imageNumber: 2, fileName: 'b.png', revisedPrompt: 'better' },
				{ imageNumber: 3, fileName: 'c.png', width: 12, height: 8 },
			],
		});
		expect(items[0]?.pairedItem).toEqual({ item: 3 });
	});

	it('adds up what a stream reports for each image', () => {
		const images = [found('a', 0, { usage: usage(196) }), found('b', 1, { usage: usage(439) })];
		const [item] = toItems(images, facts(), delivery);
		expect(item?.json.metadata).toHaveProperty('usage', {
			input_tokens: 20,
			input_tokens_details: { text_tokens: 20, image_tokens: 0 },
			output_tokens: 635,
			output_tokens_details: null,
		});
		expect(item?.json.costUsd).toBe(0.01915);
	});

	it('holds each warning once', () => {
		const images = ['a', 'b'].map((name, index) => found(name, index, {}, ['Size: …']));
		const [item] = toItems(images, facts({ warnings: ['Mask: c'] }), delivery);
		expect(item?.json.warnings).toEqual(['Mask: c', 'Size: …']);
	});

	it('is none without images', () => {
		expect(toItems([], facts(), delivery)).toEqual([]);
	});
});

describe('the keys', () => {
	const images = () => [
		{ ...found('a', 0, { revisedPrompt: 'better', seed: 7 }), link: 'https://files.example/a.png' },
		found('b', 1),
	];
	const metadata = { created: 5, size: '16x8', usage: usage(196) };
	const keys = (json: object | undefined) => Object.keys(json ?? {}).join(' ');
	const itemsWith = (options: Partial<OutputOptions>) =>
		toItems(
			images(),
			facts({ metadata, requestId: 'req_1', chosenSize: '16x8', warnings: ['w'] }),
			{ ...DELIVERY, mayShowLink: () => true, ...options },
		).map(({ json }) => json);

	const OWN = 'fileName mimeType fileSize width height';

	it('are few with Simplify', () => {
		const [first, second] = itemsWith({ simplify: true });
		expect(keys(first)).toBe(`model prompt revisedPrompt ${OWN} seed imageUrl costUsd warnings`);
		expect(keys(second)).toBe(`model prompt ${OWN} costUsd warnings`);
	});

	it('are all without it, and the tokens of a call stand on its first item', () => {
		const [first, second] = itemsWith({});
		const call = 'created chosenSize requestId attempts durationMs costUsd metadata warnings';
		expect(keys(first)).toBe(
			`model operation prompt revisedPrompt imageNumber ${OWN} seed imageUrl ${call}`,
		);
		expect(keys(second)).toBe(`model operation prompt imageNumber ${OWN} ${call}`);
		expect([first, second].map((json) => keys(json?.metadata as object))).toEqual([
			'size usage',
			'size',
		]);
	});

	it('of one item with all images are those of the request, and images', () => {
		const [item] = itemsWith({ simplify: true, output: 'singleItem' });
		expect(keys(item)).toBe('model prompt costUsd warnings images');
		expect((item?.images as object[]).map(keys)).toEqual([
			`revisedPrompt ${OWN} seed imageUrl`,
			OWN,
		]);
		const [full] = itemsWith({ output: 'singleItem' });
		expect(keys(full)).toBe(
			'model operation prompt created chosenSize requestId attempts durationMs costUsd metadata warnings images',
		);
		expect((full?.images as object[]).map(keys)).toEqual([
			`revisedPrompt imageNumber ${OWN} seed imageUrl`,
			`imageNumber ${OWN}`,
		]);
	});

	it('have no link that must not be shown', () => {
		for (const mayShowLink of [undefined, () => false]) {
			expect(keys(itemsWith({ mayShowLink })[0])).not.toContain('imageUrl');
		}
	});
});

describe('a call whose images are counted only in part', () => {
	const images = () => [found('a', 0, { usage: usage(1000) }), found('b', 1)];
	const costs = (metadata: ItemFacts['metadata'], output: OutputOptions['output']) =>
		toItems(images(), facts({ metadata }), { ...DELIVERY, output }).map(({ json }) => json.costUsd);

	it('costs what is reported for all images', () => {
		const metadata = { usage: usage(3000) };
		expect(costs(metadata, 'itemPerImage')).toEqual([0.045025, 0.045025]);
		expect(costs(metadata, 'singleItem')).toEqual([0.09005]);
	});

	it('has no known cost otherwise', () => {
		expect(costs({}, 'itemPerImage')).toEqual([undefined, undefined]);
		expect(costs({}, 'singleItem')).toEqual([undefined]);
	});
});
