import type { INodeParameters } from 'n8n-workflow';
import { CHOICES, NUMBERS, PROMPT_LIMITS } from '../../fixtures/choices';
import {
	FIRST_EDGES,
	LONGEST_EDGES,
	OTHER_NUMBERS,
	OTHER_PROMPT_LIMITS,
} from '../../fixtures/otherMakers';
import { FREE_SCREENS, MODEL_SCREENS, NODE_OPTIONS, type Screen } from '../../fixtures/fields';
import {
	FAMILIES,
	MODELS,
	type FamilyId,
	type ModelId,
	type Operation,
} from '../../../nodes/AiImages/models';
import { namesOf, shownFields, shownNotices, shownOptions, valuesOf } from '../screen';

const words = (text: string) => text.split(' ').map((word) => (word === '-' ? '' : word));

const OPENAI_IDS = Object.keys(PROMPT_LIMITS);

const titled = (screens: readonly Screen[]) =>
	screens.map(({ set }) => [JSON.stringify(Object.values(set)), set] as const);

/** Dropdowns that choose the model, or that belong to the node itself. */
const OTHER_DROPDOWNS = ['operation', 'family', 'model', 'output'];

/** Some models can only edit, or only generate. */
const WORKING_SCREENS = MODEL_SCREENS.filter(({ set }) =>
	MODELS[set.model as ModelId].operations.some((each) => each === set.operation),
);

describe.each(titled(WORKING_SCREENS))('with %s', (_, set) => {
	const model = String(set.model);
	const visible = [...shownFields(set), ...shownOptions(set)];
	const expected = CHOICES[set.operation]?.[model] ?? {};

	it('offers in each dropdown what the model takes, and the API’s own default', () => {
		const dropdowns = visible.filter(
			({ name, type }) => type === 'options' && !OTHER_DROPDOWNS.includes(name),
		);
		expect(dropdowns.length > 3 || !OPENAI_IDS.includes(model)).toBe(true);
		for (const field of dropdowns) {
			const listed = words(expected[field.name] ?? '');
			expect([field.name, valuesOf(field).sort()]).toEqual([field.name, [...listed].sort()]);
			expect([field.name, field.default]).toEqual([field.name, listed[0]]);
		}
	});

	it('limits each number as the API does', () => {
		const numbers = visible.filter(
			({ name, type }) =>
				type === 'number' && !NODE_OPTIONS[set.operation]?.split(' ').includes(name),
		);
		for (const { name, typeOptions, default: chosen } of numbers) {
			const limits = [name, typeOptions?.minValue, typeOptions?.maxValue, chosen];
			const [lowest, highest, usual] = OTHER_NUMBERS[model]?.[name] ?? NUMBERS[name] ?? [];
			const isEdge = /^(?:width|height)$/.test(name);
			const longest = isEdge
				? (LONGEST_EDGES[`${set.operation} ${model}`] ?? LONGEST_EDGES[model])
				: undefined;
			const first = isEdge ? FIRST_EDGES[model] : undefined;
			expect(limits).toEqual([name, lowest, longest ?? highest, first ?? usual]);
		}
	});
});

it('limits the prompt of each model as the API does', () => {
	const limits = Object.entries(MODELS).flatMap(([id, { parameters }]) =>
		'maxLength' in parameters.prompt ? [[id, parameters.prompt.maxLength]] : [],
	);
	expect(Object.fromEntries(limits)).toEqual({ ...PROMPT_LIMITS, ...OTHER_PROMPT_LIMITS });
});

describe('the fields of a free model', () => {
	const NUMBERS_ON_SCREEN = [
		'imagesPerMinute',
		'largestImage',
		'maxRetryWait',
		'maxCost',
		'parallelRequests',
		'timeout',
	];
	const BOOLEANS = [
		'stream',
		'watermark',
		'promptUpsampling',
		'imagesAsJson',
		'checkParameters',
		'dropUnsupported',
		'previewRequest',
		'retryServerErrors',
		'simplify',
		'includeImageUrl',
		'includeBinaryId',
	];
	const COLLECTIONS = ['inputImages', 'mask', 'markup', 'prices'];

	it.each(titled(FREE_SCREENS))('are texts and switches, with %s', (_, set) => {
		const others = [...shownFields(set), ...shownOptions(set)].filter(
			({ name }) =>
				![...OTHER_DROPDOWNS, 'modelId', 'options', 'extraFields', 'resumeJob'].includes(name),
		);
		for (const { name, type } of others) {
			const expected = NUMBERS_ON_SCREEN.includes(name)
				? 'number'
				: BOOLEANS.includes(name)
					? 'boolean'
					: COLLECTIONS.includes(name)
						? 'fixedCollection'
						: 'string';
			expect([name, type]).toEqual([name, expected]);
		}
	});

	it.each(Object.keys(NUMBERS).filter((name) => !/width|height/.test(name)))(
		'may be left empty although they are numbers: %s',
		(name) => {
			const outputFormat = name === 'outputCompression' ? 'webp' : 'gif';
			const set = {
				family: 'other',
				operation: 'generate',
				outputFormat,
				options: { stream: true },
			};
			const field = [...shownFields(set), ...shownOptions(set)].find(
				(shown) => shown.name === name,
			);
			expect(field).toMatchObject({ type: 'string', default: '' });
		},
	);
});

describe('the size', () => {
	const flare = { model: 'gpt-image-2.5-flare', operation: 'generate' };
	const labelsOf = (set: INodeParameters, name: string) =>
		(shownFields(set).find((field) => field.name === name)?.options ?? []).map((option) =>
			'value' in option ? [option.name, option.description] : [],
		);

	it('names orientation and class of each preset', () => {
		expect(labelsOf(flare, 'size').flat().filter(Boolean)).toEqual([
			'Auto',
			'1024 × 1024 (Square)',
			'1536 × 1024 (Landscape)',
			'1024 × 1536 (Portrait)',
			'2048 × 2048 (2K Square)',
			'2048 × 1152 (2K Landscape)',
			'3840 × 2160 (4K Landscape)',
			'2160 × 3840 (4K Portrait)',
		]);
	});

	it('names the pixels that each ratio leads to', () => {
		const byRatio = { ...flare, sizeType: 'aspectRatio' };
		expect(labelsOf(byRatio, 'aspectRatio')).toContainEqual([
			'16:9 (Landscape)',
			'1K: 1280 × 720 · 2K: 2816 × 1584 · 4K: 3840 × 2160',
		]);
		expect(labelsOf({ ...byRatio, model: 'gpt-image-1.5' }, 'aspectRatio')).toContainEqual([
			'9:16 (Portrait)',
			'1024 × 1536',
		]);
	});

	it('is set by two numbers with a custom size, whose limits are named', () => {
		const fields = shownFields({ ...flare, sizeType: 'custom' });
		expect(fields.find(({ name }) => name === 'size')).toBeUndefined();
		const edges = ['width', 'height'].map((edge) => fields.find(({ name }) => name === edge));
		expect(edges.map((field) => field?.type)).toEqual(['number', 'number']);
		expect(edges[1]?.hint).toMatch(/16.*3840.*3:1.*655,360.*8,294,400/);
	});
});

function modelsOf(family: string, operation: string) {
	return valuesOf(shownFields({ operation, family }).find(({ name }) => name === 'model'));
}

describe('the dropdowns of models', () => {
	const GPT_IMAGE = OPENAI_IDS.filter((id) => !id.startsWith('dall-e'));

	it.each(['generate', 'edit'])(
		'list each family for %s, newest first, retired last',
		(operation) => {
			expect(modelsOf('gpt-image', operation)).toEqual(GPT_IMAGE);
			expect(modelsOf('dall-e', operation)).toEqual(
				operation === 'edit' ? ['dall-e-2'] : ['dall-e-3', 'dall-e-2'],
			);
			expect(modelsOf('other', operation)).toEqual([]);
		},
	);
});

const isAble = (id: string, operation: Operation) =>
	(MODELS[id as ModelId].operations as readonly Operation[]).includes(operation);

it.each(Object.keys(FAMILIES).filter((family) => family !== 'other'))(
	'has no model of %s that cannot do the operation, and the family’s own as default if it can',
	(family) => {
		const { defaultModel } = FAMILIES[family as FamilyId];
		for (const operation of ['generate', 'edit'] as const) {
			const listed = modelsOf(family, operation);
			const able = listed.filter((id) => isAble(String(id), operation));
			// Only where the whole family can't, its models are listed, with a note.
			if (able.length > 0) expect(listed).toEqual(able);
			else expect(shownNotices({ family, operation })).toEqual([expect.stringContaining("can't")]);
			const own = listed.includes(defaultModel ?? '') ? defaultModel : listed[0];
			const model = shownFields({ family, operation }).find(({ name }) => name === 'model');
			expect(model?.default).toBe(own);
		}
	},
);

it('doesn’t change the fields with the model that an expression returns', () => {
	const set = { family: 'other', operation: 'generate', outputFormat: '' };
	const names = namesOf(shownFields({ ...set, modelId: '={{ $json.model }}' }));
	expect(names).toEqual(namesOf(shownFields(set)));
});
