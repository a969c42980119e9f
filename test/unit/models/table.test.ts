import { PRESENTATION } from '../../../nodes/AiImages/fields/presentation';
import {
	DEFAULT_MODEL,
	MODELS,
	PERMISSIVE_ROW,
	refuseSize,
	type ModelRow,
	type ParameterName,
	type ParameterSpec,
} from '../../../nodes/AiImages/models';

const rows = Object.entries<ModelRow>(MODELS);
const specs = [...rows, ['the permissive row', PERMISSIVE_ROW] as const].flatMap(([model, row]) =>
	Object.entries<ParameterSpec>(row.parameters).map(
		([name, spec]) => [`${name} of ${model}`, name as ParameterName, spec, row] as const,
	),
);

describe.each(rows)('the row of %s', (id, row) => {
	it('is found by any spelling of its id', () => {
		expect(id).toBe(id.toLowerCase().trim());
		expect(id).not.toMatch(/[/:@]/);
	});

	it('names days that exist, the shutdown after the release', () => {
		for (const day of [row.released, row.shutdown]) {
			if (day) expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
		}
		if (row.released && row.shutdown) expect(row.shutdown > row.released).toBe(true);
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
			const spec = row.parameters[parameter];
			const otherSpec = row.parameters[other.parameter];
			expect(spec?.kind === 'choice' && spec.values.includes(value)).toBe(true);
			for (const second of other.values) {
				expect(otherSpec?.kind === 'choice' && otherSpec.values.includes(second)).toBe(true);
			}
		}
	});

	it('has no default that an exclusion forbids', () => {
		for (const { parameter, value } of row.exclusions) {
			const spec = row.parameters[parameter];
			expect(spec && 'default' in spec ? spec.default : null).not.toBe(value);
		}
	});

	it('asks no more for its mask than for its images', () => {
		if (!row.mask || row.mask === 'unchecked' || !row.inputImages) return;
		expect(row.mask.maxBytes).toBeLessThanOrEqual(row.inputImages.maxBytes);
	});
});

describe.each(specs)('%s', (_, name, spec, row) => {
	it('can be shown', () => {
		expect(PRESENTATION[name].displayName).not.toBe('');
		expect(PRESENTATION[name].description).not.toBe('');
	});

	it('has a default that it allows', () => {
		if (spec.kind === 'choice') expect(spec.values).toContain(spec.default);
		if (spec.kind === 'size') expect(spec.values).toContain(spec.default);
		if (spec.kind === 'integer') {
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
		if (spec.kind !== 'size' || !spec.rule) return;
		const pixelSizes = spec.values.filter((size) => /^\d/.test(size));
		for (const size of pixelSizes) {
			expect([size, refuseSize(size, { ...spec, values: [] })]).toEqual([size, null]);
		}
	});

	it('belongs to operations of its model', () => {
		for (const operation of spec.operations ?? []) expect(row.operations).toContain(operation);
	});

	it('depends on formats that its model makes', () => {
		const formats = row.parameters.outputFormat;
		if (formats?.kind !== 'choice') return;
		for (const format of spec.onlyForFormats ?? []) expect(formats.values).toContain(format);
	});
});

describe('the table', () => {
	it('has a default that generates and edits and has no end', () => {
		expect(MODELS[DEFAULT_MODEL]).toMatchObject({
			operations: ['generate', 'edit'],
			shutdown: null,
		});
	});

	it('begins with the default', () => {
		expect(Object.keys(MODELS)[0]).toBe(DEFAULT_MODEL);
	});

	it('has a permissive row that takes every parameter and limits none', () => {
		expect(Object.keys(PERMISSIVE_ROW.parameters).sort()).toEqual(Object.keys(PRESENTATION).sort());
		for (const spec of Object.values<ParameterSpec>(PERMISSIVE_ROW.parameters)) {
			expect(['text', 'integer']).toContain(spec.kind);
			expect(spec).not.toHaveProperty('maxLength');
			expect(spec).not.toHaveProperty('max');
			expect(spec).not.toHaveProperty('min');
		}
	});
});
