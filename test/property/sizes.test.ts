import fc from 'fast-check';
import {
	resolveModel,
	specOf,
	sizeError,
	type ModelId,
	type SizeSpec,
} from '../../nodes/AiImages/models';
import { everyCase, FURTHER_CASES } from './cases';
import { anyCharacter } from './characters';

/** https://developers.openai.com/api/docs/guides/image-generation: which sizes are published. */
const FREE: readonly ModelId[] = [
	'gpt-image-2',
	'gpt-image-2.5-flare',
	'gpt-image-2.5-sunburst',
	'gpt-image-2.6-flare',
	'gpt-image-2.6-sunburst',
];
const CLASSIC = ['auto', '1024x1024', '1536x1024', '1024x1536'];
const LISTED: ReadonlyArray<[ModelId, readonly string[]]> = [
	['chatgpt-image-latest', CLASSIC],
	['gpt-image-1.5', CLASSIC],
	['gpt-image-1-mini', CLASSIC],
	['gpt-image-1', CLASSIC],
	['dall-e-3', ['1024x1024', '1792x1024', '1024x1792']],
	['dall-e-2', ['256x256', '512x512', '1024x1024']],
];

/** What the sentence about a broken rule says, and whether two edges break it. */
const RULES: ReadonlyArray<[said: RegExp, isBroken: (long: number, short: number) => boolean]> = [
	[/multiples of 16/, (long, short) => long % 16 !== 0 || short % 16 !== 0],
	[/at most 3840 px/, (long) => long > 3840],
	[/at most 3 times/, (long, short) => long > 3 * short],
	[/at least 655,360 pixels/, (long, short) => long * short < 655_360],
	[/at most 8,294,400 pixels/, (long, short) => long * short > 8_294_400],
];

const edges = fc.oneof(
	fc.nat({ max: 260 }).map((steps) => steps * 16),
	fc.integer({ min: 1, max: 5000 }),
	fc.constantFrom(15, 16, 17, 512, 1024, 1280, 2160, 3824, 3840, 3841, 3856, 99_999, 999_999),
);
const pairs = fc.oneof(
	fc.tuple(edges, edges),
	// Around three to one.
	fc
		.tuple(fc.integer({ min: 30, max: 82 }), fc.integer({ min: -1, max: 1 }))
		.map(([steps, off]) => {
			const pair: [number, number] = [steps * 48 + off * 16, steps * 16];
			return off === 0 ? pair : (pair.reverse() as [number, number]);
		}),
	// Around the fewest and the most pixels.
	fc
		.tuple(fc.integer({ min: 30, max: 240 }), fc.constantFrom(655_360, 8_294_400), fc.boolean())
		.map(([steps, pixels, above]): [number, number] => {
			const width = steps * 16;
			const height = Math.floor(pixels / width / 16) * 16 + (above ? 16 : 0);
			return [width, height];
		}),
);
const misspelt = fc
	.tuple(
		pairs,
		fc.constantFrom('X', '×', '*', ' x ', 'x0', 'x-', 'x+', '.0x', 'e1x', 'xx', '\n', ''),
	)
	.map(([[width, height], between]) => `${width}${between}${height}`);
const texts = fc.oneof(
	{ weight: 6, arbitrary: pairs.map((pair) => pair.join('x')) },
	misspelt,
	fc.constantFrom('auto', 'AUTO', ' auto', ...LISTED.flatMap(([, values]) => values)),
	fc.string({ unit: anyCharacter, maxLength: 12 }),
);

const sizeOf = (model: string): SizeSpec =>
	specOf(resolveModel(model).row, 'generate', 'size') as SizeSpec;

/** Two whole numbers as JavaScript writes them, with an `x` between; the longer one first. */
function edgesOf(text: string): [long: number, short: number] | null {
	const numbers = text.split('x');
	const isPlain = (part: string) => String(parseInt(part, 10)) === part && parseInt(part, 10) > 0;
	if (numbers.length !== 2 || !numbers.every(isPlain)) return null;
	const [long = 0, short = 0] = numbers.map(Number).sort((a, b) => b - a);
	return [long, short];
}

describe('a free size', () => {
	it('is accepted only if it obeys the published rule', () => {
		everyCase(
			fc.property(texts, fc.constantFrom(...FREE), (text, model) => {
				const found = edgesOf(text);
				const isLegal = found
					? RULES.every(([, isBroken]) => !isBroken(...found))
					: text === 'auto';
				expect(sizeError(text, sizeOf(model)) === null).toBe(isLegal);
			}),
		);
	});

	it('is rejected with exactly the parts of the rule that it breaks', () => {
		everyCase(
			fc.property(pairs, fc.constantFrom(...FREE), ([width, height], model) => {
				const text = `${width}x${height}`;
				const found = edgesOf(text);
				fc.pre(found !== null && Math.max(width, height) < 1_000_000);
				const refusal = sizeError(text, sizeOf(model)) ?? '';
				const said = RULES.map(([sentence]) => sentence.test(refusal));
				expect(said).toEqual(RULES.map(([, isBroken]) => isBroken(...found)));
			}),
			[],
			FURTHER_CASES,
		);
	});
});

describe('a size from a list', () => {
	it('is accepted only if it is published', () => {
		everyCase(
			fc.property(texts, fc.constantFrom(...LISTED), (text, [model, published]) => {
				expect(sizeError(text, sizeOf(model)) === null).toBe(published.includes(text));
			}),
			[],
			FURTHER_CASES,
		);
	});
});
