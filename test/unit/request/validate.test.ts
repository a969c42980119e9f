import type { Operation, ParameterName } from '../../../nodes/AiImages/models';
import type { RawRequest } from '../../../nodes/AiImages/request/types';
import { validate } from '../../../nodes/AiImages/request/validate';
import { inputFile, problemsOf, rawRequest } from '../requests';

type Values = RawRequest['values'];
type Case = [
	model: string,
	operation: Operation,
	name: ParameterName,
	value: unknown,
	beside: Values,
];

const cases = (
	model: string,
	operation: Operation,
	name: ParameterName,
	values: unknown[],
	beside: Values = {},
) => values.map((value): Case => [model, operation, name, value, beside]);

const check = (raw: Partial<RawRequest>) => problemsOf(() => validate(rawRequest(raw)));

const FLARE = 'gpt-image-2.5-flare';
const CLASSIC = 'gpt-image-1.5';
const NEWEST = 'gpt-image-2.6-flare';
const GIF = { outputFormat: 'gif' };
const SVG = { outputFormat: 'svg', svgModel: 'gpt-5.6-terra' };

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
		...cases(NEWEST, 'generate', 'outputFormat', ['png', 'jpeg', 'webp', 'gif', 'svg']),
		...cases(NEWEST, 'edit', 'outputFormat', ['png', 'jpeg', 'webp', 'gif', 'svg']),
		...cases(NEWEST, 'edit', 'svgModel', ['gpt-5.6-terra'], SVG),
		...cases(NEWEST, 'edit', 'svgReasoningEffort', ['none', 'max'], { outputFormat: 'svg' }),
		...cases(NEWEST, 'generate', 'size', ['auto', '3840x2160', '1008x1008']),
		...cases(NEWEST, 'edit', 'quality', ['xhigh', 'max']),
		...cases(NEWEST, 'generate', 'complexity', ['low', 'medium', 'high']),
		...cases(NEWEST, 'edit', 'complexity', ['low']),
		...cases(NEWEST, 'generate', 'frameCount', [2, 9, 16], GIF),
		...cases(NEWEST, 'edit', 'frameDurationMs', [20, 200, 655_350], GIF),
		...cases(NEWEST, 'generate', 'svgModel', ['gpt-5.6-terra', 'anything'], SVG),
		...cases(NEWEST, 'generate', 'svgReasoningEffort', ['none', 'minimal', 'low', 'max'], SVG),
		...cases(FLARE, 'generate', 'stream', [true, false]),
		...cases(FLARE, 'edit', 'partialImages', [0, 1, 3], { stream: true }),
		...cases('gpt-image-2', 'generate', 'background', ['auto', 'opaque']),
		...cases('gpt-image-2', 'generate', 'quality', ['auto', 'high']),
		...cases('gpt-image-1', 'edit', 'inputFidelity', ['low', 'high']),
		...cases('gpt-image-1', 'edit', 'user', ['u']),
		...cases('dall-e-3', 'generate', 'watermark', [true, false]),
		...cases('dall-e-2', 'edit', 'outputFormat', ['png', 'jpeg', 'webp']),
		...cases('dall-e-3', 'generate', 'background', ['transparent']),
		...cases('tomorrow-1', 'generate', 'frameCount', [1, 64], GIF),
		...cases('tomorrow-1', 'generate', 'watermark', [true, false]),
		...cases('tomorrow-1', 'generate', 'partialImages', [9], { stream: true }),
		...cases('tomorrow-1', 'generate', 'n', [0, 1, 1000]),
		...cases('tomorrow-1', 'generate', 'size', ['2K', '16:9', '1x1']),
		...cases('tomorrow-1', 'generate', 'quality', ['ultra']),
		...cases('tomorrow-1', 'generate', 'style', ['anything']),
		...cases('tomorrow-1', 'edit', 'inputFidelity', ['anything']),
	])('of %s for %s is taken as it is: %s = %j', (model, operation, name, value, beside) => {
		const images = operation === 'edit' ? [inputFile()] : [];
		const { values } = validate(
			rawRequest({ model, operation, images, values: { ...beside, [name]: value } }),
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
		...cases(NEWEST, 'edit', 'outputFormat', ['tiff', 'jpg']),
		...cases(FLARE, 'edit', 'outputFormat', ['svg', 'gif']),
		...cases(NEWEST, 'edit', 'svgReasoningEffort', ['extreme'], SVG),
		...cases(NEWEST, 'generate', 'complexity', ['auto', 'max']),
		...cases(NEWEST, 'generate', 'frameCount', [1, 17, 2.5, 'nine'], GIF),
		...cases(NEWEST, 'generate', 'frameDurationMs', [19, 655_351, 0], GIF),
		...cases(NEWEST, 'generate', 'svgReasoningEffort', ['extreme', 3], SVG),
		...cases(NEWEST, 'generate', 'svgModel', [{}, true], { outputFormat: 'svg' }),
		...cases(NEWEST, 'generate', 'quality', ['ultra']),
		...cases(FLARE, 'generate', 'stream', ['yes', 1, 0, {}]),
		...cases(FLARE, 'generate', 'partialImages', [-1, 4, 0.5], { stream: true }),
		...cases('gpt-image-2', 'generate', 'background', ['transparent']),
		...cases('gpt-image-2', 'generate', 'quality', ['xhigh', 'max']),
		...cases('gpt-image-1-mini', 'generate', 'size', ['2048x2048']),
		...cases('dall-e-3', 'generate', 'outputFormat', ['gif', 'svg']),
		...cases('dall-e-3', 'generate', 'watermark', ['no', 1]),
		...cases('tomorrow-1', 'generate', 'watermark', ['no']),
		...cases('tomorrow-1', 'generate', 'n', [1.5, 'many', {}]),
		...cases('tomorrow-1', 'generate', 'size', [{ width: 1 }, ['1x1']]),
		...cases('tomorrow-1', 'generate', 'quality', [true]),
	])('of %s for %s is refused by name: %s = %j', (model, operation, name, value, beside) => {
		const [problem, ...others] = check({ model, operation, values: { ...beside, [name]: value } });
		expect(others).toEqual([]);
		expect(problem).toMatch(/^'[A-Z][A-Za-z ]+' /);
		expect(problem).toContain(JSON.stringify(value).slice(0, 50));
		expect(problem).toMatch(
			/ isn't supported by [\w.-]+\. (?:Use |Width and height (?:must|can) |The longer side can |The total )/,
		);
		expect(problem).toContain(` isn't supported by ${model}. `);
	});

	it.each([
		[
			{ n: 11 },
			"'Number of Images' 11 isn't supported by gpt-image-2.5-flare. Use a whole number from 1 to 10",
		],
		[
			{ quality: 'hd' },
			"'Quality' \"hd\" isn't supported by gpt-image-2.5-flare. Use one of: auto, low, medium, high, xhigh, max. It might be left over from another model",
		],
		[
			{ outputFormat: 'jpeg', outputCompression: 101 },
			"'Output Compression' 101 isn't supported by gpt-image-2.5-flare. Use a whole number from 0 to 100",
		],
		[
			{ size: '1000x1000' },
			"'Size' \"1000x1000\" isn't supported by gpt-image-2.5-flare. Width and height must be multiples of 16",
		],
	])('is explained with field, value, model and supported values: %j', (values, sentence) => {
		expect(check({ values })).toEqual([sentence]);
	});

	it('is quoted in short', () => {
		const [problem] = check({ values: { quality: 'x'.repeat(5000) } });
		expect(problem?.length).toBeLessThan(250);
	});
});

describe('several problems', () => {
	it('are all reported together', () => {
		const problems = check({
			values: { prompt: '', n: 99, size: 'big', quality: 'hd', moderation: 'off' },
		});
		const fields = problems.map((problem) => /^'([^']+)'/.exec(problem)?.[1] ?? problem);
		expect(fields.sort()).toEqual(['Moderation', 'Number of Images', 'Prompt', 'Quality', 'Size']);
	});

	it('are all reported together when two values also exclude each other', () => {
		const values = { n: 99, background: 'transparent', outputFormat: 'jpeg' };
		const fields = check({ values }).map((problem) => /^'([^']+)'/.exec(problem)?.[1] ?? problem);
		expect(fields.sort()).toEqual(['Background', 'Number of Images']);
	});

	it('are all reported together for values and files', () => {
		const problems = check({ operation: 'edit', values: { n: 0 }, images: [] });
		const fields = problems.map((problem) => /^'([^']+)'/.exec(problem)?.[1] ?? problem);
		expect(fields.sort()).toEqual(['Input Images', 'Number of Images']);
	});
});

describe('an operation that the model does not have', () => {
	it('is refused', () => {
		const raw = { model: 'dall-e-3', operation: 'edit', chosenBy: 'Compatible With' } as const;
		expect(check(raw)).toEqual([
			"'Compatible With': DALL·E 3 can't edit images. Choose another model",
		]);
	});
});

it('keeps nothing that the model does not take', () => {
	const values = { style: 'vivid', responseFormat: 'url', inputFidelity: 'high', n: 1 };
	expect(validate(rawRequest({ values })).values).toEqual({ prompt: 'a lighthouse', n: 1 });
});
