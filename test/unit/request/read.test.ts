import type { INodeParameters } from 'n8n-workflow';
import { readItem } from '../../../nodes/AiImages/request/read';
import { executionOf, problemsOfReading as problems, type Run } from '../requests';
import { flare, other } from './modelChoice';
import { OPENAI } from '../../../nodes/AiImages/services/openai';

const read = async (set: INodeParameters, run?: Run) =>
	await readItem(executionOf(set, run), 0, OPENAI);

describe('the values of a request', () => {
	it('are those on screen, defaults included', async () => {
		const { values, ignored } = await read(flare);
		expect(values).toEqual({
			prompt: 'a lighthouse',
			n: 1,
			size: 'auto',
			quality: 'auto',
			background: 'auto',
			outputFormat: 'png',
		});
		expect(ignored).toEqual([]);
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

	it.each([
		[{ width: 1008, height: 1024 }, '1008x1024'],
		[{ width: '1920', height: ' 1088 ' }, '1920x1088'],
		[{}, '1024x1024'],
	])('hold the custom size: %j', async (resolved, size) => {
		const run = { resolved };
		expect((await read({ ...flare, sizeType: 'custom' }, run)).values.size).toBe(size);
	});

	it.each([
		[{ width: 0 }, [/^'Width' 0 must be a whole number of pixels$/]],
		[{ height: 10.5 }, [/^'Height' 10.5 must/]],
		[{ width: '', height: 'tall' }, [/^'Width' "" must/, /^'Height' "tall" must/]],
		[{ width: true }, [/^'Width' true must/]],
	])('reject what isn’t a width or a height: %j', async (resolved, expected) => {
		expect(await problems({ ...flare, sizeType: 'custom' }, { resolved })).toEqual(
			expected.map((problem) => expect.stringMatching(problem)),
		);
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

describe('what the editor filled in', () => {
	it('is distinguished from what the user set', async () => {
		const set = { ...flare, n: 2, outputFormat: 'jpeg', options: { stream: true } };
		expect((await read(set)).atDefault.toSorted()).toEqual([
			'background',
			'outputCompression',
			'quality',
			'size',
		]);
	});

	it('is recognized although an expression gave it as a text', async () => {
		expect((await read(flare, { resolved: { n: '1' } })).atDefault).toContain('n');
	});

	it('is nothing where the model is not known before the run', async () => {
		const set = { ...other('gpt-image-2.6-flare'), outputFormat: 'gif', n: '1', size: 'auto' };
		const { atDefault, values } = await read(set);
		expect(atDefault).toEqual([]);
		expect(values).toEqual({ prompt: 'a lighthouse', n: '1', outputFormat: 'gif', size: 'auto' });
	});
});

describe('a size by aspect ratio', () => {
	const byRatio = { ...flare, sizeType: 'aspectRatio', aspectRatio: '16:9', resolution: '2K' };

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
		['preset', 'auto'],
		['custom', '1024x1024'],
	])('is not chosen for the type %s', async (sizeType, size) => {
		const { values, chosenSize } = await read({ ...byRatio, sizeType });
		expect([values.size, chosenSize]).toEqual([size, undefined]);
	});

	it.each([
		['7:5', '1K', 'any ratio'],
		[' 1.91 : 1 ', '4K', 'with decimals'],
		['3/2', '2K', 'with a slash'],
		['1920x1080', '1K', 'given by a size'],
	])('can come from an expression: %s at %s, %s', async (aspectRatio, resolution) => {
		const run = { resolved: { aspectRatio, resolution } };
		expect((await read(byRatio, run)).chosenSize).toMatch(/^\d+x\d+$/);
		expect(await problems(byRatio, run)).toEqual([]);
	});

	it.each([
		['gif', 2, '960x960'],
		['gif', 9, '960x960'],
		['gif', 10, '816x816'],
		['gif', 16, '720x720'],
		['png', 16, '1024x1024'],
	])(
		'of a frame fits onto the sheet of all: %s with %i frames',
		async (...[format, count, size]) => {
			const model = 'gpt-image-2.6-flare';
			const set = { ...byRatio, model, aspectRatio: '1:1', resolution: '1K', outputFormat: format };
			expect((await read({ ...set, frameCount: count })).chosenSize).toBe(size);
		},
	);

	it('has a type that the model supports', async () => {
		const run = { resolved: { sizeType: 'custom' } };
		expect(await problems({ ...flare, model: 'dall-e-3' }, run)).toEqual([
			expect.stringMatching(
				/^'Size Type' "custom" isn't supported by this model. Use one of: preset, aspectRatio$/,
			),
		]);
	});

	it.each([
		[{ aspectRatio: 'wide' }, [/^'Aspect Ratio' "wide" must be WIDTH:HEIGHT, e.g. 16:9$/]],
		[{ aspectRatio: '16:0' }, [/^'Aspect Ratio' "16:0"/]],
		[{ aspectRatio: '0:9' }, [/^'Aspect Ratio' "0:9"/]],
		[{ aspectRatio: '-1:1' }, [/^'Aspect Ratio' "-1:1"/]],
		[{ aspectRatio: '' }, [/^'Aspect Ratio' ""/]],
		[{ aspectRatio: 1.5 }, [/^'Aspect Ratio' 1.5/]],
		[{ resolution: '8K' }, [/^'Resolution' "8K" isn't supported. Use one of: 1K, 2K, 4K$/]],
		[{ resolution: 'constructor' }, [/^'Resolution' "constructor"/]],
		[{ aspectRatio: 'x', resolution: '2k' }, [/^'Aspect Ratio' "x"/, /^'Resolution' "2k"/]],
	])('is refused: %j', async (resolved, expected) => {
		expect(await problems(byRatio, { resolved })).toEqual(
			expected.map((problem) => expect.stringMatching(problem)),
		);
	});
});
