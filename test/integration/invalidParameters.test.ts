import type { INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { useImagesApi } from '../helpers/imagesApi';
import { expectRefusal, type Refusal } from '../helpers/refusals';

const engine = useEngine();
const api = useImagesApi();

const generate = (model: string, more: INodeParameters = {}): INodeParameters => ({
	operation: 'generate',
	model,
	prompt: 'A cat',
	...more,
});

const CASES: Array<Refusal & { title: string }> = [
	{
		title: 'an empty prompt',
		parameters: generate('gpt-image-1.5', { prompt: '={{ "" }}' }),
		problems: [/^'Prompt' is empty$/],
	},
	{
		title: 'a prompt of spaces',
		parameters: generate('gpt-image-1.5', { prompt: ' \n' }),
		problems: [/^'Prompt' is empty/],
	},
	{
		title: 'a prompt that is no text',
		parameters: generate('gpt-image-1.5', { prompt: '={{ ({ a: 1 }) }}' }),
		problems: [/^'Prompt' \{"a":1\} isn't supported .* Use a string of up to 32,000 characters$/],
	},
	...(
		[
			['gpt-image-2.5-flare', 32_000],
			['gpt-image-1.5', 32_000],
			['dall-e-3', 4000],
			['dall-e-2', 1000],
		] as const
	).map(([model, most]) => ({
		title: `a prompt that is too long for ${model}`,
		parameters: generate(model, { prompt: 'x'.repeat(most + 1) }),
		problems: [
			new RegExp(
				`^'Prompt' "x{49}… \\(${(most + 1).toLocaleString('en-US')} characters\\) isn't supported by ${model}\\. Use a string of up to ${most.toLocaleString('en-US')} characters$`,
			),
		],
	})),
	{
		title: 'several problems at once',
		parameters: generate('gpt-image-1.5', { prompt: ' ', n: 11, quality: 'hd', size: '256x256' }),
		problems: [
			/^'Prompt' is empty/,
			/^'Number of Images' 11 isn't supported by gpt-image-1\.5\. Use a whole number from 1 to 10$/,
			/^'Size' "256x256" isn't supported by gpt-image-1\.5\. Use one of: auto, 1024x1024, 1536x1024, 1024x1536\. It might be left over from another model$/,
			/^'Quality' "hd" isn't supported by gpt-image-1\.5\. Use one of: auto, low, medium, high\. It might be left over from another model$/,
		],
	},
	{
		title: 'a free size that breaks the rules',
		parameters: generate('gpt-image-2.5-flare', { sizeType: 'custom', width: 4000, height: 100 }),
		problems: [
			/^'Width' and 'Height' "4000x100" aren't supported by .* multiples of 16; .* 3840 px; .* 3 times .*; .* at least 655,360/,
		],
	},
	{
		title: 'a size that another model left behind',
		parameters: generate('dall-e-3', { size: '2048x2048' }),
		problems: [/^'Size' "2048x2048" isn't supported by dall-e-3\. Use one of: 1024x1024, /],
	},
	{
		title: 'a transparent JPEG',
		parameters: generate('gpt-image-1.5', { background: 'transparent', outputFormat: 'jpeg' }),
		problems: [
			/^'Background' "transparent" can't be used together with 'Output Format' "jpeg", because JPEG has no/,
		],
	},
	{
		title: 'half an image',
		parameters: generate('gpt-image-1.5', { n: '={{ 1.5 }}' }),
		problems: [/^'Number of Images' 1\.5 isn't supported/],
	},
	{
		title: 'a model that is not in the list',
		parameters: generate('gpt-image-7'),
		problems: [/^'Model' "gpt-image-7" isn't a GPT Image model\. Set 'Model Family' to Other/],
	},
	{
		title: 'an empty model ID',
		parameters: {
			operation: 'generate',
			family: 'other',
			modelId: { __rl: true, mode: 'id', value: '={{ "" }}' },
			prompt: 'A cat',
		},
		problems: [/^'Model ID' is empty/],
	},
];

describe('an item', () => {
	it.each(CASES)('is refused for $title', async (refusal) => {
		await expectRefusal(engine, api, refusal);
	});
});
