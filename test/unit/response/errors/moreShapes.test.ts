import { readErrorResponse } from '../../../../nodes/AiImages/response/errors/parseError';
import { failureAfter, responseOf } from '../../responses';
import { ADVICE } from './refusals/types';

const failureFor = async (status: number, body: unknown) =>
	await readErrorResponse(responseOf({ status, body }));

describe('an error in the shape of', () => {
	it.each<[string, unknown, string]>([
		['a detail with a message', { detail: { code: 'x1', message: 'Size is bad' } }, 'Size is bad'],
		['a detail with an error', { detail: { error: 'Size is bad' } }, 'Size is bad'],
		['errors in a detail', { detail: { error: { message: 'Size is bad' } } }, 'Size is bad'],
		[
			'Django',
			{ size: ['"9x9" is not a valid choice.'], prompt: ['This field is required.'] },
			'size: "9x9" is not a valid choice.; prompt: This field is required.',
		],
		[
			'Spring',
			{
				status: 400,
				error: 'Bad Request',
				message: 'Validation failed for object',
				errors: [{ field: 'prompt', defaultMessage: 'must not be blank', rejectedValue: '' }],
			},
			'Validation failed for object: prompt: must not be blank',
		],
		['Nuxt', { statusCode: 400, statusMessage: 'Size is bad' }, 'Size is bad'],
	])('%s is reported in full', async (_, body, message) => {
		expect((await failureFor(400, body)).message).toBe(message);
	});

	it('a detail with a code is judged by that', async () => {
		const body = { detail: { code: 'moderation_blocked', message: 'No.' } };
		const { details, advice } = await failureFor(422, body);
		expect(details.code).toBe('moderation_blocked');
		expect(advice).toMatch(ADVICE.moderation);
	});

	it.each(['Error', '405'])('a page with the title %s is described by its text', async (title) => {
		const body = `<html><head><title>${title}</title></head><body><pre>Cannot POST /x</pre></body></html>`;
		expect((await failureFor(404, body)).message).toBe('API response: Cannot POST /x');
	});
});

describe('a page with status 403', () => {
	it.each([
		'<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY>Request blocked.</BODY></HTML>',
		'<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>Reference&#32;&#35;18</BODY></HTML>',
		'<!DOCTYPE html><html><head><title>DDoS-Guard</title></head></html>',
	])('is no matter of the key: %s', async (body) => {
		expect((await failureFor(403, body)).advice).toMatch(ADVICE.firewall);
	});

	it.each<[unknown]>([
		['<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
		['Forbidden'],
		[{ message: 'Forbidden' }],
	])('is something else than a refusal of an API: %j', async (body) => {
		expect((await failureFor(403, body)).advice).toMatch(ADVICE.rights);
	});

	it('can come from Cloudflare as JSON', async () => {
		const detail = 'The site owner has blocked access based on your browser signature.';
		const body = { title: 'Error 1010: Access denied', status: 403, detail, error_code: 1010 };
		expect((await failureFor(403, body)).advice).toMatch(ADVICE.firewall);
	});

	it.each<[number, string]>([
		[429, 'Vercel Security Checkpoint'],
		[405, '很抱歉，您的访问被阻断'],
	])('has siblings: %i %s', async (status, title) => {
		const { advice, hint } = await failureFor(status, `<title>${title}</title>`);
		expect(advice).toMatch(ADVICE.firewall);
		expect(hint.isFinal).toBe(true);
	});
});

it.each([
	'Not found the model x or Permission denied',
	'Your account 21 has not activated the model x.',
	'Unable to access model x. Please visit the list of supported models.',
])('a 404 that names the model isn’t about the address: %s', async (message) => {
	expect((await failureFor(404, { error: { message } })).advice).toMatch(ADVICE.model);
});

describe('a success without an image', () => {
	const said = async (body: unknown, status = 200) =>
		await failureAfter(
			responseOf({ status, body, headers: { 'content-type': 'application/json' } }),
		);

	it.each<[string, unknown]>([
		['Anthropic', { type: 'message', content: [{ type: 'text', text: 'Just words.' }] }],
		['Ollama', { message: { role: 'assistant', content: 'Just words.' }, done: true }],
		['Ollama’s generator', { response: 'Just words.', done: true }],
		[
			'OpenAI’s Responses',
			{ output: [{ type: 'message', content: [{ type: 'output_text', text: 'Just words.' }] }] },
		],
	])('shows the message of %s', async (_, body) => {
		const { message, advice } = await said(body);
		expect(message).toBe('Just words.');
		expect(advice).toMatch(/^Edit the prompt, or choose a model that generates images/);
	});

	it('is a refusal where OpenAI’s Responses say so', async () => {
		const content = [{ type: 'refusal', refusal: 'I will not do that.' }];
		const { message, advice } = await said({ output: [{ type: 'message', content }] });
		expect(message).toBe('I will not do that.');
		expect(advice).toMatch(ADVICE.moderation);
	});

	it('is a job with status 202, even without a body', async () => {
		const { message } = await said('', 202);
		expect(message).toBe('The provider started a job instead of returning an image');
	});
});
