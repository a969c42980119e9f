import { API_KEY, imageResponse, json, raw, type Reply } from '../../../helpers/imagesApi';
import { delivers, free, ID, jsonOf, makes, page, refuses } from '../responders';
import { SIGNATURE, type Responder } from '../servers';
import { BOTH, EDIT, GENERATE, images, INTACT, NEXT, notSent, unbilled } from '../outcomes';
import type { Row, Topic } from '../row';
import { TENANT } from '../run';
import { singleRow } from '../singleRow';

/** Leads away from the API; the other server would be glad of the key. */
const movesTo =
	(status: number): Responder =>
	({ publish }) =>
		raw('', status, { location: publish('/v1/images/generations', raw('{}')) });

const moved = (status: number, credentials?: Row['credentials']): Row => ({
	name: `a redirect with status ${status}${credentials ? ', with the key in a custom header' : ''}`,
	operations: BOTH,
	credentials,
	server: [movesTo(status)],
	expected: unbilled(`The API returned HTTP ${status} without a message`, NEXT.redirect, {
		status,
	}),
});

const named = (name: string, prompt: string, fileName: string, template?: string): Row => ({
	name,
	operations: GENERATE,
	prompts: [prompt],
	options: template ? { fileName: template } : {},
	server: [delivers],
	expected: { ...INTACT, items: [images(1, { json: { fileName } })] },
});

/** Says more than the image, or other than one would think. */
const says = (name: string, said: (made: Buffer[]) => Reply, more: object = {}): Row =>
	singleRow(name, makes(said), { ...INTACT, items: [images(1, { json: { ...more } })] });

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const withDeep = (made: Buffer[]) =>
	raw(
		JSON.stringify({ ...imageResponse(...made), deep: 0 }).replace(
			'"deep":0',
			`"deep":${nested(50_000)}`,
		),
	);
const withProto = (made: Buffer[]) =>
	raw(jsonOf(made).replace('{', '{"__proto__":{"polluted":true},'));

const EXTRA = '{"__proto__":{"polluted":true},"seed":7}';
const BODY = { model: 'gpt-image-2.5-flare', prompt: 'A cat', n: 1, size: 'auto' };
const FILLED = { ...BODY, background: 'auto', output_format: 'png', quality: 'auto' };

/** What a server, a prompt or a file should not be able to do. */
export const HOSTILE: Topic = {
	title: 'Secrets and hostile input',
	about:
		'The API key is only sent to the Base URL, and is redacted from everything that the API returns. File names are sanitized.',
	rows: [
		moved(301),
		moved(302),
		moved(307),
		moved(308),
		moved(307, { authentication: 'header', headerName: 'api-key' }),
		{
			name: 'a message that repeats the key',
			operations: BOTH,
			server: [refuses(401, { message: `Wrong key ${API_KEY} of ${TENANT}, I said ${API_KEY}` })],
			expected: unbilled('Wrong key *** of ***, I said ***', NEXT.key, { status: 401 }),
		},
		{
			name: 'a message that repeats a signed URL',
			operations: GENERATE,
			server: [
				refuses(400, { message: `No image at https://example.com/a.png?sig=${SIGNATURE}&x=1.` }),
			],
			expected: unbilled('No image at https://example.com/a.png?***', NEXT.change, { status: 400 }),
		},
		{
			name: 'a message that repeats an image',
			operations: GENERATE,
			server: [refuses(400, { message: `Bad: ${'iVBORw0KGgoAAAANSUhEUg'.repeat(20)}` })],
			expected: unbilled('Bad: …', NEXT.change, { status: 400 }),
		},
		{
			name: 'a code, a type and a parameter that repeat the key',
			operations: GENERATE,
			server: [refuses(400, { message: 'No.', code: API_KEY, type: TENANT, param: API_KEY })],
			expected: unbilled('No.', NEXT.change, {
				status: 400,
				code: '***',
				type: '***',
				param: '***',
			}),
		},
		{
			name: 'a request id that repeats the key',
			operations: GENERATE,
			server: [refuses(400, { message: 'No.' }, { 'x-request-id': API_KEY })],
			expected: unbilled('No.', NEXT.change, { status: 400, requestId: '***' }),
		},
		{
			name: 'a web page that repeats the key',
			operations: GENERATE,
			server: [free(page(500, `Your key ${API_KEY}`))],
			expected: unbilled('API response: Your key ***', NEXT.server, { status: 500 }),
		},
		says(
			'an image, with the key repeated in the response',
			(made) =>
				json({ ...imageResponse(...made), size: API_KEY, usage: { key: API_KEY } }, 200, {
					'x-request-id': API_KEY,
				}),
			{ requestId: '***', metadata: { size: '***', usage: { key: '***' } } },
		),
		says(
			'an image, with the prompt and the key repeated',
			([image]) =>
				json({ data: [{ ...imageResponse(image!).data[0], revised_prompt: `A cat, ${API_KEY}` }] }),
			{ revisedPrompt: 'A cat, ***' },
		),
		says('metadata of the wrong types', (made) =>
			json({
				...imageResponse(...made),
				created: 'now',
				size: { w: 1 },
				quality: 5,
				usage: 'much',
				output_format: [],
			}),
		),
		says('metadata with a prototype key', withProto),
		says('metadata nested 50,000 levels deep', withDeep),
		{
			name: 'an error nested 20,000 levels deep',
			operations: GENERATE,
			server: [free(raw(`{"error":{"message":"Too deep","more":${nested(20_000)}}}`, 400))],
			expected: unbilled('Too deep', NEXT.change, { status: 400 }),
		},
		{
			name: 'an error with a prototype key',
			operations: GENERATE,
			server: [free(raw('{"error":{"__proto__":{"polluted":true},"message":"No."}}', 400, ID))],
			expected: unbilled('No.', NEXT.change, { status: 400, requestId: 'req_42' }),
		},
		named('a file path as the prompt', '../../../etc/passwd', 'etc-passwd-1.png'),
		named('an HTTP header as the prompt', 'A cat\r\nX-Evil: yes', 'a-cat-x-evil-yes-1.png'),
		named('a prompt without letters', '../..', 'image-1.png'),
		named('a path as the file name', 'A cat', 'etc-passwd.png', '../../etc/passwd'),
		named('a file name with quotes and line breaks', 'A cat', 'a-b-c-d.png', 'a"b\r\nc:d'),
		{
			name: 'an input file named like a path and a header',
			operations: EDIT,
			inputFileName: '../../etc/x"\r\nX-Evil: yes.png',
			server: [delivers],
			expected: INTACT,
		},
		{
			name: 'additional body fields with a prototype key',
			operations: GENERATE,
			parameters: { quality: 'auto' },
			options: { extraFields: EXTRA },
			server: [delivers],
			expected: { ...INTACT, lastBody: { ...FILLED, ...JSON.parse(EXTRA) } },
		},
		{
			name: "additional body fields for the node's own parameters",
			operations: GENERATE,
			options: { extraFields: '{"model":"other","prompt":"A dog"}' },
			server: [delivers],
			expected: notSent(
				...['model', 'prompt'].map(
					(field) =>
						`'Additional Body Fields' can't contain "${field}": gpt-image-2.5-flare has its own field for it. Use that field instead`,
				),
			),
		},
		{
			name: 'expressions with values of the wrong type',
			operations: GENERATE,
			parameters: { n: '={{ "many" }}', size: '={{ [1] }}', quality: '={{ ({}) }}' },
			options: { timeout: '={{ "soon" }}' },
			server: [delivers],
			expected: notSent(
				"'Timeout' \"soon\" isn't valid. Use a number of seconds above 0 and up to 86,400",
				"'Number of Images' \"many\" isn't supported by gpt-image-2.5-flare. Use a whole number from 1 to 10",
				"'Size' [1] isn't supported by gpt-image-2.5-flare. Use a string such as 1024x1024",
				"'Quality' {} isn't supported by gpt-image-2.5-flare. Use one of: auto, low, medium, high, xhigh, max",
			),
		},
	],
};
