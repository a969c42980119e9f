import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeResult } from '../helpers/engine';
import { SSE_HEADERS } from '../helpers/events';
import { raw, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';

const api = useImagesApi();
const engine = useEngine();

/** Two results and the image that is edited. */
let first: Buffer;
let second: Buffer;
let input: Buffer;

beforeAll(async () => {
	first = await picture({ width: 64, colour: '#111111' });
	second = await picture({ width: 64, colour: '#222222' });
	input = await picture({ width: 32, colour: '#333333' });
});

interface Facts {
	/** Links, and the second one. */
	readonly link: string;
	readonly other: string;
	readonly base64: string;
	readonly otherBase64: string;
	/** The image that is edited, as base64. */
	readonly sent: string;
}

const facts = (): Facts => ({
	link: `${api.url}/files/first.png`,
	other: `${api.url}/files/second.png`,
	base64: first.toString('base64'),
	otherBase64: second.toString('base64'),
	sent: input.toString('base64'),
});

const dataUrl = (base64: string) => `data:image/png;base64,${base64}`;

async function runWith(
	body: string | readonly unknown[],
	more: INodeParameters = {},
): Promise<NodeResult> {
	const events = typeof body === 'string' ? undefined : body;
	const text =
		typeof body === 'string'
			? body
			: body
					.map((each) => `data: ${typeof each === 'string' ? each : JSON.stringify(each)}\n\n`)
					.join('');
	api.reply((request, response) => {
		if (request.method === 'GET') {
			return raw(request.path.includes('second') ? second : first)(request, response);
		}
		return raw(
			text,
			200,
			events ? SSE_HEADERS : { 'content-type': 'application/json' },
		)(request, response);
	});
	return await engine.runWorkflow({
		parameters: {
			operation: 'generate',
			model: 'gpt-image-2.5-flare',
			prompt: 'A cat',
			...(events ? { options: { stream: true } } : {}),
			...more,
		},
		items: [
			{
				json: {},
				binary: { data: { data: input, mimeType: 'image/png', fileName: 'input.png' } },
			},
		],
		credentials: api.credentials,
	});
}

async function imagesOf(result: NodeResult): Promise<Buffer[]> {
	expect(result.error).toBeUndefined();
	return await Promise.all(result.outputs[0]!.map(async (item) => await result.binary(item)));
}

const warningsOf = (result: NodeResult) =>
	result.outputs[0]!.flatMap(({ json }) => (json.warnings ?? []) as string[]);

type Case = [name: string, write: (facts: Facts) => unknown];

const ONE: readonly Case[] = [
	[
		'a chat’s list of contents (DashScope)',
		({ link }) => ({ output: { choices: [{ message: { content: [{ image: link }] } }] } }),
	],
	[
		'a chat’s list of contents (OpenAI)',
		({ link }) => ({
			choices: [
				{
					message: {
						content: [
							{ type: 'text', text: 'Here it is' },
							{ type: 'image_url', image_url: { url: link } },
						],
					},
				},
			],
		}),
	],
	[
		'a chat’s images',
		({ link }) => ({
			choices: [
				{ message: { content: '', images: [{ type: 'image_url', image_url: { url: link } }] } },
			],
		}),
	],
	[
		'a Markdown image in a chat',
		({ link }) => ({
			choices: [{ message: { content: `Done!\n\n![a cat](${link})\n\n[Download](${link})` } }],
		}),
	],
	['a chat’s whole words', ({ link }) => ({ choices: [{ message: { content: link } }] })],
	['data', ({ link }) => ({ data: link })],
	['a key of Runware', ({ link }) => ({ data: [{ taskType: 'imageInference', imageURL: link }] })],
	[
		'a key of RunPod',
		({ link }) => ({
			status: 'COMPLETED',
			output: { images: [{ filename: 'a.png', type: 's3_url', data: link }] },
		}),
	],
	['a message that is a link', ({ link }) => ({ status: 'COMPLETED', output: { message: link } })],
	['a key of Black Forest Labs', ({ link }) => ({ status: 'Ready', result: { sample: link } })],
	['a key of Tencent', ({ link }) => ({ Response: { ResultImage: link, RequestId: 'r' } })],
	['a list of files', ({ link }) => ({ files: [{ url: link, mime: 'image/png' }] })],
	['JSON inside of a text', ({ link }) => ({ data: { resultJson: `{"resultUrls":["${link}"]}` } })],
	[
		'the result of a job that is done',
		({ link }) => ({
			code: 0,
			data: { task_id: 't', task_status: 'succeed', task_result: { images: [{ url: link }] } },
		}),
	],
	['a list around the whole response', ({ link }) => [{ data: [{ url: link }] }]],
	['base64 of JSON inside of a text', ({ base64 }) => ({ body: JSON.stringify({ a: [base64] }) })],
	['base64 as Python prints it', ({ base64 }) => ({ image: `b'${base64}'` })],
	['b64_json as Python prints it', ({ base64 }) => ({ data: [{ b64_json: `b'${base64}'` }] })],
	['base64 behind a type', ({ base64 }) => ({ image: `image/png;base64,${base64}` })],
	[
		'a data URL with a name that has a blank',
		({ base64 }) => ({ images: [`data:image/png;name=a b.png;base64,${base64}`] }),
	],
	[
		'a link beside its thumbnail',
		({ link, otherBase64 }) => ({ data: [{ url: link, thumbnail: dataUrl(otherBase64) }] }),
	],
];

describe('a result where no known provider puts it', () => {
	it.each(ONE)('is found under %s', async (_, write) => {
		const result = await runWith(JSON.stringify(write(facts())));
		expect(await imagesOf(result)).toEqual([first]);
		expect(warningsOf(result)).toEqual([]);
	});

	it.each<[string, (facts: Facts) => string]>([
		['links in lines', ({ link, other }) => `${link}\n${other}\n`],
		['two Markdown images', ({ link, other }) => `![1](${link})\n![2](${other})`],
		[
			'JSON in lines',
			({ base64, other }) =>
				`{"done":false}\n{"image":"${base64}"}\n{"done":true,"data":[{"url":"${other}"}]}\n`,
		],
	])('is found in %s', async (_, write) => {
		const result = await runWith(write(facts()), { n: 2 });
		const images = await imagesOf(result);
		expect(images).toHaveLength(2);
		expect(images).toEqual(expect.arrayContaining([first, second]));
		expect(warningsOf(result)).toEqual([]);
	});

	it('is an SVG that stands there as text', async () => {
		const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><a b="1,2"/></svg>';
		expect(await imagesOf(await runWith(JSON.stringify({ data: [{ svg }] })))).toEqual([
			Buffer.from(svg),
		]);
	});

	it.each<Case>([
		['asks for its state', ({ link }) => ({ task_id: 't', status_url: link.replace('.png', '') })],
		[
			'leads to documents',
			() => ({ message: 'Not Found', documentation_url: 'https://a.test/docs' }),
		],
		['asks for money', () => ({ message: 'No plan', upgrade_url: 'https://a.test/pay' })],
		['is told under a real error', ({ link }) => ({ error: { message: `See ${link}` } })],
		['is the input', ({ link }) => ({ input: { image: link } })],
	])('is no link that %s', async (_, write) => {
		const result = await runWith(JSON.stringify(write(facts())));
		expect(result.error).toBeDefined();
		expect(api.requests.filter(({ method }) => method === 'GET')).toEqual([]);
	});
});

describe('an input image that is repeated', () => {
	const edit = { operation: 'edit' };

	it.each<Case>([
		['at a place of its own', ({ link, sent }) => ({ original: sent, data: [{ url: link }] })],
		['in the same result', ({ link, sent }) => ({ data: [{ url: link, from: dataUrl(sent) }] })],
	])('does not take the place of a link, %s', async (_, write) => {
		const result = await runWith(JSON.stringify(write(facts())), edit);
		expect(await imagesOf(result)).toEqual([first]);
		expect(warningsOf(result)).toEqual([]);
	});

	it('is no result of an event before another', async () => {
		const { base64, sent } = facts();
		const events = [
			{ type: 'image_edit.in_progress', b64_json: sent },
			{ type: 'image_edit.completed', b64_json: base64 },
		];
		const result = await runWith(events, { ...edit, options: { stream: true } });
		expect(await imagesOf(result)).toEqual([first]);
		expect(warningsOf(result)).toEqual([]);
	});

	it('is the result where there is no other', async () => {
		const events = [{ type: 'image_edit.completed', b64_json: facts().sent }];
		const result = await runWith(events, { ...edit, options: { stream: true } });
		expect(await imagesOf(result)).toEqual([input]);
	});

	it('is no result by its address', async () => {
		const { link, other } = facts();
		const result = await runWith(JSON.stringify({ images: [other, link] }), {
			...edit,
			inputImages: { image: [{ source: 'url', url: other }] },
			options: { imagesAsJson: true },
		});
		expect(await imagesOf(result)).toEqual([first]);
		expect(api.requests.map(({ path }) => path)).toEqual(['/v1/images/edits', '/files/first.png']);
	});
});

describe('a stream', () => {
	const completed = (more: object) => ({ type: 'image_generation.completed', ...more });

	it.each<[string, (facts: Facts) => unknown[]]>([
		[
			'an image and the whole response of the Responses API',
			({ base64 }) => [
				{ type: 'response.output_item.done', item: { result: base64 } },
				{ type: 'response.completed', response: { output: [{ result: base64 }] } },
			],
		],
		[
			'the pieces of a chat and all of it',
			({ base64 }) => [
				{ choices: [{ delta: { images: [{ image_url: { url: dataUrl(base64) } }] } }] },
				{ choices: [{ message: { images: [{ image_url: { url: dataUrl(base64) } }] } }] },
			],
		],
		[
			'an image and a list of it',
			({ base64 }) => [completed({ b64_json: base64 }), { images: [base64] }],
		],
		[
			'a link and a list of it',
			({ link }) => [completed({ url: link }), { data: [{ url: link }] }],
		],
		[
			'an image and the link to it',
			({ base64, link }) => [completed({ b64_json: base64 }), { data: [{ url: link }] }],
		],
		['a list of links twice', ({ link }) => [{ data: [{ url: link }] }, { data: [{ url: link }] }]],
	])('holds one image in %s', async (_, write) => {
		const result = await runWith(write(facts()));
		expect(await imagesOf(result)).toEqual([first]);
		expect(warningsOf(result)).toEqual([]);
	});

	it('holds two equal images in two events of the same kind', async () => {
		const event = completed({ b64_json: facts().base64 });
		const result = await runWith([event, event], { n: 2 });
		expect(await imagesOf(result)).toEqual([first, first]);
	});

	it('holds a list of images that grows', async () => {
		const { base64, otherBase64 } = facts();
		const result = await runWith([{ images: [base64] }, { images: [base64, otherBase64] }], {
			n: 2,
		});
		expect(await imagesOf(result)).toEqual([first, second]);
		expect(warningsOf(result)).toEqual([]);
	});

	it.each<[string, (facts: Facts) => unknown[]]>([
		['a data URL', ({ base64 }) => ['10', dataUrl(base64)]],
		['base64', ({ base64 }) => ['10', base64]],
		['a link', ({ link }) => ['10', link]],
	])('may hold %s without anything around it', async (_, write) => {
		expect(await imagesOf(await runWith(write(facts())))).toEqual([first]);
	});

	it('may tell a link in pieces', async () => {
		const words = `Here: ![a cat](${facts().link}) Enjoy!`;
		const pieces = words
			.match(/.{1,9}/g)!
			.map((content) => ({ choices: [{ delta: { content } }] }));
		const result = await runWith(pieces);
		expect(await imagesOf(result)).toEqual([first]);
		expect(warningsOf(result)).toEqual([]);
	});
});

describe('a list of errors beside a result', () => {
	const answer = () => ({
		data: [{ url: facts().link }],
		errors: [{ message: 'The second one was held up' }],
	});

	it.each<[string, () => Promise<NodeResult>]>([
		['a response', async () => await runWith(JSON.stringify(answer()), { n: 2 })],
		['an event', async () => await runWith([answer()], { n: 2 })],
	])('tells why an image is missing, in %s', async (_, run) => {
		const result = await run();
		expect(await imagesOf(result)).toEqual([first]);
		expect(warningsOf(result)).toEqual([
			expect.stringMatching(/^One image is missing: The second one was held up/),
		]);
	});

	it.each([[[]], [{}], [null], [['']]])('is none if it says nothing: %j', async (errors) => {
		const { link } = facts();
		const result = await runWith(JSON.stringify({ data: [{ url: link }], errors }));
		expect(await imagesOf(result)).toEqual([first]);
		expect(warningsOf(result)).toEqual([]);
	});
});

describe('a result among others that is none', () => {
	it.each<[string, object, RegExp]>([
		['a code and a message', { code: 'Timeout', message: 'It took too long' }, /It took too long/],
		['a mark of moderation', { url: '', respect_moderation: false }, /safety system/],
	])('tells why by %s', async (_, entry, reason) => {
		const result = await runWith(JSON.stringify({ data: [{ b64_json: facts().base64 }, entry] }), {
			n: 2,
		});
		expect(await imagesOf(result)).toEqual([first]);
		expect(warningsOf(result)).toEqual([expect.stringMatching(reason)]);
	});
});
