import { PERMISSIVE_ROW, type Operation, type ParameterName } from '../../../nodes/AiImages/models';
import type { RawRequest } from '../../../nodes/AiImages/request/read';
import { validate } from '../../../nodes/AiImages/request/validate';
import { inputFile, problemsOf, rawRequest } from '../requests';

type Case = [model: string, operation: Operation, name: ParameterName, value: unknown];

const cases = (model: string, operation: Operation, name: ParameterName, values: unknown[]) =>
	values.map((value): Case => [model, operation, name, value]);

const check = (raw: Partial<RawRequest>) => problemsOf(() => validate(rawRequest(raw)));

const FLARE = 'gpt-image-2.5-flare';
const CLASSIC = 'gpt-image-1.5';

describe('a legal value', () => {
	it.each([
		...cases(FLARE, 'generate', 'n', [1, 2, 10]),
		...cases(FLARE, 'generate', 'size', ['auto', '1024x1024', '3840x2160', '1008x1008']),
		...cases(FLARE, 'generate', 'quality', ['auto', 'low', 'medium', 'high', 'xhigh', 'max']),
		...cases(FLARE, 'generate', 'background', ['auto', 'opaque', 'transparent']),
		...cases(FLARE, 'generate', 'outputFormat', ['png', 'jpeg', 'webp']),
		...cases(FLARE, 'generate', 'moderation', ['auto', 'low']),
		...cases(FLARE, 'generate', 'safetyIdentifier', ['u', 'u'.repeat(128)]),
		...cases(FLARE, 'edit', 'moderation', ['auto', 'low']),
		...cases(FLARE, 'edit', 'quality', ['max']),
		...cases(CLASSIC, 'generate', 'size', ['auto', '1024x1024', '1536x1024', '1024x1536']),
		...cases(CLASSIC, 'generate', 'quality', ['auto', 'low', 'medium', 'high']),
		...cases(CLASSIC, 'edit', 'inputFidelity', ['low', 'high']),
		...cases('dall-e-3', 'generate', 'size', ['1024x1024', '1792x1024', '1024x1792']),
		...cases('dall-e-3', 'generate', 'quality', ['standard', 'hd']),
		...cases('dall-e-3', 'generate', 'style', ['vivid', 'natural']),
		...cases('dall-e-3', 'generate', 'responseFormat', ['url', 'b64_json']),
		...cases('dall-e-3', 'generate', 'user', ['u', 'u'.repeat(1000)]),
		...cases('dall-e-2', 'generate', 'n', [1, 10]),
		...cases('dall-e-2', 'generate', 'size', ['256x256', '512x512', '1024x1024']),
		...cases('dall-e-2', 'edit', 'responseFormat', ['url', 'b64_json']),
		...cases('tomorrow-1', 'generate', 'n', [0, 1, 1000]),
		...cases('tomorrow-1', 'generate', 'size', ['2K', '16:9', '1x1']),
		...cases('tomorrow-1', 'generate', 'quality', ['ultra']),
		...cases('tomorrow-1', 'generate', 'style', ['anything']),
		...cases('tomorrow-1', 'edit', 'inputFidelity', ['anything']),
	])('of %s for %s is taken as it is: %s = %j', (model, operation, name, value) => {
		const images = operation === 'edit' ? [inputFile()] : [];
		const { values } = validate(
			rawRequest({ model, operation, images, values: { [name]: value } }),
		);
		expect(values[name]).toBe(value);
	});
});

describe('an illegal value', () => {
	it.each([
		...cases(FLARE, 'generate', 'n', [0, -1, 11, 1.5, 'two', '', '1e1', true, [1], {}]),
		...cases(FLARE, 'generate', 'size', ['1000x1000', '512x512', '4096x2160', '', 1024]),
		...cases(FLARE, 'generate', 'quality', ['standard', 'hd', 'HIGH', 'high ', 5, ['high']]),
		...cases(FLARE, 'generate', 'background', ['white', 'none']),
		...cases(FLARE, 'generate', 'outputFormat', ['jpg', 'gif', 'svg', 'PNG', 'bmp']),
		...cases(FLARE, 'generate', 'moderation', ['off', 'high']),
		...cases(FLARE, 'generate', 'safetyIdentifier', ['u'.repeat(129), {}]),
		...cases(CLASSIC, 'generate', 'size', ['2048x2048', '1008x1008', '256x256']),
		...cases(CLASSIC, 'generate', 'quality', ['xhigh', 'max', 'standard']),
		...cases(CLASSIC, 'edit', 'inputFidelity', ['medium', 'auto']),
		...cases('dall-e-3', 'generate', 'size', ['auto', '512x512', '1536x1024']),
		...cases('dall-e-3', 'generate', 'quality', ['auto', 'high']),
		...cases('dall-e-3', 'generate', 'style', ['Vivid', 'photo']),
		...cases('dall-e-3', 'generate', 'responseFormat', ['base64', 'b64']),
		...cases('dall-e-2', 'generate', 'n', [0, 11]),
		...cases('dall-e-2', 'generate', 'size', ['auto', '1792x1024']),
		...cases('tomorrow-1', 'generate', 'n', [1.5, 'many', {}]),
		...cases('tomorrow-1', 'generate', 'size', [{ width: 1 }, ['1x1']]),
		...cases('tomorrow-1', 'generate', 'quality', [true]),
	])('of %s for %s is refused by name: %s = %j', (model, operation, name, value) => {
		const [problem, ...others] = check({ model, operation, values: { [name]: value } });
		expect(others).toEqual([]);
		expect(problem).toMatch(/^[A-Z][A-Za-z ]+: /);
		expect(problem).toContain(JSON.stringify(value).slice(0, 50));
		expect(problem).toContain(`is not possible with ${model}. Allowed: `);
	});

	it.each([
		[
			{ n: 11 },
			'Number of Images: 11 is not possible with gpt-image-2.5-flare. Allowed: a whole number from 1 to 10',
		],
		[
			{ quality: 'hd' },
			'Quality: "hd" is not possible with gpt-image-2.5-flare. Allowed: auto, low, medium, high, xhigh, max',
		],
		[
			{ outputFormat: 'jpeg', outputCompression: 101 },
			'Output Compression: 101 is not possible with gpt-image-2.5-flare. Allowed: a whole number from 0 to 100',
		],
		[
			{ size: '1000x1000' },
			'Size: "1000x1000" is not possible with gpt-image-2.5-flare. Allowed: width and height must be multiples of 16',
		],
	])('is explained with field, value, model and what is allowed: %j', (values, sentence) => {
		expect(check({ values })).toEqual([sentence]);
	});

	it('is quoted in short', () => {
		const [problem] = check({ values: { quality: 'x'.repeat(5000) } });
		expect(problem?.length).toBeLessThan(250);
	});
});

describe('a number', () => {
	it.each([
		['3', 3],
		[' 3 ', 3],
		['3.0', 3],
		['10', 10],
	])('may come as a text: %j', (text, number) => {
		expect(validate(rawRequest({ values: { n: text } })).values.n).toBe(number);
	});

	it.each(['0', '11', '1.5', '3 images', '0x3', 'NaN', '-2'])('is checked as a text: %j', (n) => {
		expect(check({ values: { n } })).toHaveLength(1);
	});

	it.each([0, '0'])(
		'is kept although it is nothing: output compression %j',
		(outputCompression) => {
			const raw = rawRequest({ values: { outputFormat: 'webp', outputCompression } });
			expect(validate(raw).values).toEqual({
				prompt: 'a lighthouse',
				outputFormat: 'webp',
				outputCompression: 0,
			});
		},
	);
});

describe('output compression', () => {
	it.each([
		['jpeg', 0, true],
		['jpeg', 100, true],
		['webp', 50, true],
		['png', 50, false],
		[undefined, 50, false],
	])('with format %s and %j is sent: %s', (outputFormat, outputCompression, sent) => {
		const { values } = validate(rawRequest({ values: { outputFormat, outputCompression } }));
		expect('outputCompression' in values).toBe(sent);
	});

	it.each([-1, 101, 50.5, 'high'])('is refused for jpeg: %j', (outputCompression) => {
		expect(check({ values: { outputFormat: 'jpeg', outputCompression } })).toHaveLength(1);
	});

	it.each(['jpeg', 'jpg', 'webp'])('is sent with a free format %s', (outputFormat) => {
		const values = { outputFormat, outputCompression: 80 };
		const raw = rawRequest({ model: 'tomorrow-1', row: PERMISSIVE_ROW, values });
		expect(validate(raw).values).toMatchObject(values);
	});
});

describe('a prompt', () => {
	it.each([
		[FLARE, 32_000],
		[CLASSIC, 32_000],
		['dall-e-3', 4000],
		['dall-e-2', 1000],
	])('of %s has up to %i characters', (model, limit) => {
		expect(check({ model, values: { prompt: 'x'.repeat(limit) } })).toEqual([]);
		const [problem, ...others] = check({ model, values: { prompt: 'x'.repeat(limit + 1) } });
		expect(others).toEqual([]);
		expect(problem).toMatch(/^Prompt: /);
		expect(problem).toContain(`${(limit + 1).toLocaleString('en-US')} characters`);
		expect(problem).toContain(`up to ${limit.toLocaleString('en-US')} characters`);
		expect(problem?.length).toBeLessThan(250);
	});

	it('may be longer for a model that nobody knows', () => {
		expect(check({ model: 'tomorrow-1', values: { prompt: 'x'.repeat(100_000) } })).toEqual([]);
	});

	it.each([undefined, '', '   ', '\n'])('is required: %j', (prompt) => {
		const [problem, ...others] = check({ values: { prompt } });
		expect(others).toEqual([]);
		expect(problem).toMatch(/^Prompt: .*empty/);
	});

	it.each([[{ text: 'x' }], [['x']], [true]])('is a text, not %j', (prompt) => {
		expect(check({ values: { prompt } })).toEqual([expect.stringMatching(/^Prompt: .*a text/)]);
	});

	it('is sent as it was written', () => {
		const prompt = '  “Ein Leuchtturm” 灯台 🌊\n\tzwei Zeilen\\n ';
		expect(validate(rawRequest({ values: { prompt } })).values.prompt).toBe(prompt);
	});
});

describe('values that exclude each other', () => {
	it.each([FLARE, CLASSIC])('are refused for %s: a transparent JPEG', (model) => {
		const values = { background: 'transparent', outputFormat: 'jpeg' };
		const [problem, ...others] = check({ model, values });
		expect(others).toEqual([]);
		expect(problem).toMatch(/^Background: "transparent".*jpeg.*no transparency/i);
	});

	it.each([
		['transparent', 'png'],
		['transparent', 'webp'],
		['transparent', undefined],
		['opaque', 'jpeg'],
		['auto', 'jpeg'],
		[undefined, 'jpeg'],
	])('are not %s and %s', (background, outputFormat) => {
		expect(check({ values: { background, outputFormat } })).toEqual([]);
	});
});

describe('several problems', () => {
	it('are told at once', () => {
		const problems = check({
			values: { prompt: '', n: 99, size: 'big', quality: 'hd', moderation: 'off' },
		});
		const fields = problems.map((problem) => problem.split(':')[0]);
		expect(fields.sort()).toEqual(['Moderation', 'Number of Images', 'Prompt', 'Quality', 'Size']);
	});

	it('are told at once when two values also exclude each other', () => {
		const values = { n: 99, background: 'transparent', outputFormat: 'jpeg' };
		const fields = check({ values }).map((problem) => problem.split(':')[0]);
		expect(fields.sort()).toEqual(['Background', 'Number of Images']);
	});

	it('are told at once for values and files', () => {
		const problems = check({ operation: 'edit', values: { n: 0 }, images: [] });
		const fields = problems.map((problem) => problem.split(':')[0]);
		expect(fields.sort()).toEqual(['Input Images', 'Number of Images']);
	});
});

describe('an operation that the model does not have', () => {
	it('is refused', () => {
		const problems = check({ model: 'dall-e-3', operation: 'edit', values: {} });
		expect(problems).toContain('Model: dall-e-3 cannot edit images. Allowed: generate');
	});
});

it('keeps nothing that the model does not take', () => {
	const values = { style: 'vivid', responseFormat: 'url', inputFidelity: 'high', n: 1 };
	expect(validate(rawRequest({ values })).values).toEqual({ prompt: 'a lighthouse', n: 1 });
});
