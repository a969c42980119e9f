import { ApiError } from '../../nodes/AiImages/errors';
import { unknownParameters } from '../../nodes/AiImages/response/errors/unknownParameters';
import { parseErrorText } from '../../nodes/AiImages/response/errors/parseError';
import { inOneLine, redactUrls } from '../../nodes/AiImages/response/errors/redact';
import { isNoError } from '../../nodes/AiImages/response/errors/isNoError';
import { noImageError } from '../../nodes/AiImages/response/errors/noImage';
import { parseErrorBody } from '../../nodes/AiImages/response/errors/errorFields';
import { parseRetryAfter } from '../../nodes/AiImages/transport/retryAfter';
import { responseOf } from '../unit/responses';
import { expectLinear, HOSTILE, repeated } from './linear';
import { OPENAI } from '../../nodes/AiImages/services/openai';
import { accessFor } from '../../nodes/AiImages/services/access';

const response = {
	...responseOf({ status: 400 }),
	...accessFor({ apiKey: 'sk-1234567890', extraHeaders: '{"X-Key":"second-secret"}' }).redactor,
};
const success = { ...response, status: 200 };

const TEXTS = [
	...HOSTILE,
	...['A'.repeat(99), `${'A'.repeat(76)}\n`, `${'A'.repeat(59)} `].map((piece) => repeated(piece)),
	repeated(' ', 'A'.repeat(80), 'B'.repeat(80)),
	repeated('[', '', ']'),
	repeated('{"a":[', '{"message":"', '"}'),
	repeated('@', 'http://'),
	...['sk-1234567890', 'sk-123456789', '\\\\u0061', '%25', '&#x26;', 'aaaa', 'aaaa '].map((piece) =>
		repeated(piece),
	),
];

/** Texts as parts of responses, each piece once. */
const wrapped = (wrap: (text: string) => unknown) =>
	TEXTS.filter(({ name }) => name.startsWith('""')).map(({ name, make }) => ({
		name,
		make: (length: number) => JSON.stringify(wrap(make(length))),
	}));

describe.each<[string, (text: string) => unknown]>([
	['addresses and base64 are taken out', redactUrls],
	['a text is put into one line', inOneLine],
	['an error is read', (text) => parseErrorText(text, response)],
	['a success without an image is read', (text) => noImageError([text], success)],
	['a wait is read', (text) => parseRetryAfter(() => text, text, 0)],
	['it is seen whether an error says anything', isNoError],
	['secrets are looked for', response.redact],
	[
		'secrets that almost match are looked for',
		accessFor({ apiKey: `${'a'.repeat(30)}b` }).redactor.redact,
	],
	['a short key is looked for', accessFor({ apiKey: 'aaaa' }).redactor.redactError],
	[
		'unknown parameters are looked for',
		(text) => unknownParameters(new ApiError(text, ''), OPENAI.errorCodes),
	],
	['words are read', (text) => parseErrorBody({ error: text })],
])('%s', (_, scan) => {
	it('in time that is in proportion to the text', async () => {
		await expectLinear(scan, TEXTS);
	});
});

describe.each<[string, (text: string) => unknown]>([
	['a message', (text) => ({ error: { message: text } })],
	['an error beside a message', (text) => ({ error: text, message: text })],
	['what a provider said', (text) => ({ error: { message: 'x y', metadata: { raw: text } } })],
	['a code', (text) => ({ code: text, type: text, request_id: text, param: text })],
	['a chat', (text) => ({ choices: [{ message: { content: text }, finish_reason: text }] })],
	['a key', (text) => ({ [text]: 1 })],
	['details', (text) => ({ detail: [{ loc: [text], msg: text }] })],
])('%s is read', (_, wrap) => {
	it('in time that is in proportion to the text', async () => {
		await expectLinear((text) => {
			parseErrorText(text, response);
			noImageError([text], success);
		}, wrapped(wrap));
	});
});

it('many small texts are read in time that is in proportion to their number', async () => {
	const list = (make: (index: number) => unknown) => ({
		name: 'many',
		make: (length: number) =>
			JSON.stringify({
				error: { message: 'No.', more: Array.from({ length: length / 16 }, (__, at) => make(at)) },
			}),
	});
	await expectLinear(
		(text) => parseErrorText(text, response),
		[
			list((at) => ({ [`key ${at}`]: `text ${at}` })),
			list((at) => `text ${at}`),
			list((at) => ({ message: `text ${at}`, errors: [`error ${at}`] })),
		],
	);
});
