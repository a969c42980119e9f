import { PARAMETERS } from '../../../nodes/AiImages/models/parameters';
import {
	FAMILIES,
	MODELS,
	UNVALIDATED_MODEL,
	parseSize,
	sizeError,
	type ModelRow,
	type ParameterName,
	type ParameterSpec,
} from '../../../nodes/AiImages/models';
import { MODEL_IDS } from '../../fixtures/choices';

const rows = Object.entries<ModelRow>(MODELS);
const specs = [...rows, ['the permissive row', UNVALIDATED_MODEL] as const].flatMap(
	([model, row]) =>
		Object.entries(row.parameters).flatMap(([name, either]) =>
			[either].flat().map((spec: ParameterSpec) => {
				const title = `${name} of ${model} for ${spec.operations?.join() ?? 'any operation'}`;
				return [title, name as ParameterName, spec, row] as const;
			}),
		),
);

/** What a row allows for a parameter, under any operation. */
const allowed = (row: ModelRow, name: ParameterName): unknown[] => {
	const kinds = [row.parameters[name] ?? []].flat() as ParameterSpec[];
	return kinds.flatMap((spec): unknown[] => {
		if (spec.kind === 'boolean') return [true, false];
		return spec.kind === 'choice' ? [...spec.values] : [];
	});
};

describe.each(rows)('the row of %s', (id, row) => {
	it('is found by any spelling of its id', () => {
		expect(id).toBe(id.toLowerCase().trim());
		expect(id).not.toMatch(/[/:@]/);
	});

	it('names a day that exists, if OpenAI stops serving it', () => {
		const { shutdown } = row;
		if (shutdown) expect(new Date(shutdown).toISOString().slice(0, 10)).toBe(shutdown);
	});

	it('cites public documents', () => {
		expect(row.sources.length).toBeGreaterThan(0);
		for (const source of row.sources)
			expect(source).toMatch(/^https:\/\/[^\s]+\.[^\s]+( \(.+\))?$/);
	});

	it('takes files if, and only if, it edits', () => {
		expect(row.inputImages !== null).toBe(row.operations.includes('edit'));
		if (row.mask) expect(row.operations).toContain('edit');
	});

	it('excludes only values that it knows', () => {
		for (const { parameter, value, with: other } of row.exclusions) {
			expect(allowed(row, parameter)).toContain(value);
			expect(allowed(row, other.parameter)).toEqual(expect.arrayContaining([...other.values]));
		}
	});

	it('has no default that an exclusion forbids', () => {
		for (const { parameter, value } of row.exclusions) {
			for (const spec of [row.parameters[parameter] ?? []].flat() as ParameterSpec[]) {
				expect('default' in spec ? spec.default : null).not.toBe(value);
			}
		}
	});

	it.each(['mask', 'markup'] as const)('allows its %s no more than its images', (name) => {
		const overlay = row[name];
		if (!overlay || overlay === 'unvalidated' || !row.inputImages) return;
		expect(row.operations).toContain('edit');
		expect(overlay.maxBytes).toBeLessThanOrEqual(row.inputImages.maxBytes);
		expect(overlay.warnAboveBytes ?? 0).toBeLessThan(overlay.maxBytes);
		for (const [other, values] of Object.entries(overlay.notWith ?? {})) {
			expect(allowed(row, other as ParameterName)).toEqual(expect.arrayContaining([...values]));
		}
	});
});

describe.each(specs)('%s', (title, name, spec, row) => {
	it('can be shown', () => {
		expect(PARAMETERS[name].displayName).not.toBe('');
		expect(PARAMETERS[name].description).not.toBe('');
	});

	it('has a default that it allows', () => {
		if (spec.kind === 'choice') expect([...spec.values, undefined]).toContain(spec.default);
		if (spec.kind === 'size') expect(spec.values).toContain(spec.default);
		if ((spec.kind === 'integer' || spec.kind === 'number') && spec.default !== undefined) {
			expect(spec.default).toBeGreaterThanOrEqual(spec.min ?? -Infinity);
			expect(spec.default).toBeLessThanOrEqual(spec.max ?? Infinity);
		}
	});

	it('lists values once, and more than one', () => {
		if (spec.kind !== 'choice' && spec.kind !== 'size') return;
		expect(new Set(spec.values).size).toBe(spec.values.length);
		expect(spec.values.length).toBeGreaterThan(1);
	});

	it('lists sizes that its own rule allows', () => {
		// Alibaba recommends sizes with fewer pixels than others may have.
		if (spec.kind !== 'size' || !spec.rule || /wan2\.[56]-t2i/.test(title)) return;
		const pixelSizes = spec.values.filter((size) => parseSize(size));
		for (const size of pixelSizes) {
			expect([size, sizeError(size, { ...spec, values: [] })]).toEqual([size, null]);
		}
	});

	it('belongs to operations of its model', () => {
		for (const operation of spec.operations ?? []) expect(row.operations).toContain(operation);
	});

	it('depends on values that its model takes', () => {
		if (row === UNVALIDATED_MODEL) return;
		const conditions = Object.entries({ ...spec.onlyWith, ...spec.notWith });
		for (const [other, values] of conditions) {
			expect(allowed(row, other as ParameterName)).toEqual(expect.arrayContaining([...values]));
		}
		if (spec.requires) expect(row.parameters).toHaveProperty(spec.requires);
	});
});

describe('the table', () => {
	it('has a default for each family, which belongs to it', () => {
		for (const [family, { defaultModel }] of Object.entries(FAMILIES)) {
			if (defaultModel) expect(MODELS[defaultModel].family).toBe(family);
		}
		expect(MODELS[FAMILIES['gpt-image'].defaultModel]).toMatchObject({
			operations: ['generate', 'edit'],
			shutdown: null,
		});
	});

	it('has a row for every model', () => {
		expect(rows.map(([id]) => id)).toEqual(MODEL_IDS);
	});

	// https://developers.openai.com/api/docs/deprecations
	it.each([
		['gpt-image-2.6-flare', null],
		['gpt-image-2.5-flare', null],
		['gpt-image-2', null],
		['chatgpt-image-latest', '2026-12-01'],
		['gpt-image-1.5', '2026-12-01'],
		['gpt-image-1-mini', '2026-12-01'],
		['gpt-image-1', '2026-10-23'],
		['dall-e-3', '2026-05-12'],
		['dall-e-2', '2026-05-12'],
	] as const)('knows when %s ends: %s', (id, shutdown) => {
		expect(MODELS[id].shutdown).toBe(shutdown);
	});

	// US dollars per million tokens: text in, image in, image out, text out.
	it.each([
		['gpt-image-2.6-sunburst', [5, 8, 30, null]],
		['gpt-image-2.5-flare', [5, 8, 30, null]],
		['gpt-image-2', [5, 8, 30, null]],
		['gpt-image-1.5', [5, 8, 32, 10]],
		['gpt-image-1-mini', [2, 2.5, 8, null]],
		['gpt-image-1', [5, 10, 40, null]],
	] as const)('knows what %s costs: %j', (id, prices) => {
		const { textInput, imageInput, imageOutput, textOutput } = MODELS[id].prices;
		expect([textInput, imageInput, imageOutput, textOutput]).toEqual(prices);
	});

	it('has a permissive row that takes every parameter and limits none', () => {
		expect(Object.keys(UNVALIDATED_MODEL.parameters).sort()).toEqual(
			Object.keys(PARAMETERS).sort(),
		);
		for (const spec of Object.values(UNVALIDATED_MODEL.parameters).flat()) {
			expect(['text', 'integer', 'number', 'boolean']).toContain(spec.kind);
			expect(spec).not.toHaveProperty('maxLength');
			expect(spec).not.toHaveProperty('max');
			expect(spec).not.toHaveProperty('min');
		}
	});
});
