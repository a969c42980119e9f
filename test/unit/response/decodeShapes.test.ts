import { base64, decodeTexts, responseOf, resultsOf } from '../responses';
import { picture } from '../../helpers/pictures';

const one = { b64_json: base64('one') };
const two = { b64_json: base64('two') };

const results = async (body: unknown, type = 'application/json') =>
	resultsOf(await decodeTexts(responseOf({ body, headers: { 'content-type': type } })));

describe('a response of another shape', () => {
	it.each<[string, unknown, unknown[]]>([
		['a list', [one, two], ['one', 'two']],
		[
			'images instead of data',
			{ images: [{ url: 'https://a/1.png' }, one] },
			['https://a/1.png', 'one'],
		],
		[
			'links as texts',
			{ data: ['https://a/1.png', 'http://a/2.png'] },
			['https://a/1.png', 'http://a/2.png'],
		],
		['one record as data', { data: one }, ['one']],
		['one record alone', one, ['one']],
		['data inside of data', { code: 0, data: { data: [one, two] } }, ['one', 'two']],
		['data that is null beside images', { data: null, images: [one] }, ['one']],
		['images where nobody looks', { output: { choices: [one, two] } }, ['one', 'two']],
	])('returns its images: %s', async (_, body, expected) => {
		expect(await results(body)).toEqual(expected);
	});

	it('after which a gateway reports that it is done is read', async () => {
		expect(await results(`${JSON.stringify({ data: [one] })}\n\ndata: [DONE]\n\n`)).toEqual([
			'one',
		]);
	});
});

describe('a response under a wrong type', () => {
	const event = `event: image_generation.completed\ndata: ${JSON.stringify(one)}\n\n`;

	it.each(['application/json', 'text/plain', ''])('is read as events: %j', async (type) => {
		for (const start of ['', '\uFEFF', '\n', ': keepalive\n\n', 'id: 1\n', 'retry: 5\n']) {
			expect([start, await results(start + event, type)]).toEqual([start, ['one']]);
		}
	});

	it('is read as JSON', async () => {
		for (const start of ['', '\uFEFF', ' \r\n']) {
			const text = start + JSON.stringify({ data: [one] });
			expect([start, await results(text, 'text/event-stream')]).toEqual([start, ['one']]);
		}
	});

	it.each([1, 2, 3, 10])(
		'is known although it comes in pieces of %i bytes',
		async (pieceLength) => {
			for (const text of [`\uFEFF\n${event}`, ` \n${JSON.stringify({ data: [one] })}`]) {
				const decoded = await decodeTexts(responseOf({ body: text, pieceLength }));
				expect(resultsOf(decoded)).toEqual(['one']);
			}
		},
	);
});

describe('a response that is the file itself', () => {
	it.each(['png', 'jpeg', 'webp', 'gif'] as const)('is kept as it is: %s', async (format) => {
		const body = await picture({ format });
		for (const pieceLength of [1, 7, 65_536]) {
			const headers = { 'content-type': `image/${format}` };
			const decoded = await decodeTexts(responseOf({ body, headers, pieceLength }));
			expect(resultsOf(decoded)).toEqual([body.toString()]);
		}
	});

	it('isn’t an image only because it claims to be', async () => {
		await expect(results('<html></html>', 'image/png')).rejects.toThrow(
			/image\/png instead of JSON/,
		);
	});
});
