import type { INodeParameters } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import sharp from 'sharp';

import { useEngine } from '../helpers/engine';
import { API_KEY, leaksOf } from '../helpers/imagesApi';
import { rgba, useService } from '../image-service/helpers';

const engine = useEngine();
const service = useService({ apiKey: API_KEY });

const credentials = () => ({ apiKey: API_KEY, baseUrl: service.url });

const generate = async (parameters: INodeParameters, prompts = ['A red lighthouse']) =>
	await engine.runWorkflow({
		parameters: { operation: 'generate', prompt: '={{ $json.prompt }}', ...parameters },
		items: prompts.map((prompt) => ({ json: { prompt } })),
		credentials: credentials(),
	});

describe('a drawn image', () => {
	type Case = [INodeParameters, format: string, width: number, height: number];

	it.each<Case>([
		[{ model: 'gpt-image-2.5-flare' }, 'png', 1024, 1024],
		[
			{ model: 'gpt-image-2.5-flare', sizeType: 'custom', width: 1616, height: 1008 },
			'png',
			1616,
			1008,
		],
		[
			{ model: 'gpt-image-2.5-flare', outputFormat: 'jpeg', outputCompression: 0 },
			'jpeg',
			1024,
			1024,
		],
		[{ model: 'gpt-image-1.5', size: '1024x1536', outputFormat: 'webp' }, 'webp', 1024, 1536],
		[{ model: 'dall-e-3', size: '1792x1024', quality: 'hd', style: 'natural' }, 'png', 1792, 1024],
		[{ model: 'dall-e-2', size: '256x256', options: { user: 'u' } }, 'png', 256, 256],
		[
			{ model: 'dall-e-2', size: '512x512', options: { responseFormat: 'b64_json' } },
			'png',
			512,
			512,
		],
		[
			{ family: 'other', modelId: { mode: 'id', value: 'gpt-image-2' }, size: '2048x1152' },
			'png',
			2048,
			1152,
		],
	])('is as requested: %j', async (parameters, format, width, height) => {
		const run = await generate(parameters);
		expect(run.error).toBeUndefined();
		const [item] = run.outputs[0]!;
		const file = await run.binary(item);
		expect(await sharp(file).metadata()).toMatchObject({ format, width, height });
		expect(item!.json).toMatchObject({
			mimeType: `image/${format}`,
			fileSize: file.length,
			width,
			height,
		});
		expect(item!.json).not.toHaveProperty('warnings');
	});

	it('has a transparent background if that was requested', async () => {
		const run = await generate({ model: 'gpt-image-2.5-flare', background: 'transparent' });
		const { data } = await rgba(await run.binary(run.outputs[0]![0]));
		expect(data[3]).toBe(0);
		expect(run.outputs[0]![0]!.json).toMatchObject({ metadata: { background: 'transparent' } });
	});

	it('is the same as a link, which is requested without the key', async () => {
		const links = await generate({ model: 'dall-e-3', options: { responseFormat: 'url' } });
		const inside = await generate({ model: 'dall-e-3', options: { responseFormat: 'b64_json' } });
		const [linked, embedded] = [links, inside].map(({ outputs }) => outputs[0]![0]!);
		expect(await links.binary(linked)).toEqual(await inside.binary(embedded));
		expect(linked!.json.revisedPrompt).toEqual(expect.stringContaining('lighthouse'));
		const { data } = await service.http.get('/control/downloads');
		expect(data).toMatchObject([{ status: 200, credentials: false }]);
	});
});

describe('many and large images', () => {
	const BYTES = 6_000_000;

	it.each([{ asUrl: false }, { asUrl: true }])('arrive complete and in order: %j', async (mode) => {
		await service.control('bytes', {
			bytes: BYTES,
			latencyMs: 20,
			width: 640,
			height: 480,
			...mode,
		});
		await service.control('faults', { promptIncludes: 'first', delayMs: 150 });
		const prompts = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
		const run = await generate({ model: 'dall-e-2', n: 2 }, prompts);
		expect(run.error).toBeUndefined();
		const items = run.outputs[0]!;
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			prompts.flatMap((_, item) => [{ item }, { item }]),
		);
		const sums = new Set<string>();
		for (const item of items) {
			expect(item.json).toMatchObject({ fileSize: BYTES, width: 640, height: 480 });
			const file = await run.binary(item);
			expect(file).toHaveLength(BYTES);
			sums.add(createHash('sha256').update(file).digest('hex'));
		}
		expect(sums.size).toBe(items.length);
		const requests = await service.requests();
		expect(Math.max(...requests.map(({ inFlightAtStart }) => inFlightAtStart))).toBeLessThan(4);
	});
});

describe('the refusals of the service', () => {
	it('are shown to the user without the key', async () => {
		const apiKey = 'sk-wrong-0123456789';
		const run = await engine.runWorkflow({
			parameters: { prompt: 'A cat' },
			credentials: { ...credentials(), apiKey },
		});
		expect(run.error).toMatchObject({
			message: expect.stringMatching(/^Incorrect API key provided/),
			description: expect.stringMatching(/HTTP status 401.*request ID req_/),
		});
		expect(leaksOf(run, [apiKey])).toEqual([]);
	});

	it('of a parameter name it', async () => {
		const run = await generate({
			family: 'other',
			modelId: { mode: 'id', value: 'dall-e-3' },
			options: { checkParameters: false },
			n: 3,
		});
		expect(run.error).toMatchObject({ description: expect.stringContaining('parameter n') });
	});

	it.each([
		[{ status: 429, retryAfter: 7 }, /^Rate limit reached/, 'HTTP status 429'],
		[{ status: 503 }, /overloaded/, 'HTTP status 503'],
		[{ reset: 'before-headers' }, /closed the connection/, 'ECONNRESET'],
		[{ reset: 'mid-body' }, /closed the connection/, 'ECONNRESET'],
		[{ truncateAt: 1000 }, /closed the connection|breaks off/, ''],
	])('and its faults become errors: %j', async (fault, message, fact) => {
		await service.control('faults', { times: 5, ...fault });
		const run = await generate({ model: 'gpt-image-1.5', options: { maxRetryWait: 0 } });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toContain(fact);
		expect(leaksOf(run)).toEqual([]);
	});
});
