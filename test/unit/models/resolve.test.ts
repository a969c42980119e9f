import { MODELS, UNVALIDATED_MODEL, resolveModel } from '../../../nodes/AiImages/models';

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
		'black-forest-labs/flux-1.1-pro',
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
