import { MODELS } from '../../../nodes/AiImages/models';
import { costOf } from '../../../nodes/AiImages/output/cost';
import { OPENAI } from '../../../nodes/AiImages/services/openai';

type Id = keyof typeof MODELS;

const usage = (
	input: [text: number, image: number],
	output: number,
	details: object | null = { image_tokens: output, text_tokens: 0 },
) => ({
	input_tokens: input[0] + input[1],
	input_tokens_details: { text_tokens: input[0], image_tokens: input[1] },
	output_tokens: output,
	...(details ? { output_tokens_details: details } : {}),
});

describe('the cost of a call', () => {
	it.each<[string, object]>([
		['OpenRouter', { cost: 0.04 }],
		['DeepInfra', { estimated_cost: 0.04 }],
		['xAI', { cost_in_usd_ticks: 400_000_000 }],
	])('is what %s bills', (_, used) => {
		expect(costOf({ usage: used }, {}, 'generate', OPENAI.usage)).toBe(0.04);
	});

	// Output tokens of 1024 × 1024: low 196, medium 439, high 1756, max 7024 on GPT Image 2.5; low
	// 272, high 4160 on GPT Image 1.5 and older (the guide’s calculator and its table).
	it.each<[Id, string, object, number]>([
		['gpt-image-2.5-flare', 'low', usage([10, 0], 196), 0.00593],
		['gpt-image-2.5-flare', 'medium', usage([10, 0], 439), 0.01322],
		['gpt-image-2.5-sunburst', 'max', usage([10, 0], 7024), 0.21077],
		['gpt-image-2', 'high, an edit of one image', usage([50, 1024], 7024), 0.219162],
		['gpt-image-2.6-flare', '4K, high', usage([0, 0], 3337), 0.10011],
		['gpt-image-1.5', 'low', usage([10, 0], 272), 0.008754],
		[
			'gpt-image-1.5',
			'with text output',
			usage([10, 0], 372, { image_tokens: 272, text_tokens: 100 }),
			0.009754,
		],
		['gpt-image-1-mini', 'high', usage([10, 0], 4160), 0.0333],
		['gpt-image-1-mini', 'an edit', usage([0, 1000], 272), 0.004676],
		['gpt-image-1', 'high', usage([10, 0], 4160), 0.16645],
		['gpt-image-1', 'an edit', usage([100, 1000], 272), 0.02138],
	])('of %s, %s: %j is %d dollars', (model, _, used, dollars) => {
		expect(costOf({ usage: used }, MODELS[model].prices ?? {}, 'edit', OPENAI.usage)).toBeCloseTo(
			dollars,
			9,
		);
		expect(
			costOf({ usage: used }, MODELS[model].prices ?? {}, 'generate', OPENAI.usage),
		).toBeCloseTo(dollars, 9);
	});

	it('needs no price for what was not used', () => {
		expect(
			costOf({ usage: usage([0, 0], 7) }, { imageOutput: 100 }, 'edit', OPENAI.usage),
		).toBeCloseTo(0.0007, 9);
		expect(
			costOf({ usage: usage([1, 0], 7) }, { imageOutput: 100 }, 'edit', OPENAI.usage),
		).toBeNull();
		expect(
			costOf({ usage: usage([0, 1], 7) }, { imageOutput: 100 }, 'edit', OPENAI.usage),
		).toBeNull();
	});

	it('is computed by the prices that are given', () => {
		const prices = { textInput: 1, imageInput: 10, imageOutput: 100, textOutput: 1000 };
		const used = usage([1, 2], 7, { image_tokens: 3, text_tokens: 4 });
		expect(costOf({ usage: used }, prices, 'edit', OPENAI.usage)).toBeCloseTo(4321 / 1e6, 12);
	});

	it('is nothing where nothing is billed', () => {
		const prices = { textInput: 0, imageInput: 0, imageOutput: 0, textOutput: 0 };
		expect(costOf({ usage: usage([5, 5], 5) }, prices, 'edit', OPENAI.usage)).toBe(0);
	});

	it('completes counts that are not reported in full', () => {
		const { prices } = MODELS['gpt-image-2.5-flare'];
		const generation = { input_tokens: 10, output_tokens: 196 };
		expect(costOf({ usage: generation }, prices, 'generate', OPENAI.usage)).toBeCloseTo(0.00593, 9);
		const streamed = usage([10, 0], 196, null);
		expect(costOf({ usage: streamed }, prices, 'edit', OPENAI.usage)).toBeCloseTo(0.00593, 9);
	});

	it('counts no token twice', () => {
		const used = usage([0, 0], 372, { text_tokens: 100 });
		expect(
			costOf({ usage: used }, MODELS['gpt-image-1.5'].prices, 'edit', OPENAI.usage),
		).toBeCloseTo(0.009704, 9);
	});
});

describe('a cost that is not known', () => {
	const { prices } = MODELS['gpt-image-2.5-flare'];
	const { output_tokens_details: _, ...noDetails } = usage([1, 1], 1);

	it.each<[string, object]>([
		['no usage', {}],
		['usage that is null', { usage: null }],
		['usage that is a text', { usage: 'x' }],
		['empty usage', { usage: {} }],
		[
			'no output',
			{ usage: { input_tokens: 5, input_tokens_details: { text_tokens: 5, image_tokens: 0 } } },
		],
		['input that is not taken apart', { usage: { input_tokens: 5, output_tokens: 5 } }],
		[
			'tokens as texts',
			{
				usage: {
					...usage([1, 1], 1),
					input_tokens_details: { text_tokens: '1', image_tokens: '1' },
				},
			},
		],
		['output without a token', { usage: usage([5, 5], 0) }],
		['tokens below zero', { usage: { ...noDetails, output_tokens: -1 } }],
		[
			'a drawing, whose author is billed apart',
			{ usage: usage([1, 1], 1), svgUsage: { total_tokens: 9 } },
		],
		[
			'text output without a price',
			{ usage: usage([1, 1], 5, { image_tokens: 1, text_tokens: 4 }) },
		],
		['text output beyond the whole', { usage: usage([1, 1], 5, { text_tokens: 9 } as never) }],
		['more dollars than exist', { usage: { cost: 1e305 } }],
		['more tokens than exist', { usage: usage([1, 1], 1e308) }],
		['another count', { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }],
	])('is not guessed: %s', (_title, said) => {
		expect(costOf(said as never, prices, 'edit', OPENAI.usage)).toBeNull();
	});

	it.each(['chatgpt-image-latest', 'dall-e-3', 'dall-e-2'] as const)(
		'is that of a model without token prices: %s',
		(model) => {
			expect(
				costOf({ usage: usage([1, 1], 1) }, MODELS[model].prices ?? {}, 'generate', OPENAI.usage),
			).toBeNull();
		},
	);
});
