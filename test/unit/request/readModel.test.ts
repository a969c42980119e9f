import type { INodeParameters } from 'n8n-workflow';
import { MODELS, UNVALIDATED_MODEL } from '../../../nodes/AiImages/models';
import { OPENAI_MODELS } from '../../../nodes/AiImages/models/makers/openai';
import { narrow } from '../../../nodes/AiImages/services/narrow';
import { readItem } from '../../../nodes/AiImages/request/read';
import { executionOf, problemsOfReading as problems, type Run } from '../requests';
import { flare, other } from './modelChoice';
import { OPENAI } from '../../../nodes/AiImages/services/openai';

/** What OpenAI can take of what nobody knows. */
const AT_OPENAI = narrow(UNVALIDATED_MODEL, OPENAI);

const read = async (set: INodeParameters, run?: Run) =>
	await readItem(executionOf(set, run), 0, OPENAI);

describe('a model of the list', () => {
	it.each(Object.keys(OPENAI_MODELS))('is sent under its id: %s', async (id) => {
		const request = await read({ ...flare, model: id });
		expect(request.model).toBe(id);
		expect(request.row).toBe(MODELS[id as keyof typeof MODELS]);
	});

	it.each(['gpt-image-9', '', 'constructor', 'openai/gpt-image-2.5-flare'])(
		'has to be in it: %j',
		async (model) => {
			expect(await problems(flare, { resolved: { model } })).toEqual([
				expect.stringMatching(
					/^'Model' ".*" isn't a GPT Image model. Set 'Model Family' to Other.*gpt-image-2\.5-flare/,
				),
			]);
		},
	);
});

describe('a family', () => {
	it.each([
		[
			'gpt-image',
			'dall-e-3',
			/^'Model' "dall-e-3" isn't a GPT Image model. Set 'Model Family' to DALL·E, or use one of: gpt-image-2\.6-flare, /,
		],
		[
			'dall-e',
			'gpt-image-2',
			/^'Model' "gpt-image-2" isn't a DALL·E model. Set 'Model Family' to GPT Image, or use one of: dall-e-3, dall-e-2$/,
		],
	])('has only its own models: %s, %s', async (family, model, problem) => {
		expect(await problems({ ...flare, family, model })).toEqual([expect.stringMatching(problem)]);
	});

	it.each(['gone', 'constructor', '', 5])('has to exist: %j', async (family) => {
		expect(await problems(flare, { resolved: { family } })).toEqual([
			expect.stringMatching(
				/^'Model Family' .* doesn't exist. Use one of: gpt-image, gemini, flux, seedream, qwen-image, wan, z-image, grok-imagine, ideogram, stable-image, dall-e, other$/,
			),
		]);
	});

	it('has a model of its own by default', async () => {
		const { model: _, ...set } = flare;
		expect((await read({ ...set, family: 'dall-e' })).model).toBe('dall-e-3');
		expect((await read(set)).model).toBe('gpt-image-2.5-flare');
	});
});

describe('another ID for a listed model', () => {
	const withId = (modelId: unknown) => ({
		...flare,
		model: 'gpt-image-2',
		options: { modelId } as INodeParameters,
	});

	it('is sent instead, and the row stays', async () => {
		const { model, row, chosenBy } = await read(
			withId({ __rl: true, mode: 'id', value: ' my-deployment ' }),
		);
		expect([model, row, chosenBy]).toEqual(['my-deployment', MODELS['gpt-image-2'], 'Model']);
	});

	it.each([null, '', { value: '' }])('is not needed: %j', async (modelId) => {
		expect((await read(withId(modelId))).model).toBe('gpt-image-2');
	});

	it('can come from an expression', async () => {
		expect((await read(withId('dep-1'))).model).toBe('dep-1');
	});
});

describe('another model', () => {
	it.each([
		['openai/dall-e-3', MODELS['dall-e-3']],
		['GPT-Image-1.5-2025-12-16', MODELS['gpt-image-1.5']],
		['tomorrow-1', AT_OPENAI],
	])('is recognized by its id and sent under it: %s', async (id, row) => {
		const request = await read(other(id));
		expect(request.model).toBe(id);
		expect(request.row).toBe(row);
	});

	it.each([other('dall-e-3'), { ...flare, model: 'gpt-image-2' }])(
		'is not checked without Check Parameters: %j',
		async (set) => {
			const { row } = await read({ ...set, options: { checkParameters: false } });
			expect(Object.keys(row.parameters)).toEqual(Object.keys(AT_OPENAI.parameters));
			expect(row).toMatchObject({ inputImages: null, mask: 'unvalidated', exclusions: [] });
		},
	);

	it('sends nothing that was not filled in', async () => {
		expect((await read(other('flux'))).values).toEqual({ prompt: 'a lighthouse' });
	});

	it.each([
		['a text', 'flux-2', 'flux-2'],
		[
			'a list entry',
			{ __rl: true, mode: 'list', value: 'flux-2', cachedResultName: 'F' },
			'flux-2',
		],
		['white space around it', ' flux-2\n', 'flux-2'],
	])('can come from an expression as %s', async (_, modelId, model) => {
		expect((await read(other('x'), { resolved: { modelId } })).model).toBe(model);
	});

	it.each(['', '  ', null, 42, { value: '' }, { value: null }, []])(
		'needs an id: %j',
		async (modelId) => {
			expect(await problems(other('x'), { resolved: { modelId } })).toEqual([
				expect.stringMatching(
					/^'Model ID' (is empty\. Select or enter a model ID|.* must be a string)$/,
				),
			]);
		},
	);

	it('lists the values that it ignores', async () => {
		const options = { style: 'vivid', moderation: 'low', stream: true, watermark: false };
		const set = { ...other('dall-e-3'), background: 'opaque', n: 4, options };
		const { values, ignored } = await read(set);
		expect(values).toEqual({
			prompt: 'a lighthouse',
			n: 4,
			background: 'opaque',
			style: 'vivid',
			watermark: false,
		});
		expect([...ignored].sort()).toEqual(['moderation', 'stream']);
	});

	it.each([
		[{ stream: true, watermark: false }, ['watermark'], 'gpt-image-2'],
		[{ stream: true, user: 'u' }, ['user'], 'gpt-image-2.6-flare'],
		[{ partialImages: 1, stream: true }, ['stream', 'partialImages'], 'dall-e-2'],
	])('lists ignored options although they are the defaults: %j', async (options, names, id) => {
		const set = { ...other(id), options };
		expect((await read(set)).ignored.toSorted()).toEqual(names.toSorted());
	});

	it('lists no ignored value when only the prompt was filled in', async () => {
		expect((await read(other('dall-e-3'))).ignored).toEqual([]);
	});
});

describe('the field that decided on the row', () => {
	it.each([
		[flare, 'Model'],
		[other('dall-e-3'), 'Model ID'],
		[other('flux'), 'Model ID'],
	])('is known: %j', async (set, field) => {
		expect((await read(set)).chosenBy).toBe(field);
	});
});
