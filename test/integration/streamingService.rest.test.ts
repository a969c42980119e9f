import type { INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';

import { useEngine, type NodeResult } from '../helpers/engine';
import { maskWithHole, photo, useService } from '../image-service/helpers';

const engine = useEngine();
const service = useService();

let cat: Buffer;
let hole: Buffer;

beforeAll(async () => {
	cat = await photo(256, 256);
	hole = await maskWithHole(256, 256, { left: 64, top: 64, width: 128, height: 128 });
});

async function stream(
	operation: 'generate' | 'edit',
	{ options, ...more }: INodeParameters & { options?: INodeParameters } = {},
): Promise<NodeResult> {
	const binary = {
		data: { data: cat, mimeType: 'image/png', fileName: 'cat.png' },
		hole: { data: hole, mimeType: 'image/png', fileName: 'hole.png' },
	};
	const run = await engine.runWorkflow({
		parameters: {
			operation,
			model: 'gpt-image-2.5-flare',
			// 16 characters, which the service counts as 4 tokens.
			prompt: 'A red lighthouse',
			quality: 'low',
			...more,
			options: { stream: true, ...options },
		},
		items: [{ binary }],
		credentials: { baseUrl: service.url, apiKey: 'k' },
	});
	expect(run.error).toBeUndefined();
	return run;
}

const fieldsOf = ({ outputs }: NodeResult) =>
	outputs[0]!.map(({ binary = {} }) => Object.keys(binary));

describe('a stream of the image service', () => {
	it.each(['generate', 'edit'] as const)(
		'is the image that %s makes without it',
		async (operation) => {
			const size = { sizeType: 'custom', width: 1152, height: 640 };
			const streamed = await stream(operation, { ...size, options: { partialImages: 0 } });
			const whole = await stream(operation, { ...size, options: { stream: false } });
			const [one, other] = [streamed, whole].map(({ outputs }) => outputs[0]![0]!);
			expect((await streamed.binary(one)).equals(await whole.binary(other))).toBe(true);
			const { durationMs: _, created: __, requestId: ___, usage: ____, ...said } = one!.json;
			expect(other!.json).toMatchObject(said);
			expect(one!.json).not.toHaveProperty('warnings');
			expect(one!.json.requestId).toMatch(/^req_/);
			expect(await service.requests()).toMatchObject([{ status: 200 }, { status: 200 }]);
		},
	);

	it.each([1, 2, 3])('returns %i previews of the size of the image', async (partialImages) => {
		const options = { partialImages };
		const run = await stream('generate', { outputFormat: 'webp', options });
		const previews = Array.from({ length: partialImages }, (_, at) => `data_partial_${at + 1}`);
		expect(fieldsOf(run)).toEqual([['data', ...previews]]);
		for (const field of previews) {
			const file = await run.binary(run.outputs[0]![0], field);
			expect(await sharp(file).metadata()).toMatchObject({
				format: 'webp',
				width: 1024,
				height: 1024,
			});
		}
		// 4 tokens of text at $5, 196 and 100 for each preview at $30 per million.
		const cost = { 1: 0.0089, 2: 0.0119, 3: 0.0149 }[partialImages];
		expect(run.outputs[0]![0]!.json.costUsd).toBe(cost);
	});

	it('of an edit with a mask counts its input', async () => {
		const options = { partialImages: 1 };
		const mask = { image: { source: 'binary', binaryField: 'hole' } };
		const run = await stream('edit', { size: '1024x1024', options: { ...options, mask } });
		expect(fieldsOf(run)).toEqual([['data', 'data_partial_1']]);
		expect(run.outputs[0]![0]!.json).toMatchObject({
			width: 1024,
			height: 1024,
			metadata: {
				usage: { input_tokens_details: { text_tokens: 4, image_tokens: 64 }, output_tokens: 296 },
			},
			// 20 + 64 × 8 + 296 × 30 millionths of a dollar.
			costUsd: 0.009412,
		});
	});

	it('of an edit whose images go as JSON is the same', async () => {
		const files = await stream('edit', { options: { partialImages: 0 } });
		const asJson = await stream('edit', { options: { partialImages: 0, imagesAsJson: true } });
		const [one, other] = [files, asJson].map(({ outputs }) => outputs[0]![0]!);
		expect((await files.binary(one)).equals(await asJson.binary(other))).toBe(true);
	});

	it.each(['generate', 'edit'] as const)(
		'of two images of %s becomes two items',
		async (operation) => {
			// Inside of a mask, the service draws each image anew.
			const mask = { image: { source: 'binary', binaryField: 'hole' } };
			const run = await stream(operation, { n: 2, options: { mask, partialImages: 1 } });
			expect(fieldsOf(run)).toEqual([['data', 'data_partial_1', 'data_partial_2'], ['data']]);
			const [one, two] = run.outputs[0]!;
			expect([one!.json.imageNumber, two!.json.imageNumber]).toEqual([1, 2]);
			const files = await Promise.all([run.binary(one), run.binary(two)]);
			expect(files[0]!.equals(files[1]!)).toBe(false);
			const cost = operation === 'edit' ? 0.009412 : 0.0089;
			expect([one!.json.costUsd, two!.json.costUsd]).toEqual([cost, cost]);
		},
	);

	it('arrives whole in a slow drip', async () => {
		await service.control('bytes', { bytes: 100_000, width: 640, height: 480 });
		await service.control('faults', { dripMs: 1 });
		const run = await stream('generate', { options: { partialImages: 0 } });
		expect(run.outputs[0]![0]!.json).toMatchObject({ fileSize: 100_000, width: 640 });
	});

	it('that breaks off is an error', async () => {
		await service.control('faults', { reset: 'mid-body', times: 5 });
		const run = await engine.runWorkflow({
			parameters: { prompt: 'A cat', quality: 'low', options: { stream: true } },
			credentials: { baseUrl: service.url, apiKey: 'k' },
		});
		expect(run.error?.message).toMatch(/closed the connection before the response was complete$/);
	});
});
