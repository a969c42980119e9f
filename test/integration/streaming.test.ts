import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type Engine, type NodeResult } from '../helpers/engine';
import { eventsOf, sse } from '../helpers/events';
import { imageResponse, json, useImagesApi } from '../helpers/imagesApi';
import { partsOf, textsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';

const api = useImagesApi();

let photo: Buffer;
let first: Buffer;
let second: Buffer;
let previews: [Buffer, Buffer, Buffer];

beforeAll(async () => {
	photo = await picture({ width: 64, height: 64 });
	first = await picture({ width: 30, height: 20, colour: '#0a0b0c' });
	second = await picture({ width: 31, height: 21, format: 'webp' });
	const colours = ['#111111', '#222222', '#333333'];
	const drawn = colours.map(async (colour) => await picture({ width: 30, height: 20, colour }));
	previews = (await Promise.all(drawn)) as typeof previews;
});

type Operation = 'generate' | 'edit';

async function stream(
	engine: Engine,
	operation: Operation,
	{ options, ...more }: INodeParameters & { options?: INodeParameters } = {},
): Promise<NodeResult> {
	return await engine.runWorkflow({
		parameters: {
			operation,
			model: 'gpt-image-2.5-flare',
			prompt: 'A cat',
			...more,
			options: { stream: true, ...options },
		},
		items: [{ binary: { data: { data: photo, mimeType: 'image/png', fileName: 'photo.png' } } }],
		credentials: api.credentials,
	});
}

/** The bytes of every binary field of every item. */
async function filesOf(run: NodeResult): Promise<Array<Record<string, Buffer>>> {
	expect(run.error).toBeUndefined();
	return await Promise.all(
		run.outputs[0]!.map(async (item) => {
			const fields = Object.keys(item.binary ?? {});
			const files = fields.map(async (field) => [field, await run.binary(item, field)] as const);
			return Object.fromEntries(await Promise.all(files));
		}),
	);
}

/** 10 tokens of text at $5, `image` at $8, `output` at $30 per million. */
const usage = (output: number, image = 0) => ({
	input_tokens: 10 + image,
	input_tokens_details: { text_tokens: 10, image_tokens: image },
	output_tokens: output,
	total_tokens: 10 + image + output,
});

describe.each(['filesystem', 'default'] as const)('a stream, in binary mode %s', (binaryMode) => {
	const engine = useEngine({ binaryMode });

	describe.each(['generate', 'edit'] as const)('of %s', (operation) => {
		const { preview, completed } = eventsOf(operation);

		it('of the image alone becomes an item with exactly this json and this file', async () => {
			api.reply(sse(completed(first, { usage: usage(196, 1024) })));
			const run = await stream(engine, operation, { options: { partialImages: 0 } });
			expect(await filesOf(run)).toEqual([{ data: first }]);
			expect(run.outputs[0]![0]!.json).toStrictEqual({
				model: 'gpt-image-2.5-flare',
				operation,
				prompt: 'A cat',
				imageNumber: 1,
				created: '2025-10-09T08:53:20.000Z',
				fileName: 'a-cat-1.png',
				mimeType: 'image/png',
				fileSize: first.length,
				width: 30,
				height: 20,
				metadata: {
					size: '1024x1024',
					quality: 'low',
					background: 'opaque',
					outputFormat: 'png',
					usage: usage(196, 1024),
				},
				// 50 + 8192 + 5880 millionths of a dollar.
				costUsd: 0.014122,
				attempts: 1,
				durationMs: expect.any(Number),
			});
		});

		it('is requested', async () => {
			api.reply(sse(completed(first)));
			await stream(engine, operation, { options: { partialImages: 3 } });
			const [request] = api.requests as [(typeof api.requests)[0]];
			expect(request.headers.accept).toContain('text/event-stream');
			if (operation === 'edit') {
				expect(textsOf(partsOf(request))).toEqual(
					expect.arrayContaining([
						['stream', 'true'],
						['partial_images', '3'],
					]),
				);
			} else {
				const body = JSON.parse(request.body.toString());
				expect(body).toMatchObject({ stream: true, partial_images: 3 });
			}
		});

		it.each([1, 2, 3])(
			'keeps %i previews next to the image, because they are billed',
			async (count) => {
				const sent = previews.slice(0, count);
				api.reply(sse(...sent.map(preview), completed(first)));
				const options = { partialImages: count };
				const run = await stream(engine, operation, { options });
				const kept = sent.map((image, index) => [`data_partial_${index + 1}`, image]);
				expect(await filesOf(run)).toEqual([{ data: first, ...Object.fromEntries(kept) }]);
				const names = Object.values(run.outputs[0]![0]!.binary!).map(({ fileName }) => fileName);
				const parts = sent.map((_, index) => `a-cat-1-partial-${index + 1}.png`);
				expect(names).toEqual(['a-cat-1.png', ...parts]);
			},
		);

		it.each([undefined, 0])(
			'ignores previews that were not requested: %s',
			async (partialImages) => {
				api.reply(sse(...previews.map(preview), completed(first)));
				const options = partialImages === undefined ? {} : { partialImages };
				const run = await stream(engine, operation, { options });
				expect(await filesOf(run)).toEqual([{ data: first }]);
			},
		);

		it('of two images becomes two items, each with its own usage and cost', async () => {
			const [one, two] = [usage(196), usage(439)];
			api.reply(sse(completed(first, { usage: one }), completed(second, { usage: two })));
			const run = await stream(engine, operation, { n: 2 });
			expect(await filesOf(run)).toEqual([{ data: first }, { data: second }]);
			expect(run.outputs[0]).toMatchObject([
				// 50 + 5880 and 50 + 13170 millionths of a dollar.
				{
					json: {
						imageNumber: 1,
						fileName: 'a-cat-1-1.png',
						metadata: { usage: one },
						costUsd: 0.00593,
					},
				},
				{
					json: {
						imageNumber: 2,
						fileName: 'a-cat-1-2.webp',
						metadata: { usage: two },
						costUsd: 0.01322,
					},
				},
			]);
		});

		it('of two images with previews can become one item with the sum of both', async () => {
			api.reply(
				sse(
					preview(previews[0], 0),
					completed(first, { usage: usage(196) }),
					preview(previews[1], 0),
					completed(second, { usage: usage(439) }),
				),
			);
			const run = await stream(engine, operation, {
				n: 2,
				options: { output: 'singleItem', partialImages: 1, outputBinaryField: 'cat' },
			});
			expect(await filesOf(run)).toEqual([
				{ cat: first, cat_2: second, cat_partial_1: previews[0], cat_partial_2: previews[1] },
			]);
			expect(run.outputs[0]![0]!.json).toMatchObject({
				images: [{ imageNumber: 1 }, { imageNumber: 2 }],
				metadata: {
					usage: {
						input_tokens: 20,
						input_tokens_details: { text_tokens: 20, image_tokens: 0 },
						output_tokens: 635,
						total_tokens: 655,
					},
				},
				costUsd: 0.01915,
			});
		});

		it('that was requested can get a JSON response', async () => {
			api.reply(json({ ...imageResponse(first, second), usage: usage(635) }));
			const options = { partialImages: 2 };
			const run = await stream(engine, operation, { n: 2, options });
			expect(await filesOf(run)).toEqual([{ data: first }, { data: second }]);
			// Half of 50 + 19050 millionths.
			expect(run.outputs[0]!.map(({ json: { costUsd } }) => costUsd)).toEqual([0.00955, 0.00955]);
		});

		it('can be the response without being requested', async () => {
			api.reply(sse(preview(previews[0], 0), completed(first)));
			const run = await stream(engine, operation, { options: { stream: false } });
			expect(await filesOf(run)).toEqual([{ data: first }]);
		});

		it('leaves no base64 and no error in the json', async () => {
			api.reply(sse(...previews.map(preview), completed(first), completed(second)));
			const options = { partialImages: 3 };
			const run = await stream(engine, operation, { n: 2, options });
			for (const { json: about } of run.outputs[0]!) {
				expect(about).not.toHaveProperty('error');
				expect(JSON.stringify(about)).not.toMatch(/[A-Za-z0-9+/]{40}/);
			}
		});
	});
});
