import { json } from '../../../helpers/imagesApi';
import { refusal } from '../../../helpers/responses';
import { delivers, free, refuses } from '../responders';
import type { Responder } from '../servers';
import { BOTH, GENERATE, images, INTACT, NEXT, unbilled, unsupported } from '../outcomes';
import type { Topic } from '../row';

const unknown = (name: string) => ({
	message: `Unknown parameter: '${name}'.`,
	code: 'unknown_parameter',
	type: 'invalid_request_error',
	param: name,
});
const facts = (name: string) => {
	const { code, type, param } = unknown(name);
	return { status: 400, code, type, param };
};

/** Refuses requests that name one of these. */
const knowsNot =
	(...names: string[]): Responder =>
	async (call) => {
		const found = names.find((name) => name in call.fields);
		return found ? refusal(400, unknown(found)) : await delivers(call);
	};
const withoutCode: Responder = async (call) =>
	'quality' in call.fields
		? refusal(400, { message: 'Unrecognized parameter: quality' })
		: await delivers(call);
const limited = refuses(429, {}, { 'retry-after-ms': '10' });

const left = (name: string) => `'${name}' was removed because the API doesn't support it`;

/** What the user set, and what the editor fills in by itself. */
const OWN = { quality: 'high' };
const FILLED = { quality: 'auto' };

/** What is sent in the end. */
const BODY = {
	model: 'gpt-image-2.5-flare',
	prompt: 'A cat',
	n: 1,
	size: 'auto',
	background: 'auto',
	output_format: 'png',
};

/** Servers that know fewer parameters than OpenAI. */
export const PARAMETERS: Topic = {
	title: 'Unsupported parameters',
	about:
		"If the API rejects a default value, the node retries without it; the rejected request isn't billed. Values that you set are only removed if **Drop Unsupported Parameters** is turned on in Options.",
	rows: [
		{
			name: 'a default value',
			operations: BOTH,
			parameters: FILLED,
			server: [knowsNot('quality')],
			expected: {
				...INTACT,
				calls: 2,
				items: [images(1, { attempts: 2, warnings: [left('Quality')] })],
			},
		},
		{
			name: 'a default value, rejected without an error code',
			operations: GENERATE,
			parameters: FILLED,
			server: [withoutCode],
			expected: {
				...INTACT,
				calls: 2,
				items: [images(1, { attempts: 2, warnings: [left('Quality')] })],
				lastBody: BODY,
			},
		},
		{
			name: 'a parameter that you set',
			operations: BOTH,
			parameters: OWN,
			server: [knowsNot('quality')],
			expected: unbilled("Unknown parameter: 'quality'.", unsupported('Quality'), facts('quality')),
		},
		{
			name: 'a parameter that you set, with Drop Unsupported Parameters',
			operations: BOTH,
			parameters: OWN,
			options: { dropUnsupported: true },
			server: [knowsNot('quality')],
			expected: {
				...INTACT,
				calls: 2,
				items: [images(1, { attempts: 2, warnings: [left('Quality')] })],
			},
		},
		{
			name: 'two parameters that you set, with Drop Unsupported Parameters',
			operations: GENERATE,
			parameters: OWN,
			options: { dropUnsupported: true, moderation: 'low' },
			server: [knowsNot('moderation', 'quality')],
			expected: {
				...INTACT,
				calls: 3,
				items: [images(1, { attempts: 3, warnings: [left('Moderation'), left('Quality')] })],
				lastBody: BODY,
			},
		},
		{
			name: 'a parameter that is rejected even after it was removed',
			operations: GENERATE,
			parameters: FILLED,
			options: { dropUnsupported: true },
			server: [refuses(400, unknown('quality'))],
			expected: unbilled("Unknown parameter: 'quality'.", NEXT.parameter, facts('quality'), 2),
		},
		{
			name: 'a removed parameter, followed by a rate limit',
			operations: GENERATE,
			parameters: FILLED,
			server: [knowsNot('quality'), limited, knowsNot('quality')],
			expected: {
				...INTACT,
				calls: 3,
				items: [images(1, { attempts: 3, warnings: [left('Quality')] })],
				lastBody: BODY,
			},
		},
		{
			name: 'the prompt, which is never removed',
			operations: GENERATE,
			options: { dropUnsupported: true },
			server: [knowsNot('prompt')],
			expected: unbilled("Unknown parameter: 'prompt'.", NEXT.parameter, facts('prompt')),
		},
		{
			name: "a parameter that wasn't sent",
			operations: GENERATE,
			options: { dropUnsupported: true },
			server: [refuses(400, unknown('seed'))],
			expected: unbilled("Unknown parameter: 'seed'.", NEXT.parameter, facts('seed')),
		},
		{
			name: 'a parameter that you set, forbidden by FastAPI',
			operations: GENERATE,
			parameters: OWN,
			server: [
				free(
					json(
						{ detail: [{ loc: ['body', 'quality'], msg: 'Extra inputs are not permitted' }] },
						422,
					),
				),
			],
			expected: unbilled('Extra inputs are not permitted', unsupported('Quality'), {
				status: 422,
				param: 'quality',
			}),
		},
	],
};
