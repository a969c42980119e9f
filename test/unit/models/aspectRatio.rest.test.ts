import {
	MODELS,
	nearestSize,
	parseRatio,
	UNVALIDATED_MODEL,
	sizeError,
	RESOLUTIONS,
	specOf,
	type ModelRow,
	type SizeRule,
	type SizeSpec,
} from '../../../nodes/AiImages/models';

const sizes = Object.entries<ModelRow>(MODELS).flatMap(([model, row]) => {
	const spec = specOf(row, 'generate', 'size');
	return spec?.kind === 'size' ? [[model, spec] as const] : [];
});
const free = MODELS['gpt-image-2.5-flare'].parameters.size;
const resolutions = Object.entries(RESOLUTIONS);
const edges = (size: string | undefined) => (size ?? '').split('x').map(Number) as [number, number];

/** From beyond the flattest to beyond the steepest, odd ones among them. */
const RATIOS = [
	...Array.from({ length: 121 }, (_, step) => 2 ** ((step - 60) / 12)),
	...['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9', '9:21', '1.91:1', '5:7'].map(
		(text) => parseRatio(text) ?? NaN,
	),
];

describe.each(sizes)('a size by ratio of %s', (_, spec) => {
	it.each(resolutions)('is valid for any ratio, at %s', (_name, pixels) => {
		for (const ratio of RATIOS) {
			const size = nearestSize(spec, ratio, pixels);
			expect([ratio, size, sizeError(size ?? '', spec)]).toEqual([ratio, size, null]);
		}
	});

	it.each([0, 1, 1e15])('is legal even for %d pixels', (pixels) => {
		expect(sizeError(nearestSize(spec, 1, pixels) ?? '', spec)).toBeNull();
	});
});

describe('a free size by ratio', () => {
	it.each([
		['1:1', '1K', '1024x1024'],
		['1:1', '2K', '2048x2048'],
		['1:1', '4K', '2880x2880'],
		['3:2', '1K', '1248x832'],
		['2:3', '1K', '832x1248'],
		['16:9', '1K', '1280x720'],
		['9:16', '1K', '720x1280'],
		['16:9', '2K', '2816x1584'],
		['16:9', '4K', '3840x2160'],
		['9:16', '4K', '2160x3840'],
		['4:3', '1K', '1152x864'],
		['3:1', '4K', '3840x1280'],
		['1:3', '4K', '1280x3840'],
	])('of %s at %s is %s', (text, resolution, size) => {
		const pixels = RESOLUTIONS[resolution as keyof typeof RESOLUTIONS];
		expect(nearestSize(free, parseRatio(text) ?? NaN, pixels)).toBe(size);
	});

	it.each(resolutions)(
		'has exactly the ratio, where multiples of 16 allow it, at %s',
		(_, pixels) => {
			for (const text of ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9', '9:21']) {
				const ratio = parseRatio(text) ?? NaN;
				const [width, height] = edges(nearestSize(free, ratio, pixels));
				expect([text, width / height]).toEqual([text, ratio]);
			}
		},
	);

	it.each(resolutions)('has about as many pixels as were asked for, at %s', (_, pixels) => {
		for (const ratio of RATIOS.filter((value) => value >= 1 / 3 && value <= 3)) {
			const [width, height] = edges(nearestSize(free, ratio, pixels));
			const possible = Math.min(pixels, 3840 ** 2 / Math.max(ratio, 1 / ratio));
			expect(width * height).toBeGreaterThan(possible * 0.75);
			expect(width * height).toBeLessThan(pixels * 1.34);
		}
	});

	it('upright is the same size turned', () => {
		for (const ratio of RATIOS.filter((value) => value > 1 && value < 3)) {
			const [width, height] = edges(nearestSize(free, ratio, RESOLUTIONS['1K']));
			expect(width).toBeGreaterThanOrEqual(height);
			const [turnedWidth, turnedHeight] = edges(nearestSize(free, 1 / ratio, RESOLUTIONS['1K']));
			expect(turnedHeight).toBeGreaterThanOrEqual(turnedWidth);
			expect(Math.abs(Math.log((turnedWidth * width) / (turnedHeight * height)))).toBeLessThan(
				0.05,
			);
		}
	});

	it.each([
		[10, 3],
		[3.2, 3],
		[0.1, 1 / 3],
	])('beyond the limit is the flattest or steepest: %d becomes %d', (ratio, limit) => {
		const [width, height] = edges(nearestSize(free, ratio, RESOLUTIONS['2K']));
		expect(width / height).toBeCloseTo(limit, 1);
	});
});

describe('a listed size by ratio', () => {
	it.each([
		['gpt-image-1.5', '1:1', '1024x1024'],
		['gpt-image-1.5', '4:3', '1536x1024'],
		['gpt-image-1.5', '16:9', '1536x1024'],
		['gpt-image-1.5', '9:21', '1024x1536'],
		['dall-e-3', '1:1', '1024x1024'],
		['dall-e-3', '16:9', '1792x1024'],
		['dall-e-3', '9:16', '1024x1792'],
		['dall-e-2', '1:1', '1024x1024'],
		['dall-e-2', '16:9', '1024x1024'],
	] as const)('of %s for %s is %s', (model, text, size) => {
		const spec = MODELS[model].parameters.size;
		expect(nearestSize(spec, parseRatio(text) ?? NaN, RESOLUTIONS['1K'])).toBe(size);
	});

	it('is none if the list has only words', () => {
		const words: SizeSpec = { kind: 'size', values: ['auto', '2K'], default: 'auto' };
		expect(nearestSize(words, 1, RESOLUTIONS['1K'])).toBeUndefined();
	});
});

describe('a rule that no model has yet', () => {
	const RULES: ReadonlyArray<[string, SizeRule]> = [
		['small', { multipleOf: 8, minPixels: 64, maxPixels: 9999, maxEdge: 200, maxRatio: 2 }],
		[
			'edges below its pixels',
			{ multipleOf: 16, minPixels: 1, maxPixels: 8e6, maxEdge: 1024, maxRatio: 3 },
		],
		['any multiple', { multipleOf: 1, minPixels: 1, maxPixels: 4e6, maxEdge: 2000, maxRatio: 16 }],
		[
			'large',
			{ multipleOf: 64, minPixels: 3_686_400, maxPixels: 16_777_216, maxEdge: 6000, maxRatio: 16 },
		],
		['square only', { multipleOf: 32, minPixels: 1, maxPixels: 4e6, maxEdge: 2048, maxRatio: 1 }],
	];

	it.each(RULES)('leads to valid sizes: %s', (_, rule) => {
		const spec: SizeSpec = { kind: 'size', values: ['auto'], default: 'auto', rule };
		for (const ratio of RATIOS) {
			for (const [, pixels] of resolutions) {
				const size = nearestSize(spec, ratio, pixels);
				expect([ratio, size, sizeError(size ?? '', spec)]).toEqual([ratio, size, null]);
			}
		}
	});
});

describe('a ratio', () => {
	it.each([
		['16:9', 16 / 9],
		['1:1', 1],
		[' 2.39 : 1 ', 2.39],
		['3/2', 1.5],
		['1920x1080', 16 / 9],
	])('is read from %j', (text, ratio) => {
		expect(parseRatio(text)).toBeCloseTo(ratio, 10);
	});

	it.each([
		'',
		'16',
		'16:',
		':9',
		'16:0',
		'0:9',
		'-1:1',
		'1:-1',
		'a:b',
		'1:1:1',
		'1e2:1',
		'null',
		'∞:1',
	])('is not read from %j', (text) => {
		expect(parseRatio(text)).toBeNull();
	});
});

it('is not sent to an unknown model', () => {
	expect(specOf(UNVALIDATED_MODEL, 'generate', 'size')?.kind).toBe('text');
});
