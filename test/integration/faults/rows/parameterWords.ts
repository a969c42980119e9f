import { json } from '../../../helpers/imagesApi';
import { delivers, refuses } from '../responders';
import type { Responder } from '../servers';
import { GENERATE, images, INTACT, NEXT, unbilled, unsupported } from '../outcomes';
import type { Row, Topic } from '../row';

/** Refuses a request that has this field, in words of its own. */
const knowsNotQuality =
	(body: unknown, status = 400): Responder =>
	async (call) =>
		'quality' in call.fields ? json(body, status) : await delivers(call);

const leftOut = (name: string, body: unknown, status = 400): Row => ({
	name,
	operations: GENERATE,
	parameters: { quality: 'auto' },
	server: [knowsNotQuality(body, status)],
	expected: {
		...INTACT,
		calls: 2,
		items: [
			images(1, {
				attempts: 2,
				warnings: ["'Quality' was removed because the API doesn't support it"],
			}),
		],
	},
});

const LITELLM =
	'litellm.UnsupportedParamsError: Setting `quality` is not supported by openai, sd3.5-large. To drop it from the call, set `litellm.drop_params = True`..';
/** Unknown parameters in the words of others than OpenAI. */
export const PARAMETER_WORDS: Topic = {
	title: "Unsupported parameters in other APIs' words",
	about:
		'Each API words it differently. An invalid value of a supported parameter is never removed.',
	rows: [
		leftOut('a default value (LiteLLM)', {
			error: { message: LITELLM, type: 'None', param: 'None', code: '400' },
		}),
		leftOut('a default value (xAI)', {
			code: '400',
			error: 'Argument not supported: quality',
		}),
		leftOut('a default value (Gemini)', {
			error: {
				code: 400,
				message: 'Invalid JSON payload received. Unknown name "quality": Cannot find field.',
				status: 'INVALID_ARGUMENT',
			},
		}),
		leftOut(
			'several parameters, forbidden by FastAPI',
			{
				detail: ['quality', 'seed'].map((name) => ({
					loc: ['body', name],
					msg: 'Extra inputs are not permitted',
					type: 'extra_forbidden',
				})),
			},
			422,
		),
		leftOut('a default value (a provider behind OpenRouter)', {
			error: {
				code: 400,
				message: 'Provider returned error',
				metadata: { raw: `{"error":{"message":"Unknown parameter: 'quality'."}}` },
			},
		}),
		{
			name: 'a parameter that you set (LiteLLM)',
			operations: GENERATE,
			parameters: { quality: 'high' },
			server: [refuses(400, { message: LITELLM, type: 'None', param: 'None', code: '400' })],
			expected: unbilled(LITELLM, unsupported('Quality'), { status: 400, code: '400' }),
		},
		{
			name: 'an invalid default value (LiteLLM)',
			operations: GENERATE,
			parameters: { quality: 'auto' },
			server: [refuses(400, { message: "Invalid value: 'auto' for 'quality'" })],
			expected: unbilled("Invalid value: 'auto' for 'quality'", NEXT.change, { status: 400 }),
		},
	],
};
