import type { INodeProperties } from 'n8n-workflow';
import { buildFields } from '../../../nodes/AiImages/fields';
import { MODELS } from '../../../nodes/AiImages/models';
import { OPERATIONS } from '../../../nodes/AiImages/fields/operations';
import { description, namesOf, optionsOf, shownFields, valuesOf } from '../screen';

const mainFields = description.properties;
const options = optionsOf(mainFields);
const allFields = [...mainFields, ...options];

const showKeys = ({ displayOptions }: INodeProperties) => Object.keys(displayOptions?.show ?? {});
const hideKeys = ({ displayOptions }: INodeProperties) => Object.keys(displayOptions?.hide ?? {});

describe('fields that decide on other fields', () => {
	const keys = [...allFields.flatMap(showKeys), ...allFields.flatMap(hideKeys)];
	const deciding = keys.map((key) => key.replace('/', ''));

	it('are these', () => {
		expect([...new Set(deciding)].sort()).toEqual([
			'compatibleWith',
			'model',
			'operation',
			'outputFormat',
			'sizeMode',
			'stream',
		]);
	});

	it.each([...new Set(deciding)])('take no expression: %s', (name) => {
		const fields = allFields.filter((field) => field.name === name);
		expect(fields.length).toBeGreaterThan(0);
		for (const field of fields) expect(field.noDataExpression).toBe(true);
	});

	it('are asked from the operation to the model', () => {
		for (const field of allFields) {
			const keys = showKeys(field);
			if (keys.length < 2) continue;
			expect(keys[0]).toMatch(/^\/?operation$/);
			if (keys.some((key) => /model$/.test(key))) expect(keys.at(-1)).toMatch(/^\/?model$/);
		}
	});
});

describe('the prompt and the values of a request', () => {
	it.each([
		'prompt',
		'modelId',
		'n',
		'size',
		'quality',
		'background',
		'outputCompression',
		'aspectRatio',
		'resolution',
		'frameCount',
		'svgModel',
		'style',
		'partialImages',
		'extraFields',
		'fileName',
	])('take expressions: %s', (name) => {
		for (const field of allFields.filter((candidate) => candidate.name === name)) {
			expect(field.noDataExpression).toBeFalsy();
		}
	});

	it.each(['generate', 'edit'])(
		'cannot be left empty for %s where they are required',
		(operation) => {
			const fields = shownFields({ operation, model: 'other' });
			const required = fields.filter((field) => field.required);
			expect(namesOf(required)).toEqual(
				operation === 'edit' ? ['modelId', 'prompt', 'inputImages'] : ['modelId', 'prompt'],
			);
		},
	);
});

describe('the description', () => {
	it('has every field under one path', () => {
		const mainNames = new Set(namesOf(mainFields));
		expect(namesOf(options).filter((name) => mainNames.has(name))).toEqual([]);
	});

	it('is small enough for an editor that loads hundreds of nodes', () => {
		const size = Buffer.byteLength(JSON.stringify(description));
		process.stdout.write(`The description has ${size.toLocaleString('en-US')} bytes of JSON.\n`);
		expect(size).toBeLessThan(150_000);
	});

	it('gives every dropdown a valid default', () => {
		for (const field of allFields.filter(({ type }) => type === 'options')) {
			expect([field.name, valuesOf(field)]).toEqual([
				field.name,
				expect.arrayContaining([field.default]),
			]);
		}
	});

	it('lists the options by name', () => {
		const names = options.map(({ displayName }) => displayName);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	});

	it('has a description for every parameter of the API', () => {
		const bare = allFields.filter(
			({ name, ...field }) => name !== 'operation' && name !== 'options' && !field.description,
		);
		expect(namesOf(bare)).toEqual([]);
	});

	it('asks for one credential, always', () => {
		expect(description.credentials).toEqual([
			{ name: 'aiImagesApi', required: true, testedBy: 'testCredential' },
		]);
	});
});

describe('the name of a model', () => {
	const nameOn = (today: string, id: string) => {
		const fields = buildFields(MODELS, Object.values(OPERATIONS), today);
		const models = fields.find(({ name }) => name === 'model')?.options ?? [];
		return models.find((option) => 'value' in option && option.value === id)?.name;
	};

	it.each([
		['2026-05-11', 'dall-e-3', 'DALL·E 3 (Until 2026-05-12)'],
		['2026-05-12', 'dall-e-3', 'DALL·E 3 (Gateways Only)'],
		['2026-11-30', 'gpt-image-1.5', 'GPT Image 1.5 (Until 2026-12-01)'],
		['2026-12-01', 'gpt-image-1.5', 'GPT Image 1.5 (Gateways Only)'],
		['2026-11-30', 'gpt-image-1-mini', 'GPT Image 1 Mini (Until 2026-12-01)'],
		['2026-12-01', 'chatgpt-image-latest', 'ChatGPT Image Latest (Gateways Only)'],
		['2026-10-22', 'gpt-image-1', 'GPT Image 1 (Until 2026-10-23)'],
		['2026-10-23', 'gpt-image-1', 'GPT Image 1 (Gateways Only)'],
		['2030-01-01', 'gpt-image-2.5-flare', 'GPT Image 2.5 Flare'],
		['2030-01-01', 'gpt-image-2.6-sunburst', 'GPT Image 2.6 Sunburst'],
		['2030-01-01', 'gpt-image-2', 'GPT Image 2'],
	])('on %s is for %s: %s', (today, id, name) => {
		expect(nameOn(today, id)).toBe(name);
	});
});
