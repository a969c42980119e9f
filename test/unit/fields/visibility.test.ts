import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import {
	CHOICES,
	COMPATIBLE_SCREENS,
	FREE_SCREENS,
	MODEL_SCREENS,
	NODE_OPTIONS,
	type Screen,
} from '../../fixtures/fields';
import {
	description,
	namesOf,
	optionsOf,
	parametersOf,
	shownFields,
	shownOptions,
	valuesOf,
} from '../screen';

const SCREENS = [...MODEL_SCREENS, ...COMPATIBLE_SCREENS, ...FREE_SCREENS];
const titled = (screens: readonly Screen[]) =>
	screens.map((screen) => [Object.values(screen.set).join(' · '), screen] as const);

const words = (text: string) => text.split(' ').filter(Boolean);

/** Whatever the user set before he came to this screen. */
const LEFT_OVER: INodeParameters = {
	compatibleWith: 'gpt-image-2.5-flare',
	sizeMode: 'custom',
	size: '4000x10',
	quality: 'gone',
	style: 'natural',
	n: 7,
	outputFormat: 'jpeg',
	outputCompression: 3,
};

describe.each(titled(SCREENS))('with %s', (_, { set, fields, options }) => {
	it('shows exactly the fields that the model takes, in their order', () => {
		expect(namesOf(shownFields(set)).join(' ')).toBe(fields);
	});

	it('offers exactly the options that the model takes', () => {
		const expected = words(`${options} ${NODE_OPTIONS}`).sort();
		expect(namesOf(shownOptions(set)).sort()).toEqual(expected);
	});

	it('hands the run exactly what is on screen', () => {
		const everyOption = Object.fromEntries(
			optionsOf(description.properties).map(({ name }) => [name, 'x']),
		);
		const parameters = parametersOf({ ...set, options: everyOption });
		expect(Object.keys(parameters).sort()).toEqual(words(fields).sort());
		expect(Object.keys(parameters.options as INodeParameters).sort()).toEqual(
			words(`${options} ${NODE_OPTIONS}`).sort(),
		);
	});

	it('is not swayed by values that another model left behind', () => {
		const raw = { ...LEFT_OVER, ...parametersOf(set) };
		const shown = description.properties.filter((field) =>
			NodeHelpers.displayParameter(raw, field, { typeVersion: 1 }, description),
		);
		expect(namesOf(shown).join(' ')).toBe(fields);
	});

	it('has valid defaults only', () => {
		for (const field of [...shownFields(set), ...shownOptions(set)]) {
			if (field.type === 'options') expect(valuesOf(field)).toContain(field.default);
			if (field.type !== 'number') continue;
			const { minValue = -Infinity, maxValue = Infinity } = field.typeOptions ?? {};
			expect(field.default).toBeGreaterThanOrEqual(minValue);
			expect(field.default).toBeLessThanOrEqual(maxValue);
		}
	});
});

describe.each(titled([...MODEL_SCREENS, ...COMPATIBLE_SCREENS]))('with %s', (_, { set }) => {
	const model = String(set.compatibleWith ?? set.model);
	const visible = [...shownFields(set), ...shownOptions(set)];
	const dropdowns = Object.entries(CHOICES[model] ?? {})
		.filter(([name]) => visible.some((field) => field.name === name))
		.filter(([name]) => name !== 'size' || set.sizeMode !== 'custom');

	it.each(dropdowns)('offers for %s: %s', (name, values) => {
		const field = visible.find((candidate) => candidate.name === name);
		expect(field?.type).toBe('options');
		expect(valuesOf(field).sort()).toEqual(words(values).sort());
		expect(field?.default).toBe(words(values)[0]);
	});

	it('offers nothing else as a dropdown of values', () => {
		const deciding = ['operation', 'model', 'compatibleWith', 'sizeMode', 'responseFormat'];
		const others = visible.filter(
			({ name, type }) => type === 'options' && !deciding.includes(name),
		);
		expect(namesOf(others).sort()).toEqual(dropdowns.map(([name]) => name).sort());
	});
});

describe('the fields of a free model', () => {
	it.each(titled(FREE_SCREENS))('are texts and numbers, with %s', (_, { set }) => {
		const deciding = ['operation', 'model', 'modelId', 'compatibleWith', 'options'];
		const others = [...shownFields(set), ...shownOptions(set)].filter(
			({ name }) => !deciding.includes(name),
		);
		for (const { name, type } of others) {
			const expected = ['n', 'outputCompression', 'parallelRequests', 'timeout'].includes(name)
				? 'number'
				: ['inputImages', 'mask'].includes(name)
					? 'fixedCollection'
					: 'string';
			expect([name, type]).toEqual([name, expected]);
		}
	});
});

describe('the response format', () => {
	it('is by default the one whose images do not expire', () => {
		const options = shownOptions({ model: 'dall-e-3', operation: 'generate' });
		const field = options.find(({ name }) => name === 'responseFormat');
		expect(valuesOf(field).sort()).toEqual(['b64_json', 'url']);
		expect(field?.default).toBe('b64_json');
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

	it('offer for generate all models, newest first, then any other', () => {
		expect(modelsFor('generate', 'model')).toEqual([
			'gpt-image-2.5-flare',
			'gpt-image-1.5',
			'dall-e-3',
			'dall-e-2',
			'other',
		]);
	});

	it('offer for edit no model that cannot edit', () => {
		expect(modelsFor('edit', 'model')).toEqual([
			'gpt-image-2.5-flare',
			'gpt-image-1.5',
			'dall-e-2',
			'other',
		]);
		expect(modelsFor('edit', 'compatibleWith')).not.toContain('dall-e-3');
	});

	it('offer for compatibility the ID, nothing, or a model', () => {
		expect(modelsFor('generate', 'compatibleWith')).toEqual([
			'sameAsId',
			'unknown',
			'gpt-image-2.5-flare',
			'gpt-image-1.5',
			'dall-e-3',
			'dall-e-2',
		]);
	});
});

it('does not change what is shown with the model that an expression gives', () => {
	const set = { model: 'other', operation: 'generate', modelId: '={{ $json.model }}' };
	const fields = FREE_SCREENS.find((screen) => screen.set.operation === 'generate')?.fields;
	expect(namesOf(shownFields(set)).join(' ')).toBe(fields);
});
