import type { INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { useImagesApi } from '../helpers/imagesApi';

const engine = useEngine();
const api = useImagesApi();

/** The text of the request that these parameters make. */
async function sent(model: string, parameters: INodeParameters = {}): Promise<string> {
	const run = await engine.runWorkflow({
		parameters: { operation: 'generate', model, prompt: 'A cat', ...parameters },
		credentials: api.credentials,
	});
	expect(run.error).toBeUndefined();
	expect(api.requests).toHaveLength(1);
	return api.requests[0]!.body.toString('utf8');
}

const gptImage = (model: string) =>
	`{"model":"${model}","prompt":"A cat","n":1,"background":"auto","output_format":"png","size":"auto","quality":"auto"}`;

const DEFAULTS: Record<string, string> = {
	'gpt-image-2.6-flare': gptImage('gpt-image-2.6-flare'),
	'gpt-image-2.6-sunburst': gptImage('gpt-image-2.6-sunburst'),
	'gpt-image-2.5-flare': gptImage('gpt-image-2.5-flare'),
	'gpt-image-2.5-sunburst': gptImage('gpt-image-2.5-sunburst'),
	'gpt-image-2': gptImage('gpt-image-2'),
	'chatgpt-image-latest': gptImage('chatgpt-image-latest'),
	'gpt-image-1.5': gptImage('gpt-image-1.5'),
	'gpt-image-1-mini': gptImage('gpt-image-1-mini'),
	'gpt-image-1':
		'{"model":"gpt-image-1","prompt":"A cat","n":1,"size":"auto","quality":"auto","background":"auto","output_format":"png"}',
	'dall-e-3': '{"model":"dall-e-3","prompt":"A cat","n":1,"size":"1024x1024","quality":"standard"}',
	'dall-e-2': '{"model":"dall-e-2","prompt":"A cat","n":1,"size":"1024x1024"}',
};

describe('the default request of a generation', () => {
	it.each(Object.entries(DEFAULTS))('of %s is this text and nothing else', async (model, text) => {
		expect(await sent(model)).toBe(text);
		const [request] = api.requests;
		expect(request).toMatchObject({ method: 'POST', path: '/v1/images/generations' });
		expect(request!.headers).toMatchObject({
			'content-type': 'application/json',
			'content-length': String(Buffer.byteLength(text)),
			accept: 'application/json, text/event-stream',
		});
		expect(request!.headers).not.toHaveProperty('transfer-encoding');
	});

	it('uses the defaults if a workflow has neither operation nor model', async () => {
		await engine.runWorkflow({ parameters: { prompt: 'A cat' }, credentials: api.credentials });
		expect(api.requests[0]!.body.toString()).toBe(DEFAULTS['gpt-image-2.5-flare']);
	});
});

describe('a parameter', () => {
	type Case = [model: string, label: string, parameters: INodeParameters, fields: object];
	const common = (model: string): Case[] => [
		[model, 'n', { n: 10 }, { n: 10 }],
		[model, 'quality', { quality: 'low' }, { quality: 'low' }],
		[model, 'background', { background: 'transparent' }, { background: 'transparent' }],
		[
			model,
			'output_format, and the compression that the editor then shows',
			{ outputFormat: 'webp' },
			{ output_format: 'webp', output_compression: 100 },
		],
		[model, 'moderation', { options: { moderation: 'low' } }, { moderation: 'low' }],
		[
			model,
			'safety_identifier',
			{ options: { safetyIdentifier: 'a1b2' } },
			{ safety_identifier: 'a1b2' },
		],
		[
			model,
			'output_compression of WebP',
			{ outputFormat: 'webp', outputCompression: 55 },
			{ output_format: 'webp', output_compression: 55 },
		],
		[
			model,
			'an output_compression of 0',
			{ outputFormat: 'jpeg', outputCompression: 0 },
			{ output_format: 'jpeg', output_compression: 0 },
		],
	];
	const cases: Case[] = [
		...common('gpt-image-2.5-flare'),
		['gpt-image-2.5-flare', 'quality max', { quality: 'max' }, { quality: 'max' }],
		['gpt-image-2.5-flare', 'a listed size', { size: '3840x2160' }, { size: '3840x2160' }],
		[
			'gpt-image-2.5-flare',
			'a size of its own',
			{ sizeType: 'custom', width: 1616, height: 1008 },
			{ size: '1616x1008' },
		],
		...common('gpt-image-1.5'),
		['gpt-image-1.5', 'size', { size: '1024x1536' }, { size: '1024x1536' }],
		['dall-e-3', 'size', { size: '1792x1024' }, { size: '1792x1024' }],
		['dall-e-3', 'quality', { quality: 'hd' }, { quality: 'hd' }],
		['dall-e-3', 'style', { options: { style: 'natural' } }, { style: 'natural' }],
		['dall-e-3', 'user', { options: { user: 'u-1' } }, { user: 'u-1' }],
		[
			'dall-e-3',
			'response_format',
			{ options: { responseFormat: 'url' } },
			{ response_format: 'url' },
		],
		['dall-e-3', 'watermark', { options: { watermark: false } }, { watermark: false }],
		[
			'dall-e-3',
			'what gateways take besides',
			{ background: 'opaque', outputFormat: 'jpeg', outputCompression: 9 },
			{ background: 'opaque', output_format: 'jpeg', output_compression: 9 },
		],
		['gpt-image-1', 'user', { options: { user: 'u-1' } }, { user: 'u-1' }],
		[
			'gpt-image-2.6-flare',
			'an animation',
			{ outputFormat: 'gif', frameCount: 2, frameDurationMs: 20 },
			{ output_format: 'gif', frame_count: 2, frame_duration_ms: 20 },
		],
		[
			'gpt-image-2.6-flare',
			'complexity',
			{ options: { complexity: 'low' } },
			{ complexity: 'low' },
		],
		[
			'gpt-image-2.6-sunburst',
			'a stream',
			{ options: { stream: true, partialImages: 0 } },
			{ stream: true, partial_images: 0 },
		],
		[
			'gpt-image-2',
			'a size by its ratio',
			{ sizeType: 'aspectRatio', aspectRatio: '16:9' },
			{ size: '1280x720' },
		],
		[
			'dall-e-2',
			'fields of the user',
			{ options: { extraFields: '{"seed":7,"steps":0.5,"hidden":false}' } },
			{ seed: 7, steps: 0.5, hidden: false },
		],
		['dall-e-2', 'n', { n: 4 }, { n: 4 }],
		['dall-e-2', 'size', { size: '256x256' }, { size: '256x256' }],
		['dall-e-2', 'user', { options: { user: 'u-1' } }, { user: 'u-1' }],
		[
			'dall-e-2',
			'response_format',
			{ options: { responseFormat: 'b64_json' } },
			{ response_format: 'b64_json' },
		],
	];

	it.each(cases)('of %s arrives: %s', async (model, _, parameters, fields) => {
		const text = await sent(model, parameters);
		expect(JSON.parse(text)).toStrictEqual({ ...JSON.parse(DEFAULTS[model]!), ...fields });
		expect(text).toBe(JSON.stringify(JSON.parse(text)));
	});

	it.each<[string, string, INodeParameters]>([
		['gpt-image-2.5-flare', 'the compression of a PNG', { outputCompression: 55 }],
		['gpt-image-2.5-flare', 'fields of an edit', { inputImages: { image: [] }, mask: {} }],
		['gpt-image-2.5-flare', 'an empty text', { options: { safetyIdentifier: '' } }],
		['gpt-image-1.5', 'a parameter of edits', { options: { inputFidelity: 'high' } }],
		['dall-e-3', 'what another model left', { style: 'natural', frameCount: 4 }],
		['dall-e-2', 'what another model left', { style: 'natural', quality: 'hd' }],
		[
			'dall-e-2',
			'options of another model',
			{ options: { moderation: 'low', inputFidelity: 'x' } },
		],
		[
			'dall-e-2',
			'settings of the node',
			{ options: { timeout: 30, parallelRequests: 2, outputBinaryField: 'picture' } },
		],
	])('of %s is not sent: %s', async (model, _, parameters) => {
		expect(await sent(model, parameters)).toBe(DEFAULTS[model]);
	});

	it('of gpt-image-2.6-flare requests an SVG without parameters that SVG does not support', async () => {
		const svg = { outputFormat: 'svg', svgModel: 'gpt-5.6-terra', svgReasoningEffort: 'low' };
		expect(JSON.parse(await sent('gpt-image-2.6-flare', svg))).toStrictEqual({
			model: 'gpt-image-2.6-flare',
			prompt: 'A cat',
			background: 'auto',
			output_format: 'svg',
			size: 'auto',
			quality: 'auto',
			svg: { model: 'gpt-5.6-terra', reasoning: { effort: 'low' } },
		});
	});

	it('keeps every character of the prompt', async () => {
		const prompt = 'Zwölf "Kühe"\n\t\\ 猫 🐈‍⬛ é';
		const text = await sent('dall-e-2', { prompt });
		expect(text).toBe(DEFAULTS['dall-e-2']!.replace('"A cat"', JSON.stringify(prompt)));
	});

	it('is sent as a number if an expression returns a string', async () => {
		expect(await sent('dall-e-2', { n: '={{ "2" }}' })).toContain('"n":2');
	});
});

describe('expressions', () => {
	it('are resolved for each item', async () => {
		const items = [
			{ json: { prompt: 'one', quality: 'low', count: 1, who: 'a' } },
			{ json: { prompt: 'two', quality: 'high', count: 2, who: 'b' } },
			{ json: { prompt: 'three', quality: 'max', count: 3, who: 'c' } },
		];
		const run = await engine.runWorkflow({
			parameters: {
				operation: 'generate',
				prompt: '={{ $json.prompt }}',
				quality: '={{ $json.quality }}',
				n: '={{ $json.count }}',
				options: { safetyIdentifier: '={{ $json.who }}', parallelRequests: 1 },
			},
			items,
			credentials: api.credentials,
		});
		expect(run.error).toBeUndefined();
		const bodies = api.requests.map(({ body }) => JSON.parse(body.toString()));
		expect(bodies).toMatchObject(
			items.map(({ json: { prompt, quality, count, who } }) => ({
				prompt,
				quality,
				n: count,
				safety_identifier: who,
			})),
		);
	});
});
