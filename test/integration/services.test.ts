import type { INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';

import { pressTest } from '../helpers/credentialTest';
import { useEngine } from '../helpers/engine';
import { picture } from '../helpers/pictures';
import { useService } from '../image-service/helpers';

const KEY = 'key-0123456789abcdefghij';
const engine = useEngine();
const service = useService({ apiKey: KEY });

/** Where the profile of each service is, behind the host. */
const ADDRESSES: Readonly<Record<string, string>> = {
	ark: 'ark/api/v3',
	azure: 'azure',
	blackForestLabs: 'bfl',
	bytePlus: 'ark/api/v3',
	chat: 'chat',
	compatible: 'v1',
	dashScope: 'dashscope',
	fal: 'fal',
	google: 'google',
	ideogram: 'ideogram',
	openai: 'v1',
	openRouter: 'openrouter/api/v1',
	replicate: 'replicate/v1',
	stabilityAi: 'stability',
	together: 'together',
	vercel: 'vercel',
	xai: 'xai',
};

const credentials = (name: string, others: Record<string, string> = {}) => ({
	service: name,
	apiKey: KEY,
	[`${name}BaseUrl`]: `${service.url}/${ADDRESSES[name]}`,
	...others,
});

let image: Buffer;
beforeAll(async () => {
	image = await picture({ width: 64, height: 64 });
});

async function run(name: string, parameters: INodeParameters, onError?: 'continueRegularOutput') {
	const file = { data: image, mimeType: 'image/png', fileName: 'photo.png' };
	const result = await engine.runWorkflow({
		parameters: { prompt: 'A lighthouse', ...parameters },
		items: [{ binary: { data: file } }],
		credentials: credentials(name),
		...(onError ? { onError } : {}),
	});
	return { ...result, items: result.outputs[0] ?? [] };
}

const FLUX = { family: 'flux', model: 'flux-2-pro', sizeType: 'preset', size: '1024x1024' };
/** With the defaults of all fields. */
const FLUX_AS_IT_IS = { family: 'flux', model: 'flux-2-pro' };
const GPT_IMAGE = { model: 'gpt-image-2' };
const IDEOGRAM = { family: 'ideogram', model: 'ideogram-v3' };
const SD35 = { family: 'stable-image', model: 'sd3.5-large' };
const ULTRA = { family: 'stable-image', model: 'stable-image-ultra' };
const GEMINI = { family: 'gemini', model: 'gemini-3-pro-image' };

describe('a workflow moves by its credential alone', () => {
	it.each([
		['FLUX.2', 'openRouter', FLUX, 'black-forest-labs/flux.2-pro'],
		['FLUX.2', 'chat', FLUX_AS_IT_IS, 'flux-2-pro'],
		['FLUX.2', 'blackForestLabs', FLUX, 'flux-2-pro'],
		['FLUX.2 as it is', 'blackForestLabs', FLUX_AS_IT_IS, 'flux-2-pro'],
		['FLUX.2 as it is', 'openRouter', FLUX_AS_IT_IS, 'black-forest-labs/flux.2-pro'],
		['FLUX.2 as it is', 'together', FLUX_AS_IT_IS, 'black-forest-labs/FLUX.2-pro'],
		['FLUX.2 as it is', 'vercel', FLUX_AS_IT_IS, 'bfl/flux-2-pro'],
		['FLUX.2', 'fal', FLUX, 'fal-ai/flux-2-pro'],
		['FLUX.2 as it is', 'fal', FLUX_AS_IT_IS, 'fal-ai/flux-2-pro'],
		['GPT Image', 'fal', GPT_IMAGE, 'openai/gpt-image-2'],
		['Gemini', 'fal', GEMINI, 'fal-ai/nano-banana-pro'],
		['FLUX.2 as it is', 'replicate', FLUX_AS_IT_IS, 'black-forest-labs/flux-2-pro'],
		['GPT Image', 'openRouter', GPT_IMAGE, 'openai/gpt-image-2'],
		['FLUX.2', 'replicate', FLUX, 'black-forest-labs/flux-2-pro'],
		['FLUX.2', 'together', FLUX, 'black-forest-labs/FLUX.2-pro'],
		['FLUX.2', 'vercel', FLUX, 'bfl/flux-2-pro'],
		['Gemini', 'google', GEMINI, 'gemini-3-pro-image'],
		['Gemini', 'openRouter', GEMINI, 'google/gemini-3-pro-image'],
		['Gemini', 'together', GEMINI, 'google/gemini-3-pro-image'],
		['Gemini', 'vercel', GEMINI, 'google/gemini-3-pro-image'],
		['Gemini', 'chat', GEMINI, 'gemini-3-pro-image'],
		['Ideogram', 'ideogram', IDEOGRAM, 'ideogram-v3'],
		['Stable Diffusion', 'stabilityAi', SD35, 'sd3.5-large'],
		['Stable Image', 'stabilityAi', ULTRA, 'stable-image-ultra'],
	])('%s to %s', async (_, name, parameters, sent) => {
		for (const operation of ['generate', 'edit']) {
			const { error, items } = await run(name, { ...parameters, operation });
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(items[0]?.json).toMatchObject({ model: sent, operation, prompt: 'A lighthouse' });
			expect(items[0]?.binary?.data?.mimeType).toMatch(/^image\//);
		}
	});

	it.each([
		[
			'xai',
			GEMINI,
			"'Model': Nano Banana Pro isn't available from xAI. Choose another model, or use a credential for fal, Google Gemini, OpenRouter, Replicate, Together AI, Vercel AI Gateway, an OpenAI-compatible server or a chat server that makes images",
		],
		[
			'stabilityAi',
			IDEOGRAM,
			"'Model': Ideogram 3.0 isn't available from Stability AI. Choose another model, or use a credential for Ideogram, an OpenAI-compatible server or a chat server that makes images",
		],
		[
			'google',
			FLUX,
			"'Model': FLUX.2 Pro isn't available from Google Gemini. Choose another model, or use a credential for Black Forest Labs, fal, OpenRouter, Replicate, Together AI, Vercel AI Gateway, an OpenAI-compatible server or a chat server that makes images",
		],
		[
			'together',
			{ ...GEMINI, aspectRatio: '16:9' },
			"'Aspect Ratio' isn't supported by Together AI. Remove it, or use a credential for fal, Google Gemini, OpenRouter, Replicate, Vercel AI Gateway, an OpenAI-compatible server or a chat server that makes images",
		],
		[
			'vercel',
			{ ...FLUX, options: { seed: 7 } },
			"'Seed' isn't supported by Vercel AI Gateway. Remove it, or use a credential for Black Forest Labs, fal, OpenRouter, Replicate, Together AI, an OpenAI-compatible server or a chat server that makes images",
		],
		[
			'azure',
			{ ...GPT_IMAGE, outputFormat: 'webp' },
			"'Output Format' \"webp\" isn't supported by Azure OpenAI. Choose another value",
		],
		[
			'openRouter',
			{ family: 'seedream', model: 'seedream-5.0-lite', size: '3K' },
			"'Size' \"3K\" isn't supported by OpenRouter. Choose another value",
		],
		[
			'fal',
			{ family: 'gemini', model: 'gemini-nano-banana-2.1' },
			"'Model': Nano Banana 2.1 isn't available from fal. Choose another model, or use a credential for Google Gemini, OpenRouter, Vercel AI Gateway, an OpenAI-compatible server or a chat server that makes images",
		],
		[
			'fal',
			{ family: 'seedream', model: 'seedream-5.0-lite', size: '4K' },
			"'Size' \"4K\" isn't supported by fal. Choose another value",
		],
		[
			'fal',
			{ family: 'flux', model: 'flux-2-dev', sizeType: 'custom', width: 256, height: 1024 },
			"'Width' and 'Height' \"256x1024\" aren't supported by fal. Choose another value",
		],
		[
			'together',
			{ family: 'seedream', model: 'seedream-4.0', size: '4K' },
			"'Size' \"4K\" isn't supported by Together AI. Choose another value",
		],
	])('to %s with one sentence before anything is sent: %j', async (name, parameters, message) => {
		const { error } = await run(name, parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toContain('No request was sent');
		expect(await service.requests()).toEqual([]);
	});

	it('and a mask is refused by name, with who takes it', async () => {
		const mask = { image: { source: 'binary', binaryField: 'data' } };
		const { error } = await run('xai', {
			operation: 'edit',
			family: 'other',
			modelId: { __rl: true, mode: 'id', value: 'grok-imagine-9' },
			options: { mask },
		});
		expect(error?.message).toBe(
			"'Mask' isn't supported by xAI. Remove it, or use a credential for OpenAI, Azure OpenAI, Ideogram or an OpenAI-compatible server",
		);
		expect(await service.requests()).toEqual([]);
	});

	it('and what makes no difference is left out with a warning', async () => {
		const { items } = await run('openRouter', {
			model: 'gpt-image-2',
			options: { moderation: 'low' },
		});
		expect(items[0]?.json.warnings).toEqual([
			"'Moderation' was not sent because OpenRouter doesn't support it",
		]);
	});

	it.each(['in-images', 'constructor', 'toString', '__proto__'])(
		'and an ID that nobody knows passes: %s',
		async (value) => {
			const set = { family: 'other', modelId: { __rl: true, mode: 'id', value } };
			await run('openRouter', set);
			const [request] = await service.requests();
			expect(request?.fields).toMatchObject({ model: value });
		},
	);

	it('and a size or ratio that is left to the model is not sent', async () => {
		await run('compatible', FLUX_AS_IT_IS);
		await run('compatible', { ...GEMINI, aspectRatio: 'auto' });
		const [flux, gemini] = (await service.requests()).map(({ fields }) => fields);
		expect(flux).not.toHaveProperty('size');
		expect(gemini).not.toHaveProperty('aspect_ratio');
	});
});

describe('a split request', () => {
	it('has another seed for each image', async () => {
		const { items } = await run('google', { ...GEMINI, n: 3, options: { seed: 7 } });
		expect(items).toHaveLength(3);
		const seeds = (await service.requests()).map(({ fields }) => {
			return (fields as { generationConfig: { seed: number } }).generationConfig.seed;
		});
		expect(seeds.sort()).toEqual([7, 8, 9]);
	});
});

describe('the cost', () => {
	it.each([
		['openRouter', GEMINI, 0.04],
		['xai', { family: 'grok-imagine', model: 'grok-imagine-image-2.0' }, 0.02],
		['google', GEMINI, 0.13442],
		['bytePlus', { family: 'seedream', model: 'seedream-4.0' }, 0.03],
		['ideogram', { family: 'ideogram', model: 'ideogram-v3', renderingSpeed: 'QUALITY' }, 0.09],
		['stabilityAi', { family: 'stable-image', model: 'sd3.5-large' }, 0.065],
	])('is what %s reports, else by the prices of the model', async (name, parameters, cost) => {
		const { items, error } = await run(name, parameters);
		expect(error).toBeUndefined();
		expect(items[0]?.json.costUsd).toBeCloseTo(cost, 6);
	});
});

describe('Gemini', () => {
	it('delivers no drafts, although they come first and say so behind their data', async () => {
		const extraFields = JSON.stringify({
			generationConfig: { thinkingConfig: { includeThoughts: true } },
		});
		const { items, error } = await run('google', { ...GEMINI, options: { extraFields } });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ width: 1024, height: 1024 });
		expect(items[0]?.json.warnings).toBeUndefined();
		expect(String(items[0]?.json.fileName)).not.toMatch(/-2\./);
	});

	it.each([
		['refuse: PROHIBITED_CONTENT', /PROHIBITED_CONTENT/],
		['finish: IMAGE_SAFETY', /Unable to show the generated image/],
		['finish: NO_IMAGE', /Unable to show the generated image/],
		['words only', /I can only describe this picture/],
	])('explains a refusal with status 200: %s', async (prompt, message) => {
		const { error } = await run('google', { ...GEMINI, prompt });
		expect(error?.message).toMatch(message);
		expect(await service.requests()).toHaveLength(1);
	});
});

it('explains an error that OpenRouter reports with status 200', async () => {
	const { error } = await run('openRouter', { ...GEMINI, prompt: 'error in 200: 402' });
	expect(error?.message).toContain('Insufficient credits');
	expect(error?.description).toMatch(/credit/);
});

it('explains what xAI blocked', async () => {
	const parameters = { family: 'grok-imagine', model: 'grok-imagine-image', prompt: 'refuse' };
	const { error } = await run('xai', parameters);
	expect(error?.description).toMatch(/safety system refused/);
});

it('explains what Seedream censored', async () => {
	const parameters = { family: 'seedream', model: 'seedream-4.0', prompt: 'censor' };
	const { error } = await run('ark', parameters);
	expect(error?.description).toMatch(/safety system refused/);
});

describe('a mask without transparency', () => {
	it('is sent as one with it: what is white becomes transparent', async () => {
		const half = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#000' } })
			.composite([
				{
					input: { create: { width: 32, height: 64, channels: 3, background: '#fff' } },
					left: 0,
					top: 0,
				},
			])
			.png()
			.toBuffer();
		const file = (data: Buffer) => ({ data, mimeType: 'image/png', fileName: 'a.png' });
		const { error, outputs } = await engine.runWorkflow({
			parameters: {
				operation: 'edit',
				model: 'gpt-image-2',
				prompt: 'A door',
				options: { mask: { image: { source: 'binary', binaryField: 'mask' } } },
			},
			items: [{ binary: { data: file(image), mask: file(half) } }],
			credentials: credentials('openai'),
		});
		expect(error).toBeUndefined();
		// The image service refuses masks without alpha, and draws only where they are transparent.
		const { id } = outputs[0]?.[0]?.binary?.data ?? {};
		expect(id).toBeDefined();
	});
});

describe('the test button', () => {
	const names = Object.keys(ADDRESSES).filter((name) => name !== 'chat');

	it.each(names)('of %s accepts the key', async (name) => {
		expect(await pressTest(credentials(name))).toMatchObject({ status: 'OK' });
	});

	it.each([
		['fal', /^fal rejected the API key/],
		['google', /^Google Gemini rejected the API key/],
		['dashScope', /^Alibaba DashScope rejected the API key/],
		['xai', /^xAI rejected the API key/],
		['openRouter', /^OpenRouter rejected the API key/],
		['together', /^Together AI rejected the API key/],
		['vercel', /^Vercel AI Gateway rejected the API key/],
		['azure', /^Azure OpenAI rejected the API key/],
		['ideogram', /^Ideogram rejected the API key/],
		['stabilityAi', /^Stability AI rejected the API key/],
	])('of %s names the service that refused it', async (name, message) => {
		const result = await pressTest(credentials(name, { apiKey: 'wrong-0123456789' }));
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
		expect(result.message).not.toContain('wrong-0123456789');
	});
});
