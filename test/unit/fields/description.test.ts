import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { buildFields } from '../../../nodes/AiImages/fields';
import { MODELS } from '../../../nodes/AiImages/models';
import { OPERATIONS } from '../../../nodes/AiImages/fields/operations';
import { OPTIONS } from '../../../nodes/AiImages/options/table';
import { readSettings } from '../../../nodes/AiImages/options/read';
import { description, namesOf, optionsOf, shownFields, valuesOf } from '../screen';

const mainFields = description.properties;
const options = optionsOf(mainFields);
const allFields = [...mainFields, ...options];

const showKeys = ({ displayOptions }: INodeProperties) => Object.keys(displayOptions?.show ?? {});
const hideKeys = ({ displayOptions }: INodeProperties) => Object.keys(displayOptions?.hide ?? {});

describe('with Model Family set to Other, a model that the editor kept', () => {
	const node = { typeVersion: 1 };

	it.each(
		Object.keys(MODELS).flatMap((model) =>
			Object.keys(OPERATIONS).map((operation) => [model, operation] as const),
		),
	)('shows no further field: %s, %s', (model, operation) => {
		const set = { resource: 'image', operation, family: 'other', sizeType: 'preset' };
		const shown = (values: INodeParameters) =>
			mainFields.filter((field) => NodeHelpers.displayParameter(values, field, node, description));
		const fields = shown({ ...set, model, outputFormat: 'gif' });
		expect(fields).toEqual(shown({ ...set, outputFormat: 'gif' }));
		expect(new Set(namesOf(fields)).size).toBe(fields.length);
	});
});

describe('fields that decide on other fields', () => {
	const keys = [...allFields.flatMap(showKeys), ...allFields.flatMap(hideKeys)];
	const deciding = keys.map((key) => key.replace('/', ''));

	it('are these', () => {
		expect([...new Set(deciding)].sort()).toEqual([
			'family',
			'model',
			'operation',
			'outputFormat',
			'resource',
			'sizeType',
			'stream',
			'svgModel',
		]);
	});

	// The resource is hidden; where the SVG model is an expression, the field beside it just appears.
	const chosenOnScreen = deciding.filter((name) => !['resource', 'svgModel'].includes(name));

	it.each([...new Set(chosenOnScreen)])('take no expression: %s', (name) => {
		const fields = allFields.filter((field) => field.name === name);
		expect(fields.length).toBeGreaterThan(0);
		for (const field of fields) expect(field.noDataExpression).toBe(true);
	});

	it('are asked from the operation to the model', () => {
		for (const field of allFields) {
			const keys = showKeys(field);
			if (keys.some((key) => /operation$/.test(key))) expect(keys[0]).toMatch(/^\/?operation$/);
			if (keys.some((key) => /model$/.test(key))) expect(keys.at(-1)).toMatch(/^\/?model$/);
			const others = keys.filter((key) => !/model$/.test(key));
			if (keys.some((key) => /family$/.test(key))) expect(others.at(-1)).toMatch(/^\/?family$/);
		}
	});
});

describe('the prompt and the values of a request', () => {
	it.each([
		'prompt',
		'modelId',
		'n',
		'size',
		'width',
		'height',
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
			const fields = shownFields({ operation, family: 'other' });
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
		// *Model ID* belongs to the family Other, or to the options of a listed model. *Watermark* is
		// always on screen where the service adds one unless it is told not to, and *Rewrite Prompt*
		// where it costs something.
		expect(new Set(namesOf(options).filter((name) => mainNames.has(name)))).toEqual(
			new Set(['modelId', 'promptUpsampling', 'watermark']),
		);
	});

	it('is small enough for an editor that loads hundreds of nodes', () => {
		const size = Buffer.byteLength(JSON.stringify(description));
		process.stdout.write(`The description has ${size.toLocaleString('en-US')} bytes of JSON.\n`);
		expect(size).toBeLessThan(250_000);
	});

	it('has a valid default for every dropdown', () => {
		for (const field of allFields.filter(({ type }) => type === 'options')) {
			expect([field.name, valuesOf(field)]).toEqual([
				field.name,
				expect.arrayContaining([field.default]),
			]);
		}
	});

	it('lists the options by subject: the model, the request, the output', () => {
		expect([...new Set(namesOf(options))]).toEqual(
			[
				'modelId mask markup seed negativePrompt promptUpsampling steps guidance',
				'magicPrompt thinkingLevel complexity style styleType stylePreset',
				'stream partialImages inputFidelity moderation',
				'responseFormat safetyIdentifier user watermark',
				'extraFields imagesAsJson checkParameters dropUnsupported previewRequest',
				'parallelRequests imagesPerMinute resumeJob maxCost timeout maxRetryWait retryServerErrors prices',
				'output outputBinaryField fileName largestImage simplify includeImageUrl includeBinaryId',
			]
				.join(' ')
				.split(' '),
		);
	});

	it.each(Object.entries(OPTIONS))(
		'shows how the node behaves without the option %s',
		(name, spec) => {
			if (!('default' in spec)) return;
			const problems: string[] = [];
			const withIt = readSettings({ [name]: spec.default }, problems);
			expect(problems).toEqual([]);
			expect(withIt).toEqual(readSettings({}, []));
		},
	);

	it('has a description for every parameter of the API', () => {
		const bare = allFields.filter(
			({ name, type, description: text }) =>
				type !== 'notice' && !['resource', 'operation', 'options'].includes(name) && !text,
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
		const models = fields
			.filter(({ name }) => name === 'model')
			.flatMap(({ options: all }) => all ?? []);
		return models.find((option) => 'value' in option && option.value === id)?.name;
	};

	it.each([
		['2026-05-11', 'dall-e-3', 'DALL·E 3 (Retires 2026-05-12)'],
		['2026-05-12', 'dall-e-3', 'DALL·E 3 (Retired by OpenAI)'],
		['2026-11-30', 'gpt-image-1.5', 'GPT Image 1.5 (Retires 2026-12-01)'],
		['2026-12-01', 'gpt-image-1.5', 'GPT Image 1.5 (Retired by OpenAI)'],
		['2026-11-30', 'gpt-image-1-mini', 'GPT Image 1 Mini (Retires 2026-12-01)'],
		['2026-12-01', 'chatgpt-image-latest', 'ChatGPT Image Latest (Retired by OpenAI)'],
		['2026-10-22', 'gpt-image-1', 'GPT Image 1 (Retires 2026-10-23)'],
		['2026-10-23', 'gpt-image-1', 'GPT Image 1 (Retired by OpenAI)'],
		['2030-01-01', 'gpt-image-2.5-flare', 'GPT Image 2.5 Flare'],
		['2030-01-01', 'gpt-image-2.6-sunburst', 'GPT Image 2.6 Sunburst'],
		['2030-01-01', 'gpt-image-2', 'GPT Image 2'],
	])('on %s is for %s: %s', (today, id, name) => {
		expect(nameOn(today, id)).toBe(name);
	});
});
