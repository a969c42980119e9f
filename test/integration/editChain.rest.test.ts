import type { INode, INodeParameters } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import sharp from 'sharp';

import type { RecordedPart } from '../../demo/image-service/recorder.ts';
import { useEngine, type WorkflowJson } from '../helpers/engine';
import { leadsTo, workflowNode } from '../helpers/workflowNode';
import { maskWithHole, photo, rgba, useService } from '../image-service/helpers';

const engine = useEngine();
const service = useService();

const credentials = () => ({ authentication: 'none', baseUrl: service.url });

describe('generate, then edit', () => {
	const node = (name: string, type: string, parameters: INodeParameters = {}): INode =>
		workflowNode(name, type, {
			parameters,
			credentials: { aiImagesApi: { id: '1', name: 'AI Images account' } },
		});
	const workflow: WorkflowJson = {
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			node('Generate', 'n8n-nodes-ai-images.aiImages', {
				operation: 'generate',
				model: 'gpt-image-2.5-flare',
				prompt: '={{ $json.prompt }}',
				n: 2,
				size: '1024x1024',
				quality: 'low',
				options: { simplify: false },
			}),
			node('Edit', 'n8n-nodes-ai-images.aiImages', {
				operation: 'edit',
				model: 'gpt-image-1.5',
				prompt: '={{ $("Start").item.json.edit }}, picture {{ $json.imageNumber }}',
				size: '1536x1024',
				outputFormat: 'webp',
				outputCompression: 60,
				options: { inputFidelity: 'high', parallelRequests: 2, simplify: false },
			}),
		],
		connections: { Start: leadsTo('Generate'), Generate: leadsTo('Edit') },
		settings: { executionOrder: 'v1' },
	};
	const items = [
		{ json: { prompt: 'A lighthouse in a storm', edit: 'Make it night' } },
		{ json: { prompt: 'A robot in a garden', edit: 'Add an umbrella' } },
	];

	it('passes each image on to its edit', async () => {
		const run = await engine.runWorkflowJson(workflow, {
			items,
			credentials: { aiImagesApi: credentials() },
		});
		expect(run.error).toBeUndefined();
		const [generated, edited] = ['Generate', 'Edit'].map((name) => run.outputsOf(name)[0]!);
		expect(generated!.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1].map((item) => ({ item })),
		);
		expect(edited!.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(edited!.map(({ json: { fileName } }) => fileName)).toEqual([
			'make-it-night-picture-1-1.webp',
			'make-it-night-picture-2-2.webp',
			'add-an-umbrella-picture-1-3.webp',
			'add-an-umbrella-picture-2-4.webp',
		]);

		const files = await Promise.all(generated!.map(async (item) => await run.binary(item)));
		const sums = files.map((file) => createHash('sha256').update(file).digest('hex'));
		expect(new Set(sums).size).toBe(4);
		const edits = (await service.requests()).filter(({ path }) => path === '/v1/images/edits');
		const sent = edits.map(({ fields }) => {
			const parts = (wanted: string) =>
				(fields as RecordedPart[]).filter(({ name }) => name === wanted);
			return [parts('prompt')[0]!.value, parts('image').map(({ sha256 }) => sha256)];
		});
		expect(Object.fromEntries(sent)).toEqual({
			'Make it night, picture 1': [sums[0]],
			'Make it night, picture 2': [sums[1]],
			'Add an umbrella, picture 1': [sums[2]],
			'Add an umbrella, picture 2': [sums[3]],
		});

		for (const item of generated!) {
			const { format, width, height } = await sharp(await run.binary(item)).metadata();
			expect({ format, width, height }).toEqual({ format: 'png', width: 1024, height: 1024 });
		}
		for (const item of edited!) {
			const { format, width, height } = await sharp(await run.binary(item)).metadata();
			expect({ format, width, height }).toEqual({ format: 'webp', width: 1536, height: 1024 });
			expect(item.json).toMatchObject({
				operation: 'edit',
				model: 'gpt-image-1.5',
				mimeType: 'image/webp',
				width: 1536,
				height: 1024,
				metadata: {
					size: '1536x1024',
					outputFormat: 'webp',
					usage: { total_tokens: expect.any(Number) },
				},
				requestId: expect.stringMatching(/^req_/),
			});
		}
	});
});

describe('an edit with a mask', () => {
	it.each(['gpt-image-2.5-flare', 'gpt-image-1.5', 'dall-e-2'])(
		'by %s changes what the mask leaves open and nothing else',
		async (model) => {
			const hole = { left: 300, top: 200, width: 400, height: 500 };
			const before = await photo(1024, 1024);
			const mask = await maskWithHole(1024, 1024, hole);
			const run = await engine.runWorkflow({
				parameters: {
					operation: 'edit',
					model,
					prompt: 'A red balloon',
					size: '1024x1024',
					options: { mask: { image: { binaryField: 'mask' } } },
				},
				items: [
					{
						binary: {
							data: { data: before, mimeType: 'image/png', fileName: 'before.png' },
							mask: { data: mask, mimeType: 'image/png', fileName: 'mask.png' },
						},
					},
				],
				credentials: credentials(),
			});
			expect(run.error).toBeUndefined();
			const [old, young] = await Promise.all(
				[before, await run.binary(run.outputs[0]![0])].map(rgba),
			);
			const changed = { inside: 0, outside: 0 };
			for (let pixel = 0; pixel < 1024 * 1024; pixel++) {
				const at = pixel * 4;
				if (old!.data.compare(young!.data, at, at + 4, at, at + 4) === 0) continue;
				const [x, y] = [pixel % 1024, Math.floor(pixel / 1024)];
				const open =
					x >= hole.left &&
					x < hole.left + hole.width &&
					y >= hole.top &&
					y < hole.top + hole.height;
				changed[open ? 'inside' : 'outside']++;
			}
			expect(changed.outside).toBe(0);
			expect(changed.inside).toBeGreaterThan(0.99 * hole.width * hole.height);
		},
	);
});
