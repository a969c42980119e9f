import type { AxiosResponse } from 'axios';
import sharp from 'sharp';

import { picture } from '../helpers/pictures';
import { useService } from './helpers';

const KEY = 'key-0123456789';
const service = useService({ apiKey: KEY });

const API = 'https://ai.google.dev/api/generate-content';
const GUIDE = 'https://ai.google.dev/gemini-api/docs/image-generation';
const DEPRECATIONS = 'https://ai.google.dev/gemini-api/docs/deprecations';
const ERRORS = 'https://ai.google.dev/gemini-api/docs/troubleshooting';
const SDK = 'https://www.npmjs.com/package/@google/genai/v/3.3.0 (dist/genai.d.ts)';
const AI_SDK = 'https://www.npmjs.com/package/@ai-sdk/google/v/4.0.121 (docs/15-google.mdx)';
const VERTEX =
	'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/models/gemini/3-pro-image';

const LATEST = 'gemini-nano-banana-2.1';

async function post(body: unknown, path = `/v1beta/models/${LATEST}:generateContent`, key = KEY) {
	const headers = key ? { 'x-goog-api-key': key } : {};
	return await service.http.post(`/google${path}`, body, { headers });
}

const contents = (...parts: object[]) => [{ role: 'user', parts: [{ text: 'A fox' }, ...parts] }];
const withConfig = (generationConfig: object) => ({ contents: contents(), generationConfig });
const withImage = (image: object) => withConfig({ imageConfig: image });

let data: string;
beforeAll(async () => {
	data = (await picture()).toString('base64');
});

interface Part {
	readonly text?: string;
	readonly thought?: boolean;
	readonly thoughtSignature?: string;
	readonly inlineData?: { readonly mimeType: string; readonly data: string };
}

const partsOf = (response: AxiosResponse): Part[] => response.data.candidates[0].content.parts;

async function sizeOf({ inlineData }: Part) {
	const { width, height, format } = await sharp(Buffer.from(inlineData!.data, 'base64')).metadata();
	return `${format} ${width}x${height}`;
}

describe('an image', () => {
	it.each([
		[LATEST, {}, 'png 1024x1024'],
		[LATEST, { aspectRatio: '16:9', imageSize: '2K' }, 'png 2752x1536'],
		[LATEST, { aspectRatio: '8:1' }, 'png 2928x352'],
		['gemini-3.1-flash-image', { aspectRatio: '1:1', imageSize: '512' }, 'png 512x512'],
		['gemini-2.5-flash-image', { aspectRatio: '21:9' }, 'png 1536x672'],
	])('of %s has the pixels of %j', async (model, imageConfig, expected) => {
		const path = `/v1beta/models/${model}:generateContent`;
		const response = await post(withImage(imageConfig), path);
		expect(response.status).toBe(200);
		const [part] = partsOf(response);
		expect(await sizeOf(part!)).toBe(expected);
		expect(response.data).toMatchObject({
			modelVersion: model,
			responseId: expect.any(String),
			candidates: [{ finishReason: 'STOP' }],
			usageMetadata: { candidatesTokenCount: 1120, totalTokenCount: 1130 },
		});
	});

	it('carries a signature that can be longer than itself', async () => {
		const [part] = partsOf(await post({ contents: contents() }));
		expect(part?.thoughtSignature?.length).toBeGreaterThan(100_000);
	});

	it('of an edit counts the tokens of its inputs', async () => {
		const image = { inlineData: { mimeType: 'image/png', data } };
		const { status, data: body } = await post({ contents: contents(image, image) });
		expect(status).toBe(200);
		expect(body.usageMetadata.promptTokensDetails).toEqual([
			{ modality: 'TEXT', tokenCount: 10 },
			{ modality: 'IMAGE', tokenCount: 1120 },
		]);
	});

	it('comes after its drafts, which are marked behind their data', async () => {
		const thinkingConfig = { includeThoughts: true };
		const parts = partsOf(await post(withConfig({ thinkingConfig })));
		expect(parts.map(({ thought, text }) => [thought ?? false, text !== undefined])).toEqual([
			[true, true],
			[true, false],
			[false, false],
		]);
		expect(Object.keys(parts[1]!)).toEqual(['inlineData', 'thought']);
	});

	it('can be streamed', async () => {
		const path = `/v1beta/models/${LATEST}:streamGenerateContent?alt=sse`;
		const { headers, data: body } = await post(withConfig({ seed: 1 }), path);
		expect(headers['content-type']).toBe('text/event-stream');
		const [event] = String(body).split('\r\n\r\n');
		expect(JSON.parse(event!.replace('data: ', ''))).toMatchObject({ modelVersion: LATEST });
	});

	it.each([
		`/v1/models/${LATEST}:generateContent`,
		`/v1/publishers/google/models/${LATEST}:generateContent`,
	])('is made at %s, too', async (path) => {
		expect((await post({ contents: contents() }, path)).status).toBe(200);
	});

	it('is always the same for a seed, and another one for another', async () => {
		const [first, second, third] = await Promise.all(
			[1, 1, 2].map(async (seed) => partsOf(await post(withConfig({ seed })))[0]?.inlineData?.data),
		);
		expect(second).toBe(first);
		expect(third).not.toBe(first);
	});
});

it('lists its models in pages', async () => {
	const headers = { 'x-goog-api-key': KEY };
	const all = await service.http.get('/google/v1beta/models?pageSize=1000', { headers });
	expect(all.data.models.map(({ name }: { name: string }) => name)).toContain(`models/${LATEST}`);
	const one = await service.http.get('/google/v1beta/models?pageSize=1', { headers });
	expect(one.data).toMatchObject({ models: [{}], nextPageToken: expect.any(String) });
});

describe('a refusal with status 200', () => {
	it.each([
		['refuse: PROHIBITED_CONTENT', { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }],
		[
			'finish: IMAGE_SAFETY',
			{ candidates: [{ finishReason: 'IMAGE_SAFETY', finishMessage: expect.any(String) }] },
		],
		['words only', { candidates: [{ content: { parts: [{ text: expect.any(String) }] } }] }],
	])('answers the prompt %s', async (prompt, expected) => {
		const { status, data: body } = await post({ contents: [{ parts: [{ text: prompt }] }] });
		expect(status).toBe(200);
		expect(body).toMatchObject(expected);
		expect(JSON.stringify(body)).not.toContain('inlineData');
	});
});

const image = (file: object) => ({ contents: contents({ inlineData: file }) });

describe('a wrong request is refused', () => {
	it.each<[what: string, body: () => unknown, message: string, source: string]>([
		['an unknown field', () => ({ contents: contents(), n: 2 }), 'Unknown name "n"', API],
		[
			'a model in the body',
			() => ({ contents: contents(), model: LATEST }),
			'Unknown name "model"',
			API,
		],
		['no contents', () => ({}), "'contents'", API],
		['empty contents', () => ({ contents: [] }), "'contents'", API],
		['contents as a text', () => ({ contents: 'A fox' }), "'contents'", API],
		['a turn without parts', () => ({ contents: [{ role: 'user', parts: [] }] }), 'parts', API],
		[
			'another role',
			() => ({ contents: [{ role: 'system', parts: [{ text: 'x' }] }] }),
			'role',
			API,
		],
		[
			'no text',
			() => ({ contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data } }] }] }),
			'text parameter',
			API,
		],
		['an unknown part', () => ({ contents: contents({ image: data }) }), 'parts', API],
		['an unknown setting', () => withConfig({ size: '1024x1024' }), 'Unknown name "size"', API],
		['an unknown image setting', () => withImage({ n: 1 }), 'Unknown name "n"', SDK],
		[
			'a setting for Vertex AI alone',
			() => withImage({ imageOutputOptions: {} }),
			'Unknown name "imageOutputOptions"',
			SDK,
		],
		[
			'a person setting',
			() => withImage({ personGeneration: 'ALLOW_ALL' }),
			'Unknown name "personGeneration"',
			AI_SDK,
		],
		[
			'another ratio',
			() => withImage({ aspectRatio: '5:1' }),
			'aspect_ratio must be one of',
			GUIDE,
		],
		['another size', () => withImage({ imageSize: '3K' }), 'image_size must be one of', GUIDE],
		[
			'a size in lower case',
			() => withImage({ imageSize: '2k' }),
			'image_size must be one of',
			GUIDE,
		],
		[
			'512 at 2.1',
			() => withImage({ imageSize: '512' }),
			'image_size must be one of 1K, 2K, 4K',
			GUIDE,
		],
		['sound', () => withConfig({ responseModalities: ['AUDIO'] }), 'response modalities', API],
		['a seed as a text', () => withConfig({ seed: '7' }), 'seed', API],
		['a seed with decimals', () => withConfig({ seed: 0.5 }), 'seed', API],
		['several candidates', () => withConfig({ candidateCount: 2 }), 'candidateCount', SDK],
		[
			'an unknown level',
			() => withConfig({ thinkingConfig: { thinkingLevel: 'MUCH' } }),
			'thinkingLevel',
			SDK,
		],
		[
			'a level that 2.1 lacks',
			() => withConfig({ thinkingConfig: { thinkingLevel: 'LOW' } }),
			'not supported',
			AI_SDK,
		],
		['a GIF', () => image({ mimeType: 'image/gif', data }), 'Unsupported MIME type', VERTEX],
		[
			'a data URL',
			() => image({ mimeType: 'image/png', data: `data:image/png;base64,${data}` }),
			'Base64',
			API,
		],
		[
			'a damaged image',
			() => image({ mimeType: 'image/png', data: data.slice(0, 40) }),
			'not valid',
			ERRORS,
		],
		[
			'fifteen images',
			() => ({
				contents: contents(
					...Array.from({ length: 15 }, () => ({ inlineData: { mimeType: 'image/png', data } })),
				),
			}),
			'maximum number of images is 14',
			GUIDE,
		],
	])('%s', async (_, body, message, source) => {
		const response = await post(body());
		expect(response.status).toBe(400);
		expect(response.data.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' });
		expect(response.data.error.message).toContain(message);
		expect(source).toMatch(/^https:/);
	});

	it.each([
		['gemini-3-pro-image-preview', DEPRECATIONS],
		['gemini-3.1-flash-image-preview', DEPRECATIONS],
		['imagen-4.0-generate-001', DEPRECATIONS],
	])('the dead model %s', async (model) => {
		const response = await post(
			{ contents: contents() },
			`/v1beta/models/${model}:generateContent`,
		);
		expect(response.status).toBe(404);
		expect(response.data.error).toMatchObject({ code: 404, status: 'NOT_FOUND' });
	});

	it('a resolution at the first model, which has one', async () => {
		const path = '/v1beta/models/gemini-2.5-flash-image:generateContent';
		expect((await post(withImage({ imageSize: '1K' }), path)).data.error.message).toContain(
			'not supported for this model',
		);
	});

	it.each(['/v1beta/images/generations', '/v1beta/models', `/v1beta/models/${LATEST}:predict`])(
		'the path %s',
		async (path) => {
			const response = await post({ contents: contents() }, path);
			expect(response.status).toBe(404);
			expect(response.data.error.status).toBe('NOT_FOUND');
		},
	);

	it.each([
		['another key', 'wrong', 400, 'INVALID_ARGUMENT'],
		['no key', '', 403, 'PERMISSION_DENIED'],
	])('with %s', async (_, key, code, status) => {
		const response = await post({ contents: contents() }, undefined, key);
		expect(response.status).toBe(code);
		expect(response.data.error).toMatchObject({ code, status });
	});
});
