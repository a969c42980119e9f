import {
	IMAGE_WORDS,
	MODELS,
	UNVALIDATED_MODEL,
	resolveModel,
	type ModelTable,
} from '../../../nodes/AiImages/models';
import { ALIBABA_MODELS } from '../../../nodes/AiImages/models/makers/alibaba';
import { BLACK_FOREST_LABS_MODELS } from '../../../nodes/AiImages/models/makers/blackForestLabs';
import { BYTE_DANCE_MODELS } from '../../../nodes/AiImages/models/makers/byteDance';
import { GOOGLE_MODELS } from '../../../nodes/AiImages/models/makers/google';
import { XAI_MODELS } from '../../../nodes/AiImages/models/makers/xai';

describe('an id that is in the table', () => {
	it.each([
		['gpt-image-2.5-flare', 'gpt-image-2.5-flare'],
		['gpt-image-1.5', 'gpt-image-1.5'],
		['gpt-image-1', 'gpt-image-1'],
		['gpt-image-1-mini', 'gpt-image-1-mini'],
		['gpt-image-2', 'gpt-image-2'],
		['gpt-image-2.6-flare', 'gpt-image-2.6-flare'],
		['gpt-image-2.6-sunburst', 'gpt-image-2.6-sunburst'],
		['gpt-image-2.5-sunburst', 'gpt-image-2.5-sunburst'],
		['chatgpt-image-latest', 'chatgpt-image-latest'],
		['openai/gpt-image-2-2026-04-21', 'gpt-image-2'],
		['gpt-image-2.5-sunburst-2026-09-08', 'gpt-image-2.5-sunburst'],
		['gpt-image-2-all', 'gpt-image-2'],
		['gpt-image-2-vip', 'gpt-image-2'],
		['gpt-image-2.6-flare-2026-11-04-official', 'gpt-image-2.6-flare'],
		['dall-e-3', 'dall-e-3'],
		['dall-e-2', 'dall-e-2'],
		['openai/gpt-image-2.5-flare', 'gpt-image-2.5-flare'],
		['azure/openai/gpt-image-1.5', 'gpt-image-1.5'],
		['openrouter/openai/dall-e-3', 'dall-e-3'],
		['gpt-image-2.5-flare-2026-09-08', 'gpt-image-2.5-flare'],
		['gpt-image-1.5-2025-12-16', 'gpt-image-1.5'],
		['gpt-image-1.5-20251216', 'gpt-image-1.5'],
		['gpt-image-2.5-flare-all', 'gpt-image-2.5-flare'],
		['gpt-image-1.5-vip', 'gpt-image-1.5'],
		['dall-e-3-official', 'dall-e-3'],
		['gpt-image-2.5-flare:free', 'gpt-image-2.5-flare'],
		['gpt-image-1.5@eu-west', 'gpt-image-1.5'],
		['openai/gpt-image-2.5-flare-2026-09-08', 'gpt-image-2.5-flare'],
		['openai/gpt-image-2.5-flare-2026-09-08:free', 'gpt-image-2.5-flare'],
		['gpt-image-2.5-flare-2026-09-08-all', 'gpt-image-2.5-flare'],
		['GPT-Image-2.5-Flare', 'gpt-image-2.5-flare'],
		['OpenAI/DALL-E-3', 'dall-e-3'],
		['  gpt-image-1.5\n', 'gpt-image-1.5'],
	])('is recognized: %s', (id, knownAs) => {
		const resolved = resolveModel(id);
		expect(resolved.knownAs).toBe(knownAs);
		expect(resolved.row).toBe(MODELS[knownAs as keyof typeof MODELS]);
	});
});

describe('any other id', () => {
	it.each([
		'gpt-image-3',
		'gpt-image-2.5-nova',
		'gpt-image-2.5',
		'gpt-image-2.5-flareX',
		'gpt-image-2.5-flare-finetune',
		'my-gpt-image-2.5-flare-finetune',
		'my-gpt-image-2.5-flare',
		'gpt-image-1.5-mini',
		'gpt-image-1-minimal',
		'gpt-image-2.6',
		'gpt-image-2.6-all',
		'gpt-image-22',
		'chatgpt-image',
		'gpt-image-1.55',
		'dall-e-33',
		'dall-e',
		'dall-e-2-inpainting',
		'gpt-image-1.5-2025',
		'gpt-image-1.5/lora',
		'sdxl',
		'',
		'/',
		'constructor',
		'__proto__',
		'toString',
	])('gets the permissive row: %j', (id) => {
		expect(resolveModel(id)).toEqual({ row: UNVALIDATED_MODEL, knownAs: null });
	});
});

describe('an id that belongs to a longer one', () => {
	const table = { 'vendor/example': MODELS['dall-e-3'], 'example-all': MODELS['dall-e-2'] };

	it.each([
		['vendor/example', 'vendor/example'],
		['example-all', 'example-all'],
		['vendor/example-all', 'example-all'],
		['example', null],
	])('is matched as a whole first: %s is %s', (id, knownAs) => {
		expect(resolveModel(id, table).knownAs).toBe(knownAs);
	});
});

describe("an id of another maker's model", () => {
	const table: ModelTable = {
		...MODELS,
		...GOOGLE_MODELS,
		...XAI_MODELS,
		...BYTE_DANCE_MODELS,
		...BLACK_FOREST_LABS_MODELS,
		...ALIBABA_MODELS,
	};

	it.each([
		// Google, its preview IDs, LiteLLM, gateways and relays.
		['gemini-nano-banana-2.1', 'gemini-nano-banana-2.1'],
		['models/gemini-nano-banana-2.1', 'gemini-nano-banana-2.1'],
		['google/gemini-nano-banana-2.1', 'gemini-nano-banana-2.1'],
		['vertexai/gemini-nano-banana-2.1', 'gemini-nano-banana-2.1'],
		['publishers/google/models/gemini-3-pro-image', 'gemini-3-pro-image'],
		['google/gemini-3-pro-image', 'gemini-3-pro-image'],
		['gemini/gemini-3-pro-image', 'gemini-3-pro-image'],
		['vertex_ai/gemini-3-pro-image', 'gemini-3-pro-image'],
		['gemini-3-pro-image-preview', 'gemini-3-pro-image'],
		['google/gemini-3-pro-image-preview', 'gemini-3-pro-image'],
		['models/nano-banana-pro-preview', 'gemini-3-pro-image'],
		['nano-banana-pro', 'gemini-3-pro-image'],
		['google/gemini-3.1-flash-image-preview', 'gemini-3.1-flash-image'],
		['nano-banana-2', 'gemini-3.1-flash-image'],
		['google/nano-banana-2-lite', 'gemini-3.1-flash-lite-image'],
		['google/gemini-2.5-flash-image', 'gemini-2.5-flash-image'],
		['google/gemini-2.5-flash-image-preview:free', 'gemini-2.5-flash-image'],
		['google/flash-image-2.5', 'gemini-2.5-flash-image'],
		['nano-banana', 'gemini-2.5-flash-image'],
		// xAI, OpenRouter, Vercel.
		['x-ai/grok-imagine-image-2.0', 'grok-imagine-image-2.0'],
		['spacexai/grok-imagine-image-2.0', 'grok-imagine-image-2.0'],
		['spacexai/grok-imagine-image', 'grok-imagine-image'],
		['xai/grok-imagine-image-pro', 'grok-imagine-image-quality'],
		['grok-imagine-image-pro', 'grok-imagine-image-quality'],
		['grok-imagine-image-quality-latest', 'grok-imagine-image-quality'],
		['grok-imagine-image-quality-20260403', 'grok-imagine-image-quality'],
		['grok-imagine-image-2026-03-02', 'grok-imagine-image'],
		// Volcengine, BytePlus, OpenRouter, Vercel.
		['dola-seedream-5-0-pro-260628', 'seedream-5.0-pro'],
		['bytedance/seedream-5.0-pro', 'seedream-5.0-pro'],
		['seedream-5-0-260128', 'seedream-5.0-lite'],
		['seedream-5-0-lite-260128', 'seedream-5.0-lite'],
		['doubao-seedream-5-0-lite-260128', 'seedream-5.0-lite'],
		['bytedance/seedream-5.0-lite', 'seedream-5.0-lite'],
		['seedream-4-5-251128', 'seedream-4.5'],
		['doubao-seedream-4-5-251128', 'seedream-4.5'],
		['bytedance-seed/seedream-4.5', 'seedream-4.5'],
		['doubao-seedream-4.5', 'seedream-4.5'],
		['seedream-4-0-250828', 'seedream-4.0'],
		['doubao-seedream-4-0-250828', 'seedream-4.0'],
		['bytedance/seedream-4.0', 'seedream-4.0'],
		['ByteDance/Seedream-4', 'seedream-4.0'],
		['ByteDance-Seed/Seedream-4.0', 'seedream-4.0'],
		// Black Forest Labs, Together, OpenRouter, Vercel.
		['black-forest-labs/FLUX.2-max', 'flux-2-max'],
		['black-forest-labs/FLUX.2-pro', 'flux-2-pro'],
		['black-forest-labs/flux.2-pro', 'flux-2-pro'],
		['bfl/flux-2-pro', 'flux-2-pro'],
		['black-forest-labs/flux-2-pro-preview', 'flux-2-pro'],
		['black-forest-labs/FLUX.2-flex', 'flux-2-flex'],
		['black-forest-labs/FLUX.2-dev', 'flux-2-dev'],
		['@cf/black-forest-labs/flux-2-dev', 'flux-2-dev'],
		['black-forest-labs/flux.2-klein-4b', 'flux-2-klein-4b'],
		['black-forest-labs/FLUX.2-klein-9B', 'flux-2-klein-9b'],
		['black-forest-labs/FLUX.1-kontext-pro', 'flux-kontext-pro'],
		['black-forest-labs/FLUX.1-Kontext-max', 'flux-kontext-max'],
		['black-forest-labs/FLUX.1-kontext-dev', 'flux-kontext-dev'],
		['black-forest-labs/FLUX.1.1-pro', 'flux-pro-1.1'],
		['black-forest-labs/flux-1.1-pro', 'flux-pro-1.1'],
		['black-forest-labs/flux-1.1-pro-ultra', 'flux-pro-1.1-ultra'],
		['bfl/flux-pro-1.1-ultra', 'flux-pro-1.1-ultra'],
		['black-forest-labs/FLUX.1-dev', 'flux-1-dev'],
		['black-forest-labs/FLUX.1-schnell', 'flux-1-schnell'],
		['black-forest-labs/FLUX.1-schnell-Free', 'flux-1-schnell'],
		['prodia/flux-fast-schnell', 'flux-1-schnell'],
		// Together, SiliconFlow.
		['Qwen/Qwen-Image', 'qwen-image'],
		['Qwen/Qwen-Image-Edit', 'qwen-image-edit'],
		['qwen-image-2.0-pro-2026-04-22', 'qwen-image-2.0-pro'],
		['alibaba/wan2.6-image', 'wan2.6-image'],
	])('is recognized: %s is %s', (id, knownAs) => {
		expect(resolveModel(id, table)).toEqual({ row: table[knownAs], knownAs });
	});

	it.each([
		'gemini-3-pro',
		'gemini-3-pro-image-4k',
		'gemini-3.1-flash',
		'gemini-2.5-flash',
		'gemini-nano-banana',
		'nano-banana-3',
		'nano-banana-pro-2',
		'imagen-4.0-generate-001',
		'grok-imagine-image-3.0',
		'grok-imagine-video',
		'grok-2-image',
		'seedream-5.5',
		'seedream-4.5-edit',
		'seedream-3-0-t2i-250415',
		'doubao-seededit-3-0-i2i-250628',
		'doubao-gpt-image-2',
		'seedream-4-5-2511',
		'flux-2-pro-lora',
		'flux-2',
		'flux.2-klein-4b-base',
		'flux.1-krea-dev',
		'flux.1-dev-lora',
		'flux-pro-1.0-expand',
		'bfl/flux-3-image',
		'fal-ai/flux-2-pro/edit',
		'my-flux-2-pro',
		'qwen-image-layered',
		'qwen-image-2.1-pro',
		'Qwen/Qwen-Image-Edit-2509',
		'wan2.7-t2v',
	])('is not confused with another: %s', (id) => {
		expect(resolveModel(id, table)).toEqual({ row: UNVALIDATED_MODEL, knownAs: null });
	});

	it('belongs to an image model, as far as its words tell', () => {
		const names = Object.entries(table).flatMap(([id, { aliases = [] }]) => [id, ...aliases]);
		expect(names.filter((name) => !IMAGE_WORDS.test(name))).toEqual([]);
	});
});

describe('an alias', () => {
	const row = MODELS['dall-e-2'];
	const table: ModelTable = { first: { ...row, aliases: ['second'] }, second: row };

	it("does not hide a row's own ID", () => {
		expect(resolveModel('second', table)).toEqual({ row, knownAs: 'second' });
	});

	it('is known only to tables that have it', () => {
		expect(resolveModel('second', { first: table['first'] as typeof row }).knownAs).toBe('first');
		expect(resolveModel('second').knownAs).toBeNull();
	});
});
