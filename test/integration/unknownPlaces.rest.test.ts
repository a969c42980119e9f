import { dataUrl, imagesOf, useResults, warningsOf, type Facts } from '../helpers/results';

const { api, images, facts, runWith } = useResults();

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
		expect(await imagesOf(result)).toEqual([images.first]);
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
		const found = await imagesOf(result);
		expect(found).toHaveLength(2);
		expect(found).toEqual(expect.arrayContaining([images.first, images.second]));
		expect(warningsOf(result)).toEqual([]);
	});

	it('is an SVG that is there as text', async () => {
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
