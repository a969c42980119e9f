import type { INodeParameters } from 'n8n-workflow';
import { MODELS, PERMISSIVE_ROW } from '../../../nodes/AiImages/models';
import { readItem } from '../../../nodes/AiImages/request/read';
import { executionOf, problemsAfter } from '../requests';

type Run = Parameters<typeof executionOf>[1];

const read = async (set: INodeParameters, run?: Run) => await readItem(executionOf(set, run), 0);
const problems = async (set: INodeParameters, run?: Run) => await problemsAfter(read(set, run));

const flare = { operation: 'generate', model: 'gpt-image-2.5-flare', prompt: 'a lighthouse' };
const other = (modelId: string, compatibleWith = 'sameAsId') => ({
	...flare,
	model: 'other',
	modelId: { __rl: true, mode: 'id', value: modelId },
	compatibleWith,
});

describe('the values of a request', () => {
	it('are those on screen, defaults included', async () => {
		const { values, dropped } = await read(flare);
		expect(values).toEqual({
			prompt: 'a lighthouse',
			n: 1,
			size: 'auto',
			quality: 'auto',
			background: 'auto',
			outputFormat: 'png',
		});
		expect(dropped).toEqual([]);
	});

	it('come from the main fields and from the options, each from its own place', async () => {
		const set = {
			...flare,
			model: 'gpt-image-1.5',
			operation: 'edit',
			n: 2,
			size: '1536x1024',
			quality: 'low',
			background: 'opaque',
			outputFormat: 'webp',
			outputCompression: 0,
			options: { moderation: 'low', inputFidelity: 'high', safetyIdentifier: 'u-1' },
			inputImages: { image: [] },
		};
		expect((await read(set)).values).toEqual({
			prompt: 'a lighthouse',
			n: 2,
			size: '1536x1024',
			quality: 'low',
			background: 'opaque',
			outputFormat: 'webp',
			outputCompression: 0,
			moderation: 'low',
			inputFidelity: 'high',
			safetyIdentifier: 'u-1',
		});
	});

	it('are not looked for in the options if they are main fields, nor the other way round', async () => {
		const options = { n: 9, size: '1x1', outputFormat: 'webp' };
		const { values } = await read(flare, { resolved: { options, moderation: 'low' } });
		expect(values).toMatchObject({ n: 1, size: 'auto', outputFormat: 'png' });
		expect(values).not.toHaveProperty('moderation');
	});

	it('hold the custom size', async () => {
		const set = { ...flare, sizeMode: 'custom', size: '1008x1008' };
		expect((await read(set)).values.size).toBe('1008x1008');
	});

	it('hold what expressions gave, as it is', async () => {
		const resolved = { n: '3', size: 1024, quality: 'HIGH', prompt: ['x'] };
		expect((await read(flare, { resolved })).values).toMatchObject(resolved);
	});

	it.each([null, undefined, ''])('leave out what an expression left empty: %j', async (empty) => {
		const resolved = { quality: empty, background: empty };
		const { values } = await read(flare, { resolved });
		expect(Object.keys(values).sort()).toEqual(['n', 'outputFormat', 'prompt', 'size']);
	});

	it('keep zero', async () => {
		const set = { ...flare, outputFormat: 'jpeg', outputCompression: 0 };
		expect((await read(set)).values.outputCompression).toBe(0);
	});
});

describe('a model of the list', () => {
	it.each(Object.keys(MODELS))('is sent under its id: %s', async (id) => {
		const request = await read({ ...flare, model: id });
		expect(request.model).toBe(id);
		expect(request.row).toBe(MODELS[id as keyof typeof MODELS]);
	});

	it.each(['gpt-image-9', '', 'constructor', 'openai/gpt-image-2.5-flare'])(
		'has to be in it: %j',
		async (model) => {
			expect(await problems(flare, { resolved: { model } })).toEqual([
				expect.stringMatching(/^Model: ".*" is not in the list.*Other Model.*gpt-image-2\.5-flare/),
			]);
		},
	);
});

describe('another model', () => {
	it.each([
		['openai/dall-e-3', MODELS['dall-e-3']],
		['GPT-Image-1.5-2025-12-16', MODELS['gpt-image-1.5']],
		['flux-1.1-pro', PERMISSIVE_ROW],
	])('is recognized by its id and sent under it: %s', async (id, row) => {
		const request = await read(other(id));
		expect(request.model).toBe(id);
		expect(request.row).toBe(row);
	});

	it('is checked as the model that it is compatible with', async () => {
		const request = await read(other('my-deployment', 'dall-e-3'));
		expect(request.model).toBe('my-deployment');
		expect(request.row).toBe(MODELS['dall-e-3']);
		expect(Object.keys(request.values).sort()).toEqual(['prompt', 'quality', 'size', 'style']);
	});

	it('is not checked when it is declared unknown, whatever its id', async () => {
		expect((await read(other('dall-e-3', 'unknown'))).row).toBe(PERMISSIVE_ROW);
	});

	it('sends nothing that was not filled in', async () => {
		expect((await read(other('flux'))).values).toEqual({ prompt: 'a lighthouse', n: 1 });
	});

	it.each([
		['a text', 'flux-2', 'flux-2'],
		[
			'a list entry',
			{ __rl: true, mode: 'list', value: 'flux-2', cachedResultName: 'F' },
			'flux-2',
		],
		['white space around it', ' flux-2\n', 'flux-2'],
	])('may come from an expression as %s', async (_, modelId, model) => {
		expect((await read(other('x'), { resolved: { modelId } })).model).toBe(model);
	});

	it.each(['', '  ', null, 42, { value: '' }, { value: null }, []])(
		'needs an id: %j',
		async (modelId) => {
			expect(await problems(other('x'), { resolved: { modelId } })).toEqual([
				'Model ID: it is empty. Enter the ID of a model',
			]);
		},
	);

	it('is told what it did not take', async () => {
		const set = { ...other('dall-e-3'), background: 'opaque', style: 'vivid', n: 4 };
		const { values, dropped } = await read(set);
		expect(values).toEqual({ prompt: 'a lighthouse', style: 'vivid' });
		expect([...dropped].sort()).toEqual(['background', 'n']);
	});

	it('is told nothing when nothing was filled in but the prompt', async () => {
		expect((await read(other('dall-e-3'))).dropped).toEqual([]);
	});
});

describe('the settings of the node', () => {
	it('have defaults', async () => {
		expect(await read(flare)).toMatchObject({ outputBinaryField: 'data', timeout: 600_000 });
	});

	it('come from the options', async () => {
		const options = { outputBinaryField: 'picture', timeout: 1.5 };
		expect(await read({ ...flare, options })).toMatchObject({
			outputBinaryField: 'picture',
			timeout: 1500,
		});
	});

	it.each([0, -1, 86_401, 'soon', NaN, {}])('allow no timeout of %j', async (timeout) => {
		expect(await problems({ ...flare, options: { timeout } as INodeParameters })).toEqual([
			expect.stringMatching(/^Timeout: .*seconds$/),
		]);
	});

	it.each([0.001, 1, '30', 86_400])('allow a timeout of %j seconds', async (timeout) => {
		const request = await read({ ...flare, options: { timeout } });
		expect(request.timeout).toBe(Number(timeout) * 1000);
	});
});
