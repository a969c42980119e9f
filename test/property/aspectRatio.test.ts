import fc from 'fast-check';
import {
	frameRule,
	MODELS,
	nearestSize,
	parseRatio,
	sizeError,
	RESOLUTIONS,
	type ModelId,
	type SizeSpec,
	resolveModel,
	specOf,
} from '../../nodes/AiImages/models';
import { everyCase, FURTHER_CASES } from './cases';
import { anyCharacter } from './characters';

const sizeOf = (id: string): SizeSpec =>
	specOf(resolveModel(id).row, 'generate', 'size') as SizeSpec;
/** The models that take sizes in pixels. */
const MODEL_IDS = (Object.keys(MODELS) as ModelId[]).filter((id) => sizeOf(id) !== undefined);
const FREE = MODELS['gpt-image-2.5-flare'].parameters.size;
const LISTED = MODEL_IDS.map(sizeOf).filter(({ rule }) => !rule);

const edges = fc.oneof(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 1, max: 5000 }));
const ratios = fc.tuple(edges, edges).map(([width, height]) => width / height);
const pixels = fc.oneof(
	fc.constantFrom(...Object.values(RESOLUTIONS)),
	fc.integer({ min: 1, max: 20_000_000 }),
);

/** Jest looks a global up anew each time, which a loop over all sizes would feel. */
const { abs, log } = Math;

type Sizes = ReadonlyArray<readonly [width: number, height: number]>;

/** A whole image, and frames of animations, with every size that the rule allows, by its shape. */
const RULES = [1, 9, 12, 16].map((cells): [SizeSpec, Sizes] => {
	const rule = cells === 1 ? FREE.rule : frameRule(FREE.rule, cells);
	const steps = Array.from({ length: 240 }, (_, index) => (index + 1) * 16);
	const sizes = steps
		.flatMap((width) => steps.map((height) => [width, height] as const))
		.filter(([width, height]) => width <= 3 * height && height <= 3 * width)
		.filter(([width, height]) => width * height * cells >= 655_360)
		.filter(([width, height]) => width * height * cells <= 8_294_400);
	return [{ ...FREE, rule }, sizes.toSorted(([a, b], [c, d]) => a / b - c / d)];
});

/** How far a size is off; a hundredth of the ratio weighs as much as the whole area. */
const distance = (width: number, height: number, ratio: number, area: number) =>
	100 * abs(log(width / height / ratio)) + abs(log((width * height) / area));

/** The place of the first size that is as wide as a ratio, by halves. */
function firstAtLeast(byShape: Sizes, ratio: number): number {
	let [from, to] = [0, byShape.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		const [width, height] = byShape[middle] as readonly [number, number];
		if (width / height < ratio) from = middle + 1;
		else to = middle;
	}
	return from;
}

const edgesOf = (size = '') => size.split('x').map(Number) as [number, number];

describe('the size for a ratio', () => {
	it('is one that the model supports', () => {
		everyCase(
			fc.property(fc.constantFrom(...MODEL_IDS), ratios, pixels, (model, ratio, area) => {
				const spec = sizeOf(model);
				const size = nearestSize(spec, ratio, area);
				expect(size).toMatch(/^\d+x\d+$/);
				expect(sizeError(size ?? '', spec)).toBeNull();
			}),
		);
	});

	it('is the closest supported size', () => {
		/** From the shape asked for in one direction, for as long as the shape alone is nearer. */
		const leastFrom = (
			byShape: Sizes,
			start: number,
			step: 1 | -1,
			[ratio, area]: readonly [number, number],
		) => {
			let least = Infinity;
			for (let at = start; byShape[at]; at += step) {
				const [width = 0, height = 0] = byShape[at] ?? [];
				if (100 * abs(log(width / height / ratio)) > least) break;
				const off = distance(width, height, ratio, area);
				if (off < least) least = off;
			}
			return least;
		};
		const resolutions = fc.constantFrom(...Object.values(RESOLUTIONS));
		everyCase(
			fc.property(fc.constantFrom(...RULES), ratios, resolutions, ([spec, sizes], ratio, area) => {
				const [width, height] = edgesOf(nearestSize(spec, ratio, area));
				const start = firstAtLeast(sizes, ratio);
				const wanted = [ratio, area] as const;
				const least = Math.min(
					leastFrom(sizes, start, 1, wanted),
					leastFrom(sizes, start - 1, -1, wanted),
				);
				expect(distance(width, height, ratio, area)).toBeLessThanOrEqual(least + 1e-9);
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('is the closest of a list', () => {
		everyCase(
			fc.property(fc.constantFrom(...LISTED), ratios, pixels, (spec, ratio, area) => {
				const [width, height] = edgesOf(nearestSize(spec, ratio, area));
				const listed = spec.values.filter((value) => value !== 'auto').map(edgesOf);
				const least = Math.min(...listed.map(([w, h]) => distance(w, h, ratio, area)));
				expect(distance(width, height, ratio, area)).toBeLessThanOrEqual(least + 1e-9);
			}),
			[],
			FURTHER_CASES,
		);
	});
});

describe('a ratio', () => {
	const numbers = fc.oneof(
		fc.nat().map(String),
		fc.tuple(fc.nat(), fc.nat()).map((parts) => parts.join('.')),
	);
	const spaces = fc.constantFrom('', ' ', '\t ');

	it('is read as width divided by height', () => {
		everyCase(
			fc.property(
				numbers,
				numbers,
				fc.constantFrom(':', '/', 'x'),
				spaces,
				(width, height, sign, space) => {
					const text = `${space}${width}${space}${sign}${space}${height}${space}`;
					const ratio = Number(width) / Number(height);
					expect(parseRatio(text)).toBe(Number.isFinite(ratio) && ratio > 0 ? ratio : null);
				},
			),
			[],
			FURTHER_CASES,
		);
	});

	it('is null or a positive number, for any text', () => {
		const parts = fc.constantFrom('1', '9', '0', '.', ':', '/', 'x', ' ', '-', 'e', '16:9', '∞');
		const texts = fc.oneof(
			fc.array(parts, { maxLength: 400 }).map((each) => each.join('')),
			fc.string({ unit: anyCharacter }),
		);
		everyCase(
			fc.property(texts, (text) => {
				const ratio = parseRatio(text) ?? 1;
				expect(ratio).toBeGreaterThan(0);
				expect(ratio).toBeLessThan(Infinity);
			}),
			[[`${'9'.repeat(400)}:1`], [`1:${'9'.repeat(400)}`]],
		);
	});
});
