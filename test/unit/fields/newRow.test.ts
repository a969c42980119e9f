import { buildFields } from '../../../nodes/AiImages/fields';
import { MODELS, type ModelRow } from '../../../nodes/AiImages/models';
import { OPERATIONS } from '../../../nodes/AiImages/operations';
import { namesOf, shownFields, shownOptions, valuesOf } from '../screen';

const NEW_ROW: ModelRow = {
	displayName: 'Painter 1',
	released: '2027-01-01',
	shutdown: null,
	operations: ['generate', 'edit'],
	parameters: {
		prompt: { kind: 'text', required: true, maxLength: 77 },
		n: { kind: 'integer', min: 1, max: 3, default: 2 },
		size: {
			kind: 'size',
			values: ['64x64', '128x64'],
			default: '128x64',
			rule: { multipleOf: 8, minPixels: 64, maxPixels: 9999, maxEdge: 200, maxRatio: 2 },
		},
		quality: { kind: 'choice', values: ['draft', 'final'], default: 'final' },
		outputFormat: { kind: 'choice', values: ['png', 'webp'], default: 'png' },
		outputCompression: {
			kind: 'integer',
			min: 10,
			max: 90,
			default: 50,
			onlyForFormats: ['webp'],
		},
		style: { kind: 'text', operations: ['generate'] },
		inputFidelity: { kind: 'choice', values: ['a', 'b'], default: 'a', operations: ['edit'] },
		user: { kind: 'text' },
	},
	exclusions: [],
	inputImages: { maxCount: 2, maxBytes: 1000, formats: ['png'] },
	mask: null,
	maxPartialImages: null,
	prices: null,
	sources: ['https://example.com/painter'],
};

const fields = buildFields(
	{ ...MODELS, 'painter-1': NEW_ROW },
	Object.values(OPERATIONS),
	'2027-01-01',
);
const before = buildFields(MODELS, Object.values(OPERATIONS), '2027-01-01');

describe.each([
	['by its name', { model: 'painter-1' }, 'operation model'],
	[
		'as a compatible one',
		{ model: 'other', compatibleWith: 'painter-1' },
		'operation model modelId compatibleWith',
	],
])('a model whose row was just added, chosen %s', (_, chosen, head) => {
	it.each([
		['generate', 'png', 'prompt n sizeMode size quality outputFormat style options'],
		[
			'generate',
			'webp',
			'prompt n sizeMode size quality outputFormat outputCompression style options',
		],
		['edit', 'png', 'prompt inputImages n sizeMode size quality outputFormat options'],
	])('shows for %s as %s what its row says', (operation, outputFormat, names) => {
		const shown = shownFields({ ...chosen, operation, outputFormat }, fields);
		expect(namesOf(shown).join(' ')).toBe(`${head} ${names}`);
	});

	it.each([
		['generate', ['user']],
		['edit', ['inputFidelity', 'user']],
	])('has for %s the options of its row', (operation, names) => {
		const nodeOptions = ['outputBinaryField', 'parallelRequests', 'timeout'];
		const shown = namesOf(shownOptions({ ...chosen, operation }, fields));
		expect(shown.sort()).toEqual([...names, ...nodeOptions].sort());
	});

	it('shows limits, values and defaults of its row', () => {
		const shown = shownFields({ ...chosen, operation: 'generate', outputFormat: 'webp' }, fields);
		const field = (name: string) => shown.find((candidate) => candidate.name === name);
		expect(field('prompt')?.description).toContain('77 characters');
		expect(field('n')).toMatchObject({ default: 2, typeOptions: { minValue: 1, maxValue: 3 } });
		expect(field('quality')?.default).toBe('final');
		expect(valuesOf(field('size'))).toEqual(['64x64', '128x64']);
		expect(field('outputCompression')).toMatchObject({
			default: 50,
			typeOptions: { minValue: 10, maxValue: 90 },
		});
	});
});

it.each(Object.keys(MODELS))('leaves the screen of %s as it was', (model) => {
	const set = { model, operation: 'generate', outputFormat: 'webp' };
	const names = (properties: typeof fields) => [
		...namesOf(shownFields(set, properties)),
		...namesOf(shownOptions(set, properties)),
	];
	expect(names(fields)).toEqual(names(before));
});

it('offers a model that only edits under Edit Image alone', () => {
	const table = { ...MODELS, 'eraser-1': { ...NEW_ROW, operations: ['edit'] as const } };
	const properties = buildFields(table, Object.values(OPERATIONS), '2027-01-01');
	const models = (operation: string) =>
		valuesOf(shownFields({ operation }, properties).find(({ name }) => name === 'model'));
	expect(models('edit')).toContain('eraser-1');
	expect(models('generate')).not.toContain('eraser-1');
});
