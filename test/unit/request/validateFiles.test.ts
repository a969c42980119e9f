import { MODELS, UNVALIDATED_MODEL } from '../../../nodes/AiImages/models';
import { notAnImageDefect } from '../../../nodes/AiImages/media/defect';
import { fileWarnings, validateFiles } from '../../../nodes/AiImages/request/validateFiles';
import { SERVICES } from '../../../nodes/AiImages/services/table';
import type { Service } from '../../../nodes/AiImages/services/types';
import { inputFile, rawRequest } from '../requests';

const FLARE = 'gpt-image-2.5-flare';
const many = (count: number) => Array.from({ length: count }, () => inputFile());
const check = (model: string, files: Parameters<typeof rawRequest>[0]) =>
	validateFiles(rawRequest({ model, operation: 'edit', ...files }));

describe('input images', () => {
	it.each([
		[FLARE, 1],
		[FLARE, 16],
		['gpt-image-1.5', 16],
		['dall-e-2', 1],
		['tomorrow-1', 100],
	])('of %s can be %i', (model, count) => {
		expect(check(model, { images: many(count) })).toEqual([]);
	});

	it.each([
		[FLARE, 17, 16],
		['gpt-image-1.5', 17, 16],
		['dall-e-2', 2, 1],
	])("of %s can't be %i", (model, count, limit) => {
		expect(check(model, { images: many(count) })).toEqual([
			`'Input Images' has ${count} images, but ${model} supports up to ${limit}`,
		]);
	});

	it.each([FLARE, 'dall-e-2', 'tomorrow-1'])("of %s can't be missing", (model) => {
		expect(check(model, { images: [] })).toEqual([
			expect.stringMatching(/^'Input Images' is empty/),
		]);
	});

	it('are reported as missing next to other problems, but once', () => {
		const timeout = "'Timeout' 0 isn't valid";
		expect(check(FLARE, { images: [], problems: [timeout] })).toHaveLength(1);
		const missing = 'Input image 1: the input item has no binary field "x"';
		expect(check(FLARE, { images: [], problems: [missing] })).toEqual([]);
	});

	it('are not asked for by generate', () => {
		expect(validateFiles(rawRequest({ operation: 'generate', images: [] }))).toEqual([]);
	});

	it.each([
		[FLARE, 50_000_000],
		['gpt-image-1.5', 50_000_000],
		['dall-e-2', 4_000_000],
	])('of %s have up to %i bytes', (model, bytes) => {
		expect(check(model, { images: [inputFile({ bytes })] })).toEqual([]);
		const [problem, ...others] = check(model, { images: [inputFile({ bytes: bytes + 1 })] });
		expect(others).toEqual([]);
		expect(problem).toMatch(/^Input image 1 \(binary field "data"\): .*Use a file of up to \d+ MB/);
	});

	it('that are a little too large are not reported with the allowed size', () => {
		const [problem] = check(FLARE, { images: [inputFile({ bytes: 50_000_001 })] });
		expect(problem).not.toMatch(/is 50 MB\. Use a file of up to 50 MB/);
	});

	it.each([
		[FLARE, 'png', true],
		[FLARE, 'jpeg', true],
		[FLARE, 'webp', true],
		[FLARE, 'gif', false],
		[FLARE, 'svg', false],
		[FLARE, 'avif', false],
		[FLARE, 'bmp', false],
		['dall-e-2', 'png', true],
		['dall-e-2', 'jpeg', false],
		['dall-e-2', 'webp', false],
		['tomorrow-1', 'bmp', true],
	] as const)('of %s as %s are taken: %s', (model, format, taken) => {
		const problems = check(model, { images: [inputFile({ format })] });
		expect(problems.length === 0).toBe(taken);
		if (!taken) expect(problems[0]).toContain(`${format.toUpperCase()} isn't supported. Use PNG`);
	});

	it('have to be images', () => {
		const text = { ...inputFile(), mediaType: null, defect: notAnImageDefect(Buffer.from('hi')) };
		expect(check(FLARE, { images: [text] })).toEqual([
			expect.stringMatching(/the file isn't an image but text: "hi"\. Use PNG, JPEG or WEBP\./),
		]);
	});

	it('cause a warning, but are sent, for an unknown model', () => {
		const text = { ...inputFile(), mediaType: null, defect: notAnImageDefect(Buffer.from('hi')) };
		const files = { images: [text], mask: text, markup: text };
		expect(check('tomorrow-1', files)).toEqual([]);
		const raw = rawRequest({ model: 'tomorrow-1', operation: 'edit', ...files });
		const doubt = `${text.label}: the file isn't an image but text: "hi"`;
		expect(fileWarnings(raw)).toEqual([doubt, doubt, doubt]);
	});

	it.each([
		['dall-e-2', 512, 512, true],
		['dall-e-2', 512, 511, false],
		[FLARE, 512, 511, true],
	])('of %s with %i × %i pixels are taken: %s', (model, width, height, taken) => {
		const problems = check(model, { images: [inputFile({ width, height })] });
		expect(problems.length === 0).toBe(taken);
		if (!taken) expect(problems[0]).toMatch(/512 × 511.*square/);
	});

	it('are named one by one', () => {
		const images = [
			inputFile(),
			inputFile({ label: 'Second', format: 'gif', bytes: 60_000_000 }),
			inputFile({ label: 'Third', format: 'bmp' }),
		];
		const places = check(FLARE, { images }).map((problem) => problem.split(':')[0]);
		expect(places).toEqual(['Second', 'Second', 'Third']);
	});
});

describe('a mask', () => {
	const mask = (facts: Parameters<typeof inputFile>[0] = {}) =>
		inputFile({ label: 'Mask (binary field "mask")', ...facts });

	it.each([FLARE, 'gpt-image-1.5', 'dall-e-2'])('of %s is a PNG with alpha', (model) => {
		expect(check(model, { mask: mask() })).toEqual([]);
		for (const facts of [{ hasAlpha: false }, { hasAlpha: null, format: 'jpeg' as const }]) {
			expect(check(model, { mask: mask(facts) })).toEqual([
				expect.stringMatching(/^Mask \(binary field "mask"\): .*PNG.*transparen/),
			]);
		}
	});

	it.each([
		[1024, 1024, true],
		[1024, 1023, false],
		[1023, 1024, false],
		[512, 512, false],
	])('of %i × %i fits an image of 1024 × 1024: %s', (width, height, fits) => {
		const problems = check(FLARE, { mask: mask({ width, height }) });
		expect(problems.length === 0).toBe(fits);
		if (!fits) expect(problems[0]).toContain(`${width} × ${height}`);
		if (!fits) expect(problems[0]).toContain('1024 × 1024');
	});

	it('is held against the first image alone', () => {
		const images = [inputFile({ width: 640, height: 480 }), inputFile()];
		expect(check(FLARE, { images, mask: mask({ width: 640, height: 480 }) })).toEqual([]);
		expect(check(FLARE, { images, mask: mask() })).toHaveLength(1);
	});

	it.each([
		[FLARE, 50_000_000],
		['dall-e-2', 4_000_000],
	])('of %s has up to %i bytes', (model, bytes) => {
		expect(check(model, { mask: mask({ bytes }) })).toEqual([]);
		expect(check(model, { mask: mask({ bytes: bytes + 1 }) })).toHaveLength(1);
	});

	it('is refused by a model that takes none', () => {
		const row = { ...UNVALIDATED_MODEL, mask: null };
		expect(check('example', { row, mask: mask() })).toEqual([
			"'Mask' isn't supported by example. Remove it, or choose another model",
		]);
	});

	it('is not checked for an unknown model', () => {
		const facts = { format: 'jpeg', hasAlpha: null, width: 1, height: 2 } as const;
		expect(check('tomorrow-1', { mask: mask(facts) })).toEqual([]);
		expect(check('tomorrow-1', { mask: { ...mask(), mediaType: null } })).toEqual([]);
	});

	it('does not hide what is wrong with the images', () => {
		expect(check(FLARE, { images: [], mask: mask() })).toHaveLength(1);
	});
});

describe('a mask for a model that takes none', () => {
	const refused = (service: Service) =>
		check('grok-imagine-image-2.0', {
			row: MODELS['grok-imagine-image-2.0'],
			ownRow: MODELS['grok-imagine-image-2.0'],
			service,
			mask: inputFile({ label: 'Mask' }),
		});
	const WHAT =
		"'Mask' isn't supported by grok-imagine-image-2.0. Remove it, or choose another model";

	it('leads to another model where the service takes masks', () => {
		expect(refused(SERVICES.compatible)).toEqual([WHAT]);
	});

	it('leads to another service where no model takes any', () => {
		expect(refused(SERVICES.xai)).toEqual([
			expect.stringMatching(
				`^${WHAT} with a credential for OpenAI, Azure OpenAI.* or an OpenAI-compatible server$`,
			),
		]);
	});

	it('leads to another model where the service takes masks of some', () => {
		const { endpoints } = SERVICES.openai;
		expect(refused({ ...SERVICES.xai, variants: [{ for: /^other$/, endpoints }] })).toEqual([WHAT]);
	});
});
