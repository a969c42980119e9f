import type { INodeParameters } from 'n8n-workflow';
import { MODELS, PERMISSIVE_ROW } from '../../../nodes/AiImages/models';
import { readItem } from '../../../nodes/AiImages/request/read';
import { executionOf, problemsOfReading as problems, type Run } from '../requests';

const read = async (set: INodeParameters, run?: Run) => await readItem(executionOf(set, run), 0);

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
		expect(Object.keys(request.values).sort()).toEqual(['prompt', 'quality', 'size']);
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
		const options = { style: 'vivid', moderation: 'low', stream: true, watermark: false };
		const set = { ...other('dall-e-3'), background: 'opaque', n: 4, options };
		const { values, dropped } = await read(set);
		expect(values).toEqual({
			prompt: 'a lighthouse',
			background: 'opaque',
			style: 'vivid',
			watermark: false,
		});
		expect([...dropped].sort()).toEqual(['moderation', 'n', 'stream']);
	});

	it.each([
		[{ stream: true, watermark: false }, ['watermark'], 'gpt-image-2'],
		[{ stream: true, user: 'u' }, ['user'], 'gpt-image-2.6-flare'],
		[{ partialImages: 1, stream: true }, ['stream', 'partialImages'], 'dall-e-2'],
	])('is told of options although they are the defaults: %j', async (options, names, id) => {
		const set = { ...other(id), options };
		expect((await read(set)).dropped.toSorted()).toEqual(names.toSorted());
	});

	it('is told nothing when nothing was filled in but the prompt', async () => {
		expect((await read(other('dall-e-3'))).dropped).toEqual([]);
	});
});

describe('what the editor filled in', () => {
	it('is told apart from what the user set', async () => {
		const set = { ...flare, n: 2, outputFormat: 'jpeg', options: { stream: true } };
		expect((await read(set)).untouched.toSorted()).toEqual([
			'background',
			'outputCompression',
			'quality',
			'size',
		]);
	});

	it('is judged by the fields on screen, not by the model of the ID', async () => {
		const set = { ...other('gpt-image-2.6-flare'), outputFormat: 'gif', size: 'auto' };
		expect((await read(set)).untouched.toSorted()).toEqual(['frameCount', 'frameDurationMs', 'n']);
	});
});

describe('a size by aspect ratio', () => {
	const byRatio = { ...flare, sizeMode: 'aspectRatio', aspectRatio: '16:9', resolution: '2K' };

	it('is chosen among those that the model takes, and reported', async () => {
		const { values, chosenSize } = await read(byRatio);
		expect(values.size).toBe('2816x1584');
		expect(chosenSize).toBe('2816x1584');
	});

	it('has no resolution where sizes are listed', async () => {
		const { values, chosenSize } = await read({ ...byRatio, model: 'dall-e-3' });
		expect([values.size, chosenSize]).toEqual(['1792x1024', '1792x1024']);
	});

	it.each([
		['list', 'auto'],
		['custom', '1024x1024'],
	])('is not chosen in the mode %s', async (sizeMode, size) => {
		const { values, chosenSize } = await read({ ...byRatio, sizeMode });
		expect([values.size, chosenSize]).toEqual([size, undefined]);
	});

	it.each([
		['7:5', '1K', 'Size mode takes any ratio'],
		[' 1.91 : 1 ', '4K', 'with decimals'],
		['3/2', '2K', 'with a slash'],
		['1920x1080', '1K', 'given by a size'],
	])('may come from an expression: %s at %s, %s', async (aspectRatio, resolution) => {
		const run = { resolved: { aspectRatio, resolution } };
		expect((await read(byRatio, run)).chosenSize).toMatch(/^\d+x\d+$/);
		expect(await problems(byRatio, run)).toEqual([]);
	});

	it.each([
		[{ aspectRatio: 'wide' }, [/^Aspect Ratio: "wide" is no ratio.*16:9$/]],
		[{ aspectRatio: '16:0' }, [/^Aspect Ratio: "16:0"/]],
		[{ aspectRatio: '0:9' }, [/^Aspect Ratio: "0:9"/]],
		[{ aspectRatio: '-1:1' }, [/^Aspect Ratio: "-1:1"/]],
		[{ aspectRatio: '' }, [/^Aspect Ratio: ""/]],
		[{ aspectRatio: 1.5 }, [/^Aspect Ratio: 1.5/]],
		[{ resolution: '8K' }, [/^Resolution: "8K" is not possible. Allowed: 1K, 2K, 4K$/]],
		[{ resolution: 'constructor' }, [/^Resolution: "constructor"/]],
		[{ aspectRatio: 'x', resolution: '2k' }, [/^Aspect Ratio: "x"/, /^Resolution: "2k"/]],
	])('is refused: %j', async (resolved, expected) => {
		expect(await problems(byRatio, { resolved })).toEqual(
			expected.map((problem) => expect.stringMatching(problem)),
		);
	});
});
