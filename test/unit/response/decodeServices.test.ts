import type { ImageStore } from '../../../nodes/AiImages/response/types';
import { decode } from '../../../nodes/AiImages/response/decode';
import { SERVICES, type ServiceId } from '../../../nodes/AiImages/services/table';
import { readErrorResponse } from '../../../nodes/AiImages/response/errors/parseError';
import {
	base64,
	failureAfter,
	keepText,
	NO_LIMITS,
	responseOf,
	resultsOf,
	storeOf,
} from '../responses';

/** Lengths of pieces that cut a body at every kind of boundary. */
const PIECES = [1, 2, 3, 5, 7, 13, 64, 65_536];

function answer(service: ServiceId, body: unknown, pieceLength = 65_536, status = 200) {
	return { ...responseOf({ body, pieceLength, status }), service: SERVICES[service] };
}

const image = (text: string, more: object = {}) => ({
	inlineData: { mimeType: 'image/png', data: base64(text) },
	...more,
});
const candidate = (parts: object[], more: object = {}) => ({
	candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0, ...more }],
	usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 1120, totalTokenCount: 1129 },
	modelVersion: 'gemini-3-pro-image',
});
const message = (content: object) => ({
	id: 'gen-1',
	choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...content } }],
	usage: { prompt_tokens: 9, completion_tokens: 1290, total_tokens: 1299 },
});
const dataUrl = (text: string) => `data:image/png;base64,${base64(text)}`;

/** Longer than a response may be besides its images. */
const SIGNATURE = 'c2ln'.repeat(1_500_000);

describe.each<[what: string, service: ServiceId, body: unknown, results: unknown[]]>([
	// https://ai.google.dev/api/generate-content
	['an image of Gemini', 'google', candidate([image('one')]), ['one']],
	['text beside it', 'google', candidate([{ text: 'Here it is.' }, image('one')]), ['one']],
	[
		'drafts, marked behind and before their data',
		'google',
		candidate([
			image('draft 1', { thought: true }),
			{ thought: true, ...image('draft 2') },
			{ text: 'thinking', thought: true },
			image('one', { thoughtSignature: 'c2ln' }),
		]),
		['one'],
	],
	// https://docs.x.ai/developers/model-capabilities/images
	[
		'images of xAI',
		'xai',
		{
			data: ['one', 'two'].map((text) => ({
				b64_json: base64(text),
				mime_type: 'image/jpeg',
				revised_prompt: '',
				respect_moderation: true,
			})),
			usage: { cost_in_usd_ticks: 400_000_000 },
		},
		['one', 'two'],
	],
	// https://openrouter.ai/docs/api/api-reference/images/generate-an-image
	[
		'an image of OpenRouter',
		'openRouter',
		{
			created: 1,
			data: [{ b64_json: base64('one'), media_type: 'image/png' }],
			usage: { prompt_tokens: 0, completion_tokens: 4175, total_tokens: 4175, cost: 0.04 },
		},
		['one'],
	],
	[
		'a chat with images',
		'chat',
		message({ content: '', images: [{ type: 'image_url', image_url: { url: dataUrl('one') } }] }),
		['one'],
	],
	[
		'a chat that offers its image for download, too',
		'chat',
		message({
			content:
				'![image](https://example.com/1.png) ![two](https://example.com/2.png)\n[Download](https://example.com/download/1.png?dl=1)',
		}),
		['https://example.com/1.png', 'https://example.com/2.png'],
	],
	[
		'a chat with a link in Markdown',
		'chat',
		message({ content: '![image](https://example.com/1.png)' }),
		['https://example.com/1.png'],
	],
	// https://www.npmjs.com/package/together-ai/v/0.52.0 (resources/images.d.ts)
	[
		'images of Together',
		'together',
		{
			id: 'o1',
			model: 'black-forest-labs/FLUX.2-pro',
			object: 'list',
			data: ['one', 'two'].map((text, index) => ({
				index,
				type: 'b64_json',
				b64_json: base64(text),
			})),
		},
		['one', 'two'],
	],
	// https://github.com/volcengine/volcengine-python-sdk (volcenginesdkarkruntime/types/images)
	[
		'images of Seedream, one of them censored',
		'ark',
		{
			model: 'doubao-seedream-4-0-250828',
			created: 1,
			data: [
				{ b64_json: base64('one'), size: '2048x2048' },
				{ error: { code: 'OutputImageSensitiveContentDetected', message: 'It was censored' } },
			],
			usage: { generated_images: 1, output_tokens: 16_384, total_tokens: 16_384 },
		},
		['one', 'It was censored'],
	],
])('%s', (_what, service, body, results) => {
	it.each(PIECES)('is read in pieces of %i bytes', async (pieceLength) => {
		const decoded = await decode(answer(service, body, pieceLength), storeOf(keepText), NO_LIMITS);
		expect(resultsOf(decoded)).toEqual(results);
	});
});

it('a signature that is longer than the image does not count as text', async () => {
	const body = candidate([image('one', { thoughtSignature: SIGNATURE })]);
	const decoded = await decode(answer('google', body), storeOf(keepText), NO_LIMITS);
	expect(resultsOf(decoded)).toEqual(['one']);
});

describe('an input image that a server echoes', () => {
	const store: ImageStore<string> = {
		...storeOf(keepText),
		isInput: async (image) => image === 'input',
	};

	it.each<[ServiceId, unknown]>([
		[
			'google',
			{ ...candidate([image('one')]), request: { contents: [{ parts: [image('input')] }] } },
		],
		['google', candidate([image('input'), image('one')])],
		[
			'chat',
			{ ...message({ images: [{ image_url: { url: dataUrl('one') } }] }), input: dataUrl('input') },
		],
		['ark', { data: [{ b64_json: base64('one') }], image: [dataUrl('input')] }],
	])('is no result: %s', async (service, body) => {
		const decoded = await decode(answer(service, body), store, NO_LIMITS);
		expect(resultsOf(decoded)).toEqual(['one']);
	});

	it.each<[ServiceId, unknown]>([
		['openai', { data: [{ b64_json: base64('input') }] }],
		['google', candidate([{ text: 'Nothing to change.' }, image('input')])],
		['chat', message({ images: [{ type: 'image_url', image_url: { url: dataUrl('input') } }] })],
		['ark', { data: [{ b64_json: base64('input') }], image: [dataUrl('input')] }],
	])('is the result if the model returns it unchanged: %s', async (service, body) => {
		const decoded = await decode(answer(service, body), store, NO_LIMITS);
		expect(resultsOf(decoded)).toEqual(['input']);
	});
});

describe('an image that moderation withheld', () => {
	it.each<[string, ServiceId, object]>([
		['xAI, as base64', 'xai', { b64_json: base64('blurred'), respect_moderation: false }],
		['xAI, as a link', 'xai', { url: 'https://x.example/1.jpg', respect_moderation: false }],
		['xAI, without any', 'xai', { respect_moderation: false }],
		[
			'Ideogram',
			'compatible',
			{ url: 'https://ideogram.example/1.png', is_image_safe: false, seed: 1 },
		],
		[
			'Stability',
			'compatible',
			{ base64: base64('blurred'), finishReason: 'CONTENT_FILTERED', seed: 1 },
		],
	])('is an error beside those that were not: %s', async (_, service, withheld) => {
		const list = service === 'xai' || 'is_image_safe' in withheld ? 'data' : 'artifacts';
		const body = { [list]: [{ b64_json: base64('one') }, withheld] };
		const { entries } = await decode(answer(service, body), storeOf(keepText), NO_LIMITS);
		expect(entries.map(({ image, link }) => image ?? link)).toEqual(['one', undefined]);
		expect(entries[1]?.error?.message).toMatch(/Moderation|CONTENT_FILTERED/);
		expect(entries[1]?.error?.advice).toMatch(/safety system/);
		const error = await failureAfter(answer(service, { [list]: [withheld] }));
		expect(error.advice).toMatch(/safety system/);
		expect(error.hint.isFinal).toBe(true);
	});
});

describe('links to what the model looked at', () => {
	const photo = 'https://photos.example/tower.jpg';
	const grounding = {
		groundingMetadata: {
			groundingChunks: [{ image: { imageUri: photo, sourceUri: 'https://photos.example' } }],
			searchEntryPoint: { renderedContent: `<img src="${photo}">` },
		},
	};

	it.each<[string, ServiceId, unknown]>([
		[
			"Google's search, with a refusal",
			'google',
			candidate([], { finishReason: 'IMAGE_SAFETY', ...grounding }),
		],
		["Google's search", 'google', candidate([], grounding)],
		['a refusal with a link', 'google', candidate([{ text: photo }], { finishReason: 'NO_IMAGE' })],
		['a thought', 'google', candidate([{ text: `As in ${photo}`, thought: true }])],
		[
			'citations of a chat',
			'chat',
			message({
				content: 'I found a photo.',
				annotations: [{ type: 'url_citation', url_citation: { url: photo } }],
			}),
		],
		[
			'a filtered chat',
			'chat',
			{
				choices: [
					{ finish_reason: 'content_filter', message: { content: `Not like ![](${photo})` } },
				],
			},
		],
	])('are no results: %s', async (_, service, body) => {
		await expect(decode(answer(service, body), storeOf(keepText), NO_LIMITS)).rejects.toThrow();
	});

	it('do not hide the link that a model wrote before it had to stop', async () => {
		const body = {
			choices: [{ finish_reason: 'length', message: { content: `![it](${photo}) and` } }],
		};
		const decoded = await decode(answer('chat', body), storeOf(keepText), NO_LIMITS);
		expect(resultsOf(decoded)).toEqual([photo]);
	});
});

describe('an error with a code that means something to Google alone', () => {
	it('without capacity, nothing is billed', async () => {
		const busy = { error: { code: 503, message: 'Try again later.', status: 'UNAVAILABLE' } };
		const refused = async (service: ServiceId) =>
			await readErrorResponse(answer(service, busy, 64, 503));
		expect((await refused('google')).hint.isOverloaded).toBe(true);
		expect((await refused('openai')).hint.isOverloaded).toBe(false);
	});

	it('the key is wrong', async () => {
		const details = [{ reason: 'API_KEY_INVALID', domain: 'googleapis.com' }];
		const wrong = { error: { code: 400, message: 'No.', status: 'INVALID_ARGUMENT', details } };
		const error = await readErrorResponse(answer('google', wrong, 64, 400));
		expect(error.advice).toMatch(/API key in the credential/);
	});
});

describe('a refusal or an error', () => {
	it.each<[ServiceId, number, unknown, RegExp, RegExp, boolean]>([
		['google', 200, { promptFeedback: { blockReason: 'SAFETY' } }, /SAFETY/, /safety system/, true],
		[
			'google',
			200,
			{ promptFeedback: { blockReason: 'OTHER' } },
			/OTHER/,
			/Edit the prompt/,
			false,
		],
		[
			'google',
			200,
			candidate([], { finishReason: 'IMAGE_SAFETY' }),
			/IMAGE_SAFETY/,
			/safety system/,
			true,
		],
		[
			'google',
			200,
			candidate([], { finishReason: 'PROHIBITED_CONTENT' }),
			/PROHIBITED_CONTENT/,
			/safety system/,
			true,
		],
		[
			'google',
			200,
			candidate([], { finishReason: 'NO_IMAGE' }),
			/NO_IMAGE/,
			/Edit the prompt/,
			false,
		],
		[
			'google',
			200,
			candidate([image('draft', { thought: true })]),
			/without an image|stopped/,
			/./,
			false,
		],
		['xai', 200, { data: [{ url: '', respect_moderation: false }] }, /./, /safety system/, true],
		[
			'openRouter',
			200,
			{ error: { code: 402, message: 'Insufficient credits' } },
			/Insufficient/,
			/credit/,
			false,
		],
		[
			'ark',
			200,
			{ error: { code: 'InputTextSensitiveContentDetected', message: 'No' } },
			/No/,
			/safety system/,
			true,
		],
		[
			'ark',
			200,
			{ data: [{ error: { code: 'OutputImageSensitiveContentDetected', message: 'No' } }] },
			/No/,
			/safety system/,
			true,
		],
		[
			'chat',
			200,
			message({ content: 'I cannot draw this.' }),
			/I cannot draw this/,
			/Edit the prompt/,
			false,
		],
	])(
		'of %s with status %i is explained: %j',
		async (service, status, body, text, advice, isFinal) => {
			const error = await failureAfter(answer(service, body, 64, status));
			expect(error.message).toMatch(text);
			expect(error.advice).toMatch(advice);
			expect(Boolean(error.hint.isFinal)).toBe(isFinal);
		},
	);
});

describe('an error inside a choice', () => {
	const choice = (content: string | null) => ({
		choices: [
			{
				index: 0,
				finish_reason: 'error',
				error: { code: 429, message: 'Provider returned error' },
				message: { role: 'assistant', content },
			},
		],
	});

	it.each([
		['is a rate limit', null, { isRateLimit: true }],
		[
			'can be billed once the model has begun',
			'Here is',
			{ isRateLimit: false, mayBeBilled: true },
		],
	])('%s', async (_, content, hint) => {
		const failure = await failureAfter(answer('chat', choice(content)));
		expect(failure.message).toBe('Provider returned error');
		expect(failure.hint).toMatchObject(hint);
	});
});

it('tells why one of two candidates has no image', async () => {
	const {
		candidates: [first],
	} = candidate([image('one')]);
	const body = { candidates: [first, { finishReason: 'IMAGE_SAFETY', index: 1 }] };
	const { entries } = await decode(answer('google', body), storeOf(keepText), NO_LIMITS);
	expect(entries).toHaveLength(2);
	expect(entries[1]?.error?.message).toBe('The model stopped without an image: IMAGE_SAFETY');
	expect(entries[1]?.error?.advice).toMatch(/safety system/);
});
