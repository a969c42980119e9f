import type { INodeParameters, INodeType } from 'n8n-workflow';

import { buildFields } from '../../nodes/AiImages/fields';
import { MODELS } from '../../nodes/AiImages/models';
import { OPERATIONS } from '../../nodes/AiImages/fields/operations';
import { executeItems } from '../../nodes/AiImages/execute';
import { FRESCO } from '../fixtures/fresco';
import { useEngine } from '../helpers/engine';
import { describeNode } from '../helpers/engine/describeNode';
import { imageResponse, json, useImagesApi } from '../helpers/imagesApi';
import { filesOf, partsOf, textsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';
import { namesOf, shownFields, shownOptions } from '../unit/screen';

const TABLE = { ...MODELS, 'fresco-9': FRESCO };
const properties = buildFields(TABLE, Object.values(OPERATIONS), '2027-01-01');

/** A node with the fields of the table, which does its work by the table. */
const tableNode: INodeType = {
	description: describeNode('Example', 'example', {
		credentials: [{ name: 'aiImagesApi', required: true }],
		properties,
	}),
	async execute() {
		return [await executeItems(this, TABLE)];
	},
};

const engine = useEngine({ nodeTypes: { 'test.example': tableNode } });
const api = useImagesApi();

let wall: Buffer;
let marks: Buffer;

beforeAll(async () => {
	wall = await picture({ width: 100, height: 100, format: 'webp' });
	marks = await picture({ width: 100, height: 100, alpha: true, colour: '#ff000080' });
	expect(wall.length).toBeLessThan(5000);
});

const run = async (parameters: INodeParameters, type = 'test.example') =>
	await engine.runWorkflow({
		type,
		parameters: { operation: 'generate', model: 'fresco-9', prompt: 'A dome', ...parameters },
		items: [
			{
				binary: {
					data: { data: wall, mimeType: 'image/webp', fileName: 'wall.webp' },
					marks: { data: marks, mimeType: 'image/png', fileName: 'marks.png' },
				},
			},
		],
		credentials: api.credentials,
	});

async function sent(parameters: INodeParameters): Promise<unknown> {
	expect((await run(parameters)).error).toBeUndefined();
	expect(api.requests).toHaveLength(1);
	return JSON.parse(api.requests[0]!.body.toString('utf8'));
}

const chosen = { model: 'fresco-9' };
const deployed = (options: INodeParameters = {}) => ({
	model: 'fresco-9',
	options: { modelId: { __rl: true, mode: 'id', value: 'walls/mine' }, ...options },
});
const recognized = {
	family: 'other',
	modelId: { __rl: true, mode: 'id', value: 'vatican/Fresco-9-2030-01-31:free' },
};

describe('the row of a model that does not exist', () => {
	const screen = (set: INodeParameters) => {
		const names = namesOf(shownFields(set, properties));
		return names.filter(
			(name) => !/^(resource|operation|family|model|modelId|.*Notice)$/.test(name),
		);
	};
	const options = (set: INodeParameters) =>
		namesOf(shownOptions(set, properties)).filter((name) => Object.hasOwn(FRESCO.parameters, name));

	it.each([chosen, deployed()])('determines the fields: %j', (set) => {
		const generate = { ...set, operation: 'generate' };
		const common = 'prompt n sizeType size quality outputFormat options'.split(' ');
		expect(screen(generate)).toEqual(common);
		expect(screen({ ...generate, outputFormat: 'gif' })).toEqual(
			'prompt n sizeType size quality outputFormat frameCount options'.split(' '),
		);
		expect(options(generate).sort()).toEqual(['complexity', 'watermark']);
		expect(options({ ...generate, outputFormat: 'gif' })).toEqual(['complexity']);
		const edit = { ...set, operation: 'edit' };
		expect(screen(edit)).toEqual(
			'prompt inputImages n sizeType size quality outputFormat options'.split(' '),
		);
		expect(options(edit).sort()).toEqual(['complexity', 'inputFidelity', 'watermark']);
	});

	it('determines the position in the dropdown', () => {
		const names = properties
			.filter(({ name }) => name === 'model')
			.map(({ options: entries = [] }) => entries.map(({ name }) => name));
		expect(names[0]).toContain('Fresco 9 (Retires 2031-05-06)');
	});

	it('determines the default request', async () => {
		expect(await sent(chosen)).toStrictEqual({
			model: 'fresco-9',
			prompt: 'A dome',
			n: 1,
			size: '100x100',
			quality: 'lime',
			output_format: 'webp',
		});
	});

	it('determines the whole request, without unsupported parameters', async () => {
		const all = {
			n: 2,
			sizeType: 'custom',
			width: 200,
			height: 90,
			quality: 'sketch',
			background: 'transparent',
			outputFormat: 'gif',
			outputCompression: 5,
			frameCount: 6,
			frameDurationMs: 100,
			options: { complexity: 'ornate', watermark: true, style: 'vivid', user: 'u', stream: true },
		};
		expect(await sent({ ...all, ...deployed(all.options) })).toStrictEqual({
			model: 'walls/mine',
			prompt: 'A dome',
			n: 2,
			size: '200x90',
			quality: 'sketch',
			output_format: 'gif',
			frame_count: 6,
			complexity: 'ornate',
		});
	});

	it('determines the request of an edit', async () => {
		const result = await run({
			operation: 'edit',
			options: {
				inputFidelity: 'close',
				watermark: false,
				markup: { image: { source: 'binary', binaryField: 'marks' } },
				mask: { image: { source: 'binary', binaryField: 'marks' } },
			},
		});
		expect(result.error).toBeUndefined();
		const parts = partsOf(api.requests[0]!);
		expect(Object.fromEntries(textsOf(parts))).toEqual({
			model: 'fresco-9',
			prompt: 'A dome',
			n: '1',
			size: '100x100',
			quality: 'lime',
			output_format: 'webp',
			input_fidelity: 'close',
			watermark: 'false',
		});
		expect(filesOf(parts)).toEqual([
			['image', 'wall.webp', 'image/webp'],
			['markup', 'marks.png', 'image/png'],
		]);
	});

	it('is found by an ID as routers write it', async () => {
		const stale = { quality: 'marble', style: 'x', options: { complexity: 'plain', user: 'u' } };
		expect(await sent({ ...recognized, ...stale })).toStrictEqual({
			model: 'vatican/Fresco-9-2030-01-31:free',
			prompt: 'A dome',
			quality: 'marble',
			complexity: 'plain',
		});
	});

	it('determines size, cost and warnings of the item', async () => {
		const usage = { input_tokens: 100, output_tokens: 1000 };
		api.reply(json({ ...imageResponse(wall), usage }));
		const set = { sizeType: 'aspectRatio', aspectRatio: '4:3', resolution: '4K' };
		const { outputs } = await run(set);
		// At most 40,000 pixels in steps of ten: 200 × 150; 100 at $1 and 1000 at $4 per million.
		expect(outputs[0]).toMatchObject([
			{
				json: {
					model: 'fresco-9',
					chosenSize: '200x150',
					costUsd: 0.0041,
					warnings: ['Requested size 200x150, received 100x100'],
				},
			},
		]);
	});

	it.each<[INodeParameters, RegExp[]]>([
		[{ prompt: 'x'.repeat(41) }, [/^'Prompt' .*up to 40 characters$/]],
		[{ n: 3 }, [/^'Number of Images' 3 .*from 1 to 2$/]],
		[
			{ sizeType: 'custom', width: 101, height: 90 },
			[/^'Width' and 'Height' "101x90" .*multiples of 10/],
		],
		[
			{ sizeType: 'custom', width: 400, height: 90 },
			[/^'Width' and 'Height' "400x90" .*at most 4 times/],
		],
		[
			{ quality: 'low', n: 0 },
			[
				/^'Number of Images' 0/,
				/^'Quality' "low" .*sketch, lime, marble\. It might be left over from another model$/,
			],
		],
		[
			{ outputFormat: 'png' },
			[/^'Output Format' "png" .*webp, gif\. It might be left over from another model$/],
		],
		[{ outputFormat: 'gif', frameCount: 3 }, [/^'Frame Count' 3 .*from 4 to 6$/]],
		[{ outputFormat: 'gif', quality: 'marble' }, [/^'Quality' "marble" .*marble does not move$/]],
		[
			{ options: { extraFields: '{"quality":"x"}' } },
			[/^'Additional Body Fields' can't contain "quality"/],
		],
	])('is a check before anything is sent: %j', async (set, problems) => {
		for (const choice of [chosen, deployed()]) {
			const { error } = await run({ ...choice, ...set });
			const [message, ...others] = [error?.message, ...(error?.description ?? '').split('\n')];
			expect(others.every((line) => line.endsWith('.'))).toBe(true);
			const told = others.slice(0, -1).map((line) => line.slice(0, -1));
			expect([message, ...told]).toEqual(problems.map((problem) => expect.stringMatching(problem)));
		}
		expect(api.requests).toEqual([]);
	});

	it('is all that the node knows of the model', async () => {
		const { error } = await run({}, 'n8n-nodes-ai-images.aiImages');
		expect(error?.message).toMatch(/^'Model' "fresco-9" isn't a GPT Image model/);
		expect(api.requests).toEqual([]);
	});
});
