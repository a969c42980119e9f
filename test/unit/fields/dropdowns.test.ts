import type { INodeParameters } from 'n8n-workflow';
import { CHOICES, MODEL_IDS, NUMBERS, PROMPT_LIMITS } from '../../fixtures/choices';
import {
	COMPATIBLE_SCREENS,
	FREE_SCREENS,
	MODEL_SCREENS,
	NODE_OPTIONS,
	type Screen,
} from '../../fixtures/fields';
import { namesOf, shownFields, shownOptions, valuesOf } from '../screen';

const words = (text: string) => text.split(' ').map((word) => (word === '-' ? '' : word));

const titled = (screens: readonly Screen[]) =>
	screens.map(({ set }) => [JSON.stringify(Object.values(set)), set] as const);

/** Dropdowns that choose the model, or that belong to the node itself. */
const OTHER_DROPDOWNS = ['operation', 'model', 'compatibleWith', 'output'];

describe.each(titled([...MODEL_SCREENS, ...COMPATIBLE_SCREENS]))('with %s', (_, set) => {
	const model = String(set.compatibleWith ?? set.model);
	const visible = [...shownFields(set), ...shownOptions(set)];
	const expected = CHOICES[set.operation]?.[model] ?? {};

	it('offers in each dropdown what the model takes, and the API’s own default', () => {
		const dropdowns = visible.filter(
			({ name, type }) => type === 'options' && !OTHER_DROPDOWNS.includes(name),
		);
		expect(dropdowns.length).toBeGreaterThan(3);
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
			expect(limits).toEqual([name, ...(NUMBERS[name] ?? [])]);
		}
	});

	it('names the longest prompt', () => {
		const limit = PROMPT_LIMITS[model]?.toLocaleString('en-US');
		const prompt = visible.find(({ name }) => name === 'prompt');
		expect(prompt?.description).toContain(`Up to ${limit} characters`);
	});
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
	const BOOLEANS = ['stream', 'watermark', 'imagesAsJson', 'dropUnsupported', 'retryServerErrors'];
	const COLLECTIONS = ['inputImages', 'mask', 'markup', 'prices'];

	it.each(titled(FREE_SCREENS))('are texts and switches, with %s', (_, set) => {
		const others = [...shownFields(set), ...shownOptions(set)].filter(
			({ name }) => ![...OTHER_DROPDOWNS, 'modelId', 'options', 'extraFields'].includes(name),
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

	it.each(Object.keys(NUMBERS))('may be left empty although they are numbers: %s', (name) => {
		const outputFormat = name === 'outputCompression' ? 'webp' : 'gif';
		const set = { model: 'other', operation: 'generate', outputFormat, options: { stream: true } };
		const field = [...shownFields(set), ...shownOptions(set)].find((shown) => shown.name === name);
		expect(field).toMatchObject({ type: 'string', default: '' });
	});
});

describe('the size', () => {
	const flare = { model: 'gpt-image-2.5-flare', operation: 'generate' };
	const sizeField = (set: INodeParameters) => shownFields(set).find(({ name }) => name === 'size');

	it('is a list, or a text once a custom size is wanted', () => {
		expect(sizeField(flare)?.type).toBe('options');
		expect(sizeField({ ...flare, sizeMode: 'custom' })?.type).toBe('string');
	});

	it('names the limits of a custom size', () => {
		const text = sizeField({ ...flare, sizeMode: 'custom' })?.description;
		expect(text).toMatch(/16.*3840.*3 times.*655,360.*8,294,400/);
	});
});

describe('the dropdowns of models', () => {
	const modelsFor = (operation: string, name: string) =>
		valuesOf(
			shownFields({ operation, model: 'other' }).find((candidate) => candidate.name === name),
		);

	it.each([
		['generate', MODEL_IDS],
		['edit', MODEL_IDS.filter((id) => id !== 'dall-e-3')],
	])('offer for %s the models that can, newest first, then any other', (operation, models) => {
		expect(modelsFor(operation, 'model')).toEqual([...models, 'other']);
		expect(modelsFor(operation, 'compatibleWith')).toEqual(['sameAsId', 'unknown', ...models]);
	});
});

it('does not change what is shown with the model that an expression gives', () => {
	const set = { model: 'other', operation: 'generate', outputFormat: '' };
	const names = namesOf(shownFields({ ...set, modelId: '={{ $json.model }}' }));
	expect(names).toEqual(namesOf(shownFields(set)));
});
