import { noImageError } from '../../../../nodes/AiImages/response/errors/noImage';
import { responseOf } from '../../responses';
import { ADVICE } from './refusals/types';

const NO_IMAGE = 'The API returned a success status without an image';
const TEXT_ADVICE = /Edit the prompt, or choose a model that generates images/;

const failureOf = (bodies: readonly unknown[], status = 200, headers = {}) =>
	noImageError(
		bodies.map((body) => (typeof body === 'string' ? body : JSON.stringify(body))),
		responseOf({ status, headers }),
	);

describe('a success without an image', () => {
	it.each<[string, unknown, string, RegExp]>([
		[
			'a message',
			{ data: [], message: 'Your prompt was blocked by our policy' },
			'Your prompt was blocked by our policy',
			ADVICE.moderation,
		],
		['a short name', { msg: 'No GPU is free' }, 'No GPU is free', /Run the node again/],
		['a detail', { images: [], detail: 'No GPU is free' }, 'No GPU is free', /Run the node again/],
		['a reason', { reason: 'No GPU is free' }, 'No GPU is free', /Run the node again/],
		['a list', { data: null, errors: ['No GPU', 'No disk'] }, 'No GPU; No disk', /Run the node/],
		[
			'a wrapped message',
			{ code: 200, message: 'success', data: { message: 'No GPU is free' } },
			'No GPU is free',
			/Run the node again/,
		],
		[
			// https://docs.cloud.google.com/vertex-ai/generative-ai/docs/image/responsible-ai-imagen
			'the reason of a filter',
			{ predictions: [{ raiFilteredReason: 'All images were filtered out.' }] },
			'All images were filtered out.',
			ADVICE.moderation,
		],
		[
			// https://ai.google.dev/api/generate-content#FinishReason
			'nothing but the end of a chat',
			{ candidates: [{ content: { role: 'model' }, finishReason: 'STOP' }] },
			'The model stopped without an image, and without a reason',
			TEXT_ADVICE,
		],
		[
			// https://openrouter.ai/docs/api/reference/overview
			'the reason of the provider behind a gateway',
			{ choices: [{ finish_reason: 'content_filter', native_finish_reason: 'OTHER' }] },
			'The model stopped without an image: OTHER',
			ADVICE.moderation,
		],
		[
			'a wrong parameter',
			{ code: 'InvalidParameter', msg: 'The size is wrong', data: null },
			'The size is wrong',
			ADVICE.change,
		],
		[
			'a number of MiniMax for lack of credit',
			{ data: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
			'insufficient balance',
			/no credit left/,
		],
		[
			'a number of MiniMax for the content',
			{ base_resp: { status_code: 1026, status_msg: 'input new_sensitive' } },
			'input new_sensitive',
			ADVICE.moderation,
		],
		[
			'a number of MiniMax for the key',
			{ base_resp: { status_code: 1004, status_msg: 'login fail' } },
			'login fail',
			ADVICE.key,
		],
		[
			'a status of Black Forest Labs',
			{ id: 'x', status: 'Content Moderated', result: null },
			'Content Moderated',
			ADVICE.moderation,
		],
		[
			'a failed job',
			{ id: 'x', state: 'failed', failure_reason: 'No GPU is free' },
			'No GPU is free',
			/Run the node again/,
		],
		[
			'an error beside words of success',
			{ message: 'success', error: { message: 'No GPU is free' } },
			'No GPU is free',
			/Run the node again/,
		],
		[
			'an error inside of what is wrapped',
			{ output: { error: { code: 402, message: 'Insufficient credits' } } },
			'Insufficient credits',
			ADVICE.credit,
		],
	])('is explained by %s', (_, body, message, advice) => {
		const failure = failureOf([body]);
		expect(failure.message).toBe(message);
		expect(failure.advice).toMatch(advice);
		expect(failure.details.status).toBe(200);
	});

	it.each<[string, unknown[], string, RegExp]>([
		[
			'a refusal',
			[{ choices: [{ message: { refusal: 'I can’t help with that.', content: null } }] }],
			'I can’t help with that.',
			ADVICE.moderation,
		],
		[
			'text',
			[{ choices: [{ message: { role: 'assistant', content: 'I cannot create that image.' } }] }],
			'I cannot create that image.',
			TEXT_ADVICE,
		],
		[
			'text in parts',
			[{ choices: [{ message: { content: [{ type: 'text', text: 'A lighthouse is' }] } }] }],
			'A lighthouse is',
			TEXT_ADVICE,
		],
		[
			'text in pieces of a stream',
			[
				{ choices: [{ delta: { content: 'I cannot ' } }] },
				{ choices: [{ delta: { content: 'do that.' }, finish_reason: 'stop' }] },
				'[DONE]',
			],
			'I cannot do that.',
			TEXT_ADVICE,
		],
		[
			'Gemini’s text',
			[{ candidates: [{ content: { parts: [{ text: 'No.' }] }, finishReason: 'STOP' }] }],
			'No.',
			TEXT_ADVICE,
		],
		[
			'a reason',
			[{ choices: [{ message: { content: '' }, finish_reason: 'content_filter' }] }],
			'The model stopped without an image: content_filter',
			ADVICE.moderation,
		],
		[
			'the reason of a provider behind a gateway',
			[{ choices: [{ finish_reason: 'stop', native_finish_reason: 'IMAGE_SAFETY' }] }],
			'The model stopped without an image: IMAGE_SAFETY',
			ADVICE.moderation,
		],
		[
			'Gemini’s reason',
			[{ candidates: [{ finishReason: 'PROHIBITED_CONTENT' }] }],
			'The model stopped without an image: PROHIBITED_CONTENT',
			ADVICE.moderation,
		],
		[
			'Gemini’s reason that is none of safety',
			[{ candidates: [{ finishReason: 'NO_IMAGE' }] }],
			'The model stopped without an image: NO_IMAGE',
			TEXT_ADVICE,
		],
		[
			'Gemini’s block',
			[{ promptFeedback: { blockReason: 'OTHER', blockReasonMessage: 'The prompt was blocked.' } }],
			'The prompt was blocked.',
			TEXT_ADVICE,
		],
		[
			'Stability’s reason',
			[{ image: null, finish_reason: 'CONTENT_FILTERED', seed: 1 }],
			'The model stopped without an image: CONTENT_FILTERED',
			ADVICE.moderation,
		],
		[
			'Bedrock’s reasons',
			[{ seeds: [], finish_reasons: [null, 'Filter reason: prompt'], images: [] }],
			'The model stopped without an image: Filter reason: prompt',
			ADVICE.moderation,
		],
		[
			'a mark of xAI',
			[{ data: [{ respect_moderation: false }] }],
			'Moderation withheld the image',
			ADVICE.moderation,
		],
		[
			'a mark of Ideogram',
			[{ data: [{ url: null, is_image_safe: false }] }],
			'Moderation withheld the image',
			ADVICE.moderation,
		],
		[
			'an event that does not call itself an error',
			[{ type: 'ping' }, { code: 'DataInspectionFailed', message: 'Not this.' }],
			'Not this.',
			ADVICE.moderation,
		],
	])('is explained by a model: %s', (_, bodies, message, advice) => {
		const failure = failureOf(bodies);
		expect(failure.message).toBe(message);
		expect(failure.advice).toMatch(advice);
	});

	it('is a rate limit if it says so', () => {
		const { hint } = failureOf([{ base_resp: { status_code: 1002, status_msg: 'slow' } }]);
		expect(hint.isRateLimit).toBe(true);
	});

	it.each<[string, unknown, string]>([
		[
			'what came',
			{ created: 1_760_000_000, data: [] },
			'It contains created, data: {"created":1760000000,"data":[]}',
		],
		[
			'words of success',
			{ code: 0, message: 'success', data: {} },
			'It contains code, message, data',
		],
		['a success of a relay', { code: 1, description: '提交成功', result: '17' }, '"result":"17"'],
		['nothing', {}, '{}'],
		['null', null, 'null'],
		['a list', [], '[]'],
		['a text', 'OK', 'OK'],
		['an error that says nothing', { data: [], error: { message: '', code: null } }, 'data, error'],
	])('shows %s', (_, body, words) => {
		const failure = failureOf([body]);
		expect(failure.message.startsWith(`${NO_IMAGE}. `)).toBe(true);
		expect(failure.message).toContain(words);
		expect(failure.advice).toMatch(/that the model generates images/);
	});

	it.each([[[]], [['']]])('shows nothing where nothing came: %j', (texts) => {
		expect(failureOf(texts).message).toBe(NO_IMAGE);
	});

	it('shows a beginning only, without base64 and secrets', () => {
		const { message } = failureOf([
			{ key: 'sk-secret', 'sk-secret': 1, image: 'A'.repeat(5000), more: 'x y '.repeat(5000) },
		]);
		expect(message).not.toMatch(/sk-secret|AAAA/);
		expect(message).toContain('It contains key, ***, image, more');
		expect(message.length).toBeLessThan(500);
	});

	it('shows the codes that have no message', () => {
		const failure = failureOf([{ code: 'DataInspectionFailed', data: null }]);
		expect(failure.details.code).toBe('DataInspectionFailed');
		expect(failure.advice).toMatch(ADVICE.moderation);
	});

	it('names the response', () => {
		const headers = { 'x-request-id': 'req_1' };
		for (const body of [{ data: [] }, { task_id: 'x' }, { msg: 'No.' }]) {
			expect(failureOf([body], 200, headers).details.requestId).toBe('req_1');
		}
	});
});
