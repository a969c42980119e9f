import {
	FAMILIES,
	parseRatio,
	parseSize,
	resolveModel,
	sizeError,
	specOf,
	type ModelRow,
	type ModelTable,
	type ParameterName,
	type RatioSizes,
} from '../../../nodes/AiImages/models';
import { MAKERS } from '../../../nodes/AiImages/models/makers';
import { ALIBABA_MODELS } from '../../../nodes/AiImages/models/makers/alibaba';
import { BLACK_FOREST_LABS_MODELS } from '../../../nodes/AiImages/models/makers/blackForestLabs';
import { BYTE_DANCE_MODELS } from '../../../nodes/AiImages/models/makers/byteDance';
import { GOOGLE_MODELS } from '../../../nodes/AiImages/models/makers/google';
import { IDEOGRAM_MODELS } from '../../../nodes/AiImages/models/makers/ideogram';
import { OPENAI_MODELS } from '../../../nodes/AiImages/models/makers/openai';
import { STABILITY_AI_MODELS } from '../../../nodes/AiImages/models/makers/stabilityAi';
import { XAI_MODELS } from '../../../nodes/AiImages/models/makers/xai';

const TABLES: Record<keyof typeof MAKERS, ModelTable> = {
	openai: OPENAI_MODELS,
	google: GOOGLE_MODELS,
	xai: XAI_MODELS,
	blackForestLabs: BLACK_FOREST_LABS_MODELS,
	byteDance: BYTE_DANCE_MODELS,
	alibaba: ALIBABA_MODELS,
	ideogram: IDEOGRAM_MODELS,
	stabilityAi: STABILITY_AI_MODELS,
};
const all: ModelTable = Object.assign({}, ...Object.values(TABLES)) as ModelTable;
const rows = Object.entries(all);
const others = rows.filter(([, { maker }]) => maker !== 'openai');

/** The values of a parameter that takes some of a list; undefined if the row lacks it. */
function valuesOf(row: ModelRow, name: ParameterName): readonly string[] | undefined {
	for (const operation of row.operations) {
		const spec = specOf(row, operation, name);
		if (spec?.kind === 'choice' || spec?.kind === 'size') return spec.values;
		if (spec?.kind === 'boolean') return ['true', 'false'];
	}
	return undefined;
}

describe('the rows of each maker', () => {
	it.each([
		[
			'google',
			'gemini-nano-banana-2.1 gemini-3-pro-image gemini-3.1-flash-image gemini-3.1-flash-lite-image gemini-2.5-flash-image',
		],
		['xai', 'grok-imagine-image-2.0 grok-imagine-image-quality grok-imagine-image'],
		['byteDance', 'seedream-5.0-pro seedream-5.0-lite seedream-4.5 seedream-4.0'],
		[
			'blackForestLabs',
			'flux-2-max flux-2-pro flux-2-flex flux-2-dev flux-2-klein-9b flux-2-klein-4b flux-kontext-max flux-kontext-pro flux-kontext-dev flux-pro-1.0-fill flux-pro-1.1-ultra flux-pro-1.1 flux-1-dev flux-1-schnell',
		],
		[
			'alibaba',
			'qwen-image-3.0-pro qwen-image-3.0 qwen-image-2.0-pro qwen-image-2.0 qwen-image-max qwen-image-plus qwen-image-edit-max qwen-image-edit-plus qwen-image qwen-image-edit wan2.7-image-pro wan2.7-image wan2.6-t2i wan2.6-image wan2.5-t2i-preview wan2.5-i2i-preview wan2.2-t2i-plus wan2.2-t2i-flash z-image-turbo',
		],
		['ideogram', 'ideogram-v3'],
		[
			'stabilityAi',
			'stable-image-ultra stable-image-core stable-image-inpaint sd3.5-large sd3.5-large-turbo sd3.5-medium',
		],
	] as const)('of %s are, in this order: %s', (maker, ids) => {
		expect(Object.keys(TABLES[maker])).toEqual(ids.split(' '));
	});

	it.each(Object.entries(TABLES))('name their maker: %s', (maker, table) => {
		expect(Object.values(table).map((row) => row.maker)).toEqual(
			Object.values(table).map(() => maker),
		);
	});

	it('share no ID and no alias', () => {
		const names = rows.flatMap(([id, { aliases = [] }]) => [id, ...aliases]);
		expect(names).toEqual([...new Set(names)]);
	});

	it('share no name and no summary within their family', () => {
		for (const key of ['displayName', 'summary'] as const) {
			const texts = others.map(([, row]) => `${row.family} ${row[key]}`);
			expect(texts).toEqual([...new Set(texts)]);
		}
	});

	it('include the default of every family', () => {
		for (const [family, { defaultModel }] of Object.entries(FAMILIES)) {
			if (defaultModel)
				expect([defaultModel, all[defaultModel]?.family]).toEqual([defaultModel, family]);
		}
	});
});

describe.each(others)('the row of %s', (id, row) => {
	it('is found by its ID and each of its aliases, in any case', () => {
		for (const name of [id, ...(row.aliases ?? [])]) {
			expect(name).toBe(name.toLowerCase());
			expect(name).not.toMatch(/[/:@\s]/);
			expect(resolveModel(name.toUpperCase(), all)).toEqual({ row, knownAs: id });
		}
	});

	it('cites public documents', () => {
		expect(row.sources.length).toBeGreaterThan(0);
		for (const source of row.sources)
			expect(source).toMatch(/^https:\/\/[^\s]+\.[^\s]+( \(.+\))?$/);
		expect(row.sources).toEqual([...new Set(row.sources)]);
	});

	it('names a day that exists, if its maker shuts it down', () => {
		if (row.shutdown) expect(new Date(row.shutdown).toISOString().slice(0, 10)).toBe(row.shutdown);
	});

	it('takes files if, and only if, it edits', () => {
		expect(row.inputImages !== null).toBe(row.operations.includes('edit'));
		expect(row).toMatchObject({ markup: null, exclusions: [] });
		if (row.mask)
			expect(['ideogram-v3', 'stable-image-inpaint', 'flux-pro-1.0-fill']).toContain(id);
		if (!row.inputImages) return;
		expect(row.inputImages.maxCount).toBeGreaterThan(0);
		expect(row.inputImages.formats).toEqual(expect.arrayContaining(['png', 'jpeg']));
	});

	it('asks for up to ten images', () => {
		for (const operation of row.operations) {
			expect(specOf(row, operation, 'n')).toMatchObject({
				kind: 'integer',
				min: 1,
				max: 10,
				default: 1,
			});
		}
	});

	it('takes a size in pixels, or an aspect ratio, but not both', () => {
		const sized = ['size', 'aspectRatio'].filter((name) => name in row.parameters);
		expect(sized.length).toBe(
			['qwen-image-edit', 'stable-image-inpaint', 'flux-pro-1.0-fill'].includes(id) ? 0 : 1,
		);
		if ('resolution' in row.parameters) expect(sized).toEqual(['aspectRatio']);
	});

	it('has defaults that are among their values, and no value twice', () => {
		for (const spec of Object.values(row.parameters).flat()) {
			if (spec.kind !== 'choice' && spec.kind !== 'size') continue;
			expect(spec.values.length).toBeGreaterThan(1);
			expect(spec.values).toEqual([...new Set(spec.values)]);
			expect([...spec.values, undefined]).toContain(spec.default);
		}
	});

	it('has numbers whose defaults are within their limits', () => {
		for (const spec of Object.values(row.parameters).flat()) {
			if (spec.kind !== 'integer' && spec.kind !== 'number') continue;
			expect(spec.min).toBeLessThan(spec.max ?? Infinity);
			if (spec.default === undefined) continue;
			expect(spec.default).toBeGreaterThanOrEqual(spec.min ?? NaN);
			expect(spec.default).toBeLessThanOrEqual(spec.max ?? Infinity);
		}
	});

	it('names ratios and resolutions as the screen writes them', () => {
		const ratios = valuesOf(row, 'aspectRatio') ?? [];
		for (const ratio of ratios.slice(1)) expect([ratio, parseRatio(ratio)]).not.toContain(null);
		expect(ratios[0] ?? 'auto').toBe('auto');
		for (const resolution of valuesOf(row, 'resolution') ?? []) {
			expect(['512', '1K', '2K', '4K']).toContain(resolution);
		}
	});

	// Alibaba recommends sizes with fewer pixels than others may have.
	const listed = /^wan2\.[56]-t2i/.test(id) ? 'alone' : 'by rule';

	it(`lists sizes that are allowed ${listed}, and words`, () => {
		for (const operation of row.operations) {
			const spec = specOf(row, operation, 'size');
			if (spec?.kind !== 'size') continue;
			for (const value of spec.values) {
				if (!parseSize(value)) expect(['auto', '1K', '2K', '3K', '4K']).toContain(value);
				else if (spec.rule && listed === 'by rule')
					expect(sizeError(value, { ...spec, values: [] })).toBeNull();
			}
		}
	});

	it('is billed by tokens or by images, not by both', () => {
		expect(row.prices !== null && row.imagePrices !== undefined).toBe(false);
		expect(row.outputTokens).toBeNull();
	});
});

describe.each(others.filter(([, row]) => 'seed' in row.parameters))('the seed of %s', (_, row) => {
	it('is left to chance unless one is given', () => {
		for (const operation of row.operations) {
			const seed = specOf(row, operation, 'seed');
			expect(seed).toMatchObject({ kind: 'integer', min: 0 });
			expect(seed).not.toHaveProperty('default');
		}
	});
});

/** Banners are left out: Google's table contradicts what the models make. */
function ratiosWithPixels(row: ModelRow): string[] {
	return (valuesOf(row, 'aspectRatio') ?? []).filter((text) => {
		const ratio = parseRatio(text);
		return ratio !== null && Math.max(ratio, 1 / ratio) < 3;
	});
}

/** The pixels of each ratio, by resolution. */
function pixelsOf(row: ModelRow): RatioSizes | undefined {
	const spec = [row.parameters.aspectRatio ?? []].flat()[0];
	return spec?.kind === 'choice' ? spec.pixels : undefined;
}

describe.each(others.filter(([, row]) => pixelsOf(row)))('the pixels of %s', (_, row) => {
	const tables = Object.entries(pixelsOf(row) ?? {});

	it('are known for each of its resolutions', () => {
		const resolutions = valuesOf(row, 'resolution') ?? ['1K'];
		expect(tables.map(([resolution]) => resolution).sort()).toEqual([...resolutions].sort());
	});

	it.each(tables)('are known for each ratio that is no banner, at %s', (_resolution, sizes) => {
		expect(Object.keys(sizes).sort()).toEqual(ratiosWithPixels(row).sort());
	});

	it.each(tables)('have about the ratio that they belong to, at %s', (_resolution, sizes) => {
		for (const [text, size] of Object.entries(sizes)) {
			const [width, height] = parseSize(size) ?? [NaN, NaN];
			const off = Math.log(width / height / (parseRatio(text) ?? NaN));
			expect([text, Math.abs(off) < 0.03]).toEqual([text, true]);
		}
	});
});

describe.each(others.filter(([, row]) => row.imagePrices))('the prices of %s', (_, row) => {
	const { by = [], perImage = {}, perInputImage = 0 } = row.imagePrices ?? {};

	it('are known for every image that it can be asked for', () => {
		const keys = by.reduce<string[]>(
			(before, name) =>
				before.flatMap((key) =>
					(valuesOf(row, name) ?? []).map((value) => `${key} ${value}`.trim()),
				),
			[''],
		);
		expect(Object.keys(perImage).sort()).toEqual(keys.sort());
	});

	it('are higher for a result than for an input image', () => {
		for (const price of Object.values(perImage)) expect(price).toBeGreaterThan(perInputImage);
	});
});

// https://ai.google.dev/gemini-api/docs/image-generation
it.each([
	['gemini-nano-banana-2.1', '1K', '16:9', '1376x768'],
	['gemini-nano-banana-2.1', '2K', '16:9', '2752x1536'],
	['gemini-3-pro-image', '4K', '1:1', '4096x4096'],
	['gemini-3.1-flash-image', '4K', '21:9', '6336x2688'],
	['gemini-3.1-flash-image', '512', '2:3', '424x632'],
	['gemini-3.1-flash-lite-image', '1K', '4:5', '928x1152'],
	['gemini-2.5-flash-image', '1K', '16:9', '1344x768'],
] as const)('%s makes at %s and %s an image of %s', (id, resolution, ratio, size) => {
	expect(pixelsOf(GOOGLE_MODELS[id])?.[resolution]?.[ratio]).toBe(size);
});

// US dollars per image; https://docs.bfl.ml/quick_start/pricing for FLUX.
it.each([
	['grok-imagine-image-2.0', 'low 1K', 0.04],
	['grok-imagine-image-2.0', 'medium 2K', 0.08],
	['grok-imagine-image-quality', '2K', 0.07],
	['grok-imagine-image', '', 0.02],
	['flux-kontext-max', '', 0.08],
	['flux-kontext-pro', '', 0.04],
	['flux-pro-1.1-ultra', '', 0.06],
	['seedream-4.5', '', 0.04],
	['seedream-4.0', '', 0.03],
	// https://ideogram.ai/features/api-pricing
	['ideogram-v3', 'TURBO', 0.03],
	['ideogram-v3', 'DEFAULT', 0.06],
	['ideogram-v3', 'QUALITY', 0.09],
	// https://platform.stability.ai/pricing, in credits of one cent.
	['stable-image-ultra', '', 0.08],
	['stable-image-core', '', 0.03],
	['stable-image-inpaint', '', 0.05],
	['flux-pro-1.0-fill', '', 0.05],
	['sd3.5-large', '', 0.065],
	['sd3.5-large-turbo', '', 0.04],
	['sd3.5-medium', '', 0.035],
] as const)('%s costs, by %j, $%d', (id, key, price) => {
	expect(all[id]?.imagePrices?.perImage[key]).toBe(price);
});

// US dollars per million tokens; https://ai.google.dev/gemini-api/docs/pricing
it.each([
	['gemini-nano-banana-2.1', [1.5, 30]],
	['gemini-3-pro-image', [2, 120]],
	['gemini-3.1-flash-image', [0.5, 60]],
	['gemini-3.1-flash-lite-image', [0.25, 30]],
	['gemini-2.5-flash-image', [0.3, 30]],
] as const)('%s costs, for text and for images: %j', (id, prices) => {
	const { textInput, imageOutput } = GOOGLE_MODELS[id].prices;
	expect([textInput, imageOutput]).toEqual(prices);
});

it.each([
	['gemini-3.1-flash-image', '2026-10-29'],
	['gemini-2.5-flash-image', '2026-10-02'],
	['gemini-nano-banana-2.1', null],
	['gemini-3-pro-image', null],
	['gemini-3.1-flash-lite-image', null],
] as const)('%s ends: %s', (id, shutdown) => {
	expect(GOOGLE_MODELS[id].shutdown).toBe(shutdown);
});

it.each(['3856x1000', '2560x1440', '4096x4096', '16384x1024'])(
	'Seedream 4.5 takes the free size %s',
	(size) => {
		expect(sizeError(size, BYTE_DANCE_MODELS['seedream-4.5'].parameters.size)).toBeNull();
	},
);

it.each([
	['seedream-4.5', '1024x1024', /at least 3,686,400/],
	['seedream-4.0', '4096x4112', /at most 16,777,216/],
	['seedream-5.0-pro', '4096x4096', /at most 4,194,304/],
	['seedream-4.5', '1K', /WIDTHxHEIGHT.* or 2K, 4K$/],
] as const)('%s does not take %s', (id, size, message) => {
	expect(sizeError(size, BYTE_DANCE_MODELS[id].parameters.size)).toMatch(message);
});

it('FLUX.2 takes only multiples of 16, up to 4 megapixels', () => {
	const { size } = BLACK_FOREST_LABS_MODELS['flux-2-pro'].parameters;
	expect(sizeError('1920x1088', size)).toBeNull();
	expect(sizeError('1920x1080', size)).toMatch(/multiples of 16/);
	expect(sizeError('4096x2048', size)).toMatch(/at most 4,194,304/);
	expect(sizeError('48x48', size)).toMatch(/at least 4,096/);
});
