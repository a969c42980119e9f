import { UNVALIDATED_MODEL, type ParameterName } from '../../../nodes/AiImages/models';
import type { RawRequest } from '../../../nodes/AiImages/request/types';
import { validate } from '../../../nodes/AiImages/request/validate';
import { inputFile, problemsOf, rawRequest } from '../requests';

type Values = RawRequest['values'];

const FLARE = 'gpt-image-2.5-flare';
const NEWEST = 'gpt-image-2.6-flare';

const check = (model: string, values: Values, others: Partial<RawRequest> = {}) =>
	problemsOf(() => validate(rawRequest({ model, values, ...others })));
const sent = (model: string, values: Values) => validate(rawRequest({ model, values })).values;

describe('values that the API refuses together', () => {
	const SVG_BY = { outputFormat: 'svg', svgModel: 'gpt-5.6-terra' };

	it.each<[string, Values, RegExp]>([
		[NEWEST, { outputFormat: 'gif', stream: true }, /^'Stream' .*'Output Format' (is )?"gif"/],
		[NEWEST, { outputFormat: 'gif', stream: 'true' }, /^'Stream' .*'Output Format' (is )?"gif"/],
		[NEWEST, { outputFormat: 'gif', stream: false }, /^'Stream' .*'Output Format' (is )?"gif"/],
		[
			NEWEST,
			{ outputFormat: 'gif', outputCompression: 80 },
			/^'Output Compression' .*"jpeg" or "webp"/,
		],
		[
			NEWEST,
			{ outputFormat: 'gif', outputCompression: 0 },
			/^'Output Compression' .*"jpeg" or "webp"/,
		],
		[NEWEST, { ...SVG_BY, n: 2 }, /^'Number of Images' .*'Output Format' (is )?"svg"/],
		[NEWEST, { ...SVG_BY, n: '2' }, /^'Number of Images' .*'Output Format' (is )?"svg"/],
		[NEWEST, { ...SVG_BY, stream: true }, /^'Stream' .*'Output Format' (is )?"svg"/],
		[NEWEST, { ...SVG_BY, outputCompression: 50 }, /^'Output Compression' .*"jpeg" or "webp"/],
		[NEWEST, { ...SVG_BY, frameCount: 4 }, /^'Frame Count' .*'Output Format' (is )?"gif"/],
		[
			NEWEST,
			{ outputFormat: 'png', frameDurationMs: 90 },
			/^'Frame Duration'.*'Output Format' (is )?"gif"/,
		],
		[NEWEST, { outputFormat: 'png', svgModel: 'x' }, /^'SVG Model' .*'Output Format' (is )?"svg"/],
		[NEWEST, { svgModel: 'x' }, /^'SVG Model' .*'Output Format' (is )?"svg"/],
		[
			NEWEST,
			{ outputFormat: 'svg', svgReasoningEffort: 'low' },
			/^'SVG Reasoning Effort' .*'SVG Model'/,
		],
		[FLARE, { partialImages: 2 }, /^'Partial Images' .*'Stream' is on/],
		[FLARE, { partialImages: 0 }, /^'Partial Images' .*'Stream' is on/],
		[FLARE, { stream: false, partialImages: 3 }, /^'Partial Images' .*'Stream' is on/],
		[
			FLARE,
			{ outputFormat: 'png', outputCompression: 50 },
			/^'Output Compression' .*"jpeg" or "webp"/,
		],
		[FLARE, { outputCompression: 50 }, /^'Output Compression' .*"jpeg" or "webp"/],
		['dall-e-3', { outputCompression: 50 }, /^'Output Compression' .*"jpeg" or "webp"/],
	])('are refused for %s: %j', (model, values, problem) => {
		expect(check(model, values)).toEqual([expect.stringMatching(problem)]);
	});

	it.each([FLARE, 'gpt-image-1.5', NEWEST, 'gpt-image-1', 'dall-e-3', 'dall-e-2'])(
		'are refused for %s: a transparent JPEG',
		(model) => {
			expect(check(model, { background: 'transparent', outputFormat: 'jpeg' })).toEqual([
				expect.stringMatching(/^'Background' "transparent".*jpeg.*no transparency/i),
			]);
		},
	);

	it('are refused for an animation: a stream with previews, each by its name', () => {
		const values = { outputFormat: 'gif', stream: true, partialImages: 2 };
		const names = check(NEWEST, values).map(
			(problem) => /^'([^']+)'/.exec(problem)?.[1] ?? problem,
		);
		expect(names.sort()).toEqual(['Partial Images', 'Stream']);
	});

	it.each<[Values, RegExp]>([
		[{ outputFormat: 'svg', n: 2 }, /^'Number of Images' .*'Output Format' (is )?"svg"/],
		[{ outputFormat: 'svg', stream: true }, /^'Stream' .*'Output Format' (is )?"svg"/],
		[{ outputFormat: 'svg', outputCompression: 50 }, /^'Output Compression' .*"jpeg" or "webp"/],
		[{ svgModel: 'x' }, /^'SVG Model' .*'Output Format' (is )?"svg"/],
		[{ svgReasoningEffort: 'low' }, /^'SVG Reasoning Effort' .*'Output Format' (is )?"svg"/],
	])('are refused for an edit, too: %j', (values, problem) => {
		const problems = check(NEWEST, values, { operation: 'edit' });
		expect(problems).toEqual([expect.stringMatching(problem)]);
	});

	it('are fewer for an edit: SVG takes the effort without a model', () => {
		const drawing = { outputFormat: 'svg', svgReasoningEffort: 'low' };
		expect(check(NEWEST, drawing, { operation: 'edit' })).toEqual([]);
	});

	it('are refused for an animation: a mask', () => {
		const edit = { operation: 'edit', mask: inputFile({ label: 'Mask' }) } as const;
		expect(check(NEWEST, { outputFormat: 'gif' }, edit)).toEqual([
			expect.stringMatching(/^'Mask' .*'Output Format' (is )?"gif"/),
		]);
		expect(check(NEWEST, { outputFormat: 'png' }, edit)).toEqual([]);
	});

	it('are refused for an edit: a mask beside a markup', () => {
		const overlay = inputFile({ label: 'Overlay' });
		const edit = { operation: 'edit', mask: overlay, markup: overlay } as const;
		expect(check(FLARE, {}, edit)).toEqual([expect.stringMatching(/^'Markup' .*'Mask'/)]);
		expect(check(FLARE, {}, { ...edit, mask: null })).toEqual([]);
		expect(check(FLARE, {}, { ...edit, markup: null })).toEqual([]);
	});
});

describe('values that go together', () => {
	it.each<[string, Values]>([
		[FLARE, { background: 'transparent', outputFormat: 'png' }],
		[FLARE, { background: 'transparent', outputFormat: 'webp' }],
		[FLARE, { background: 'transparent' }],
		[FLARE, { background: 'opaque', outputFormat: 'jpeg' }],
		[FLARE, { outputFormat: 'jpeg', outputCompression: 0 }],
		[FLARE, { outputFormat: 'webp', outputCompression: 100 }],
		[FLARE, { stream: true, partialImages: 0 }],
		[FLARE, { stream: 'true', partialImages: '3' }],
		[FLARE, { stream: true, n: 10 }],
		[NEWEST, { outputFormat: 'gif', n: 2, frameCount: 2, frameDurationMs: 20 }],
		[NEWEST, { outputFormat: 'gif', background: 'transparent' }],
		[NEWEST, { outputFormat: 'svg', complexity: 'low' }],
		[NEWEST, { outputFormat: 'svg', svgModel: 'x', svgReasoningEffort: 'none' }],
		['tomorrow-1', { outputFormat: 'jpg', outputCompression: 80 }],
		['tomorrow-1', { outputFormat: 'jpeg', background: 'transparent' }],
		['tomorrow-1', { outputFormat: 'gif', stream: true, partialImages: 7 }],
		['tomorrow-1', { outputFormat: 'svg', svgReasoningEffort: 'low', n: 3 }],
	])('are sent for %s: %j', (model, values) => {
		expect(check(model, values)).toEqual([]);
		expect(Object.keys(sent(model, values)).sort()).toEqual(
			['prompt', ...Object.keys(values)].sort(),
		);
	});
});

describe('what the editor filled in by itself', () => {
	const filledIn = (model: string, values: Values, name: ParameterName) =>
		validate(rawRequest({ model, values, atDefault: [name] })).values;

	it.each<[string, Values, ParameterName]>([
		[NEWEST, { outputFormat: 'svg', n: 1 }, 'n'],
		[NEWEST, { outputFormat: 'gif', outputCompression: 100 }, 'outputCompression'],
		[NEWEST, { outputFormat: 'png', frameCount: 9 }, 'frameCount'],
		[NEWEST, { outputFormat: 'png', frameDurationMs: 200 }, 'frameDurationMs'],
		[FLARE, { outputFormat: 'png', outputCompression: 100 }, 'outputCompression'],
		['tomorrow-1', { outputFormat: 'gif', outputCompression: 100 }, 'outputCompression'],
	])('is left out where it has no use, for %s: %j', (model, values, name) => {
		expect(filledIn(model, values, name)).not.toHaveProperty(name);
		expect(check(model, values)).toHaveLength(1);
	});

	it.each<[string, Values, ParameterName]>([
		[NEWEST, { outputFormat: 'png', n: 1 }, 'n'],
		[NEWEST, { outputFormat: 'gif', frameCount: 9 }, 'frameCount'],
		[FLARE, { outputFormat: 'webp', outputCompression: 100 }, 'outputCompression'],
	])('is sent where it has, for %s: %j', (model, values, name) => {
		expect(filledIn(model, values, name)).toHaveProperty(name, values[name]);
	});
});

it('keeps nothing that the model does not take', () => {
	const values = { style: 'vivid', responseFormat: 'url', inputFidelity: 'high', n: 1 };
	expect(sent(FLARE, values)).toEqual({ prompt: 'a lighthouse', n: 1 });
});

it('takes the row, not the name, for the truth', () => {
	const values = { outputFormat: 'gif', stream: true };
	expect(check(NEWEST, values, { row: UNVALIDATED_MODEL, knownAs: null })).toEqual([]);
});
