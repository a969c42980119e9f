import { ApiError } from '../../../nodes/AiImages/errors';
import { decode } from '../../../nodes/AiImages/response/decode';
import {
	responseOf,
	NO_LIMITS,
	base64,
	decodeTexts,
	failureAfter as failureOf,
	resultsOf,
	storeOf,
} from '../responses';

type Served = Parameters<typeof responseOf>[0];

const decoded = async (body: unknown, others: Served = {}) =>
	await decodeTexts(responseOf({ body, ...others }));
const failureAfter = async (served: Served) => await failureOf(responseOf(served));

describe('a response', () => {
	it('becomes its images, in order, and their metadata', async () => {
		const { metadata, entries } = await decoded({
			created: 5,
			data: [
				{ b64_json: base64('one'), revised_prompt: 'first' },
				{ url: 'https://example.com/2.png', b64_json: '' },
				{ url: `data:image/png;base64,${base64('three')}` },
				{ url: '', b64_json: '' },
			],
			usage: { total_tokens: 7 },
		});
		expect(metadata).toMatchObject({ created: 5, usage: { total_tokens: 7 } });
		expect(entries.map(({ image, link }) => image ?? link)).toEqual([
			'one',
			'https://example.com/2.png',
			'three',
			undefined,
		]);
		expect(entries[0]?.metadata.revisedPrompt).toBe('first');
	});

	it('never mixes up images when a server repeats one', async () => {
		const entry = (text: string) => ({ b64_json: base64(text) });
		const { entries } = await decoded({ data: [entry('a'), entry('b'), entry('a')] });
		expect(entries.map(({ image }) => image)).toEqual(['a', 'b', 'a']);
	});

	it('hands on the bytes of an image before the next piece is read', async () => {
		const events: string[] = [];
		const image = Buffer.alloc(65_536, 'x').toString('base64');
		const body = { data: [{ b64_json: image }, { b64_json: image }] };
		await decode(
			responseOf({ body, onPiece: (index) => events.push(`piece ${index}`) }),
			storeOf(async (bytes) => {
				events.push('begin');
				for await (const piece of bytes) events.push(piece.length > 9 ? 'bytes' : 'last bytes');
				events.push('end');
				return 'kept';
			}),
			NO_LIMITS,
		);
		const first = ['piece 0', 'begin', 'bytes', 'piece 1', 'bytes', 'end'];
		expect(events).toEqual([...first, 'begin', 'bytes', 'piece 2', 'bytes', 'end']);
	});

	it('keeps the link beside a text that turns out to be no image', async () => {
		const link = 'https://files.example.com/1.png';
		const body = { data: [{ b64_json: 'none', url: link }] };
		const { entries } = await decode(
			responseOf({ body }),
			storeOf(async () => null),
			NO_LIMITS,
		);
		expect(entries[0]?.image ?? entries[0]?.link).toBe(link);
	});

	it('takes nothing out of a link', async () => {
		const link = 'https://files.example.com/sk-secret/1.png';
		const { entries } = await decoded({ data: [{ url: link, revised_prompt: 'a sk-secret' }] });
		expect(entries[0]?.link).toBe(link);
		expect(entries[0]?.metadata.revisedPrompt).toBe('a ***');
	});

	it.each([
		[{ data: [null] }],
		[{ data: ['x'] }],
		[{ data: [{}] }],
		[{ data: [{ b64_json: null }] }],
	])('can contain entries without an image: %j', async (body) => {
		const { entries } = await decoded({ data: [...body.data, { b64_json: base64('two') }] });
		expect(entries.map(({ image, link }) => [image, link])).toEqual([
			[undefined, undefined],
			['two', undefined],
		]);
		expect((await failureAfter({ body })).details).toMatchObject({ status: 200 });
	});
});

describe('a response that reports success and holds', () => {
	it('an error is a failure with the API’s own message', async () => {
		const body = { error: { message: 'Blocked', code: 'moderation_blocked' } };
		const failure = await failureAfter({ body });
		expect(failure).toBeInstanceOf(ApiError);
		expect(failure.message).toBe('Blocked');
		expect(failure.advice).toMatch(/safety system/);
	});

	it('an error text is a failure', async () => {
		expect((await failureAfter({ body: { error: 'no' } })).message).toBe('no');
	});

	it.each([[{ created: 1, data: [] }], [{}], [{ data: null }], ['null'], ['[]'], ['"ok"'], ['5']])(
		'no image is a failure: %j',
		async (body) => {
			const failure = await failureAfter({ body, headers: { 'x-request-id': 'req_1' } });
			expect(failure).toBeInstanceOf(ApiError);
			expect(failure.message).toMatch(/success status without an image/);
			expect(failure.details).toMatchObject({ status: 200, requestId: 'req_1' });
		},
	);

	it('a page is a failure that names the type and the page', async () => {
		const body = '<html><title>Sign in</title></html>';
		const failure = await failureAfter({ body, headers: { 'content-type': 'text/html' } });
		expect(failure.message).toMatch(/text\/html instead of JSON.*Sign in/);
		expect(failure.advice).toMatch(/Base URL/);
	});

	it.each(['{"data":[{"b64_json":"AAAA', '{"data":[{"url":"https://a/b', ' [{"a":'])(
		'half of its JSON is a failure that may have been billed: %s',
		async (body) => {
			const failure = await failureAfter({ body });
			expect(failure.message).toMatch(/truncated or is invalid JSON/);
			expect(failure.advice).toMatch(/billed/);
		},
	);

	it('nothing is a failure', async () => {
		expect((await failureAfter({ body: '' })).message).toMatch(/empty response \(HTTP 200\)/);
	});
});

describe('a response in JSON', () => {
	const body = { created: 1, data: [{ b64_json: base64('one') }] };

	it.each(['application/json', 'text/plain', 'application/octet-stream', ''])(
		'is read whether events were asked for or not: %j',
		async (type) => {
			const result = await decoded(body, { headers: { 'content-type': type } });
			expect(resultsOf(result)).toEqual(['one']);
			expect(result.previews).toEqual([]);
		},
	);

	it.each([1, 2, 3, 7, 64])('is read alike in pieces of %i bytes', async (pieceLength) => {
		const more = { ...body, data: [...body.data, { b64_json: base64('ü 🌊') }], size: '灯台' };
		const result = await decoded(more, { pieceLength });
		expect(resultsOf(result)).toEqual(['one', 'ü 🌊']);
		expect(result.metadata).toEqual({ created: 1, size: '灯台' });
	});
});

describe('a response that breaks off', () => {
	const whole = JSON.stringify({
		data: [{ b64_json: base64('one') }, { b64_json: base64('two') }],
		usage: {},
	});
	const upTo = (text: string) => whole.slice(0, whole.indexOf(text));
	const lost = new ApiError('The connection broke', 'Look at the usage page');

	it.each([
		['in the second image', upTo(base64('two')), ['one']],
		['behind the first image', upTo(',{'), ['one']],
		['behind the second image', upTo(']'), ['one', 'two']],
		['at its end', whole.slice(0, -1), ['one', 'two']],
	])('%s keeps the images that were complete', async (_, body, images) => {
		const closed = await decoded(body);
		expect(resultsOf(closed)).toEqual([
			...images,
			expect.stringMatching(/truncated or is invalid JSON/),
		]);
		const broken = await decoded(body, { lost });
		expect(resultsOf(broken)).toEqual([...images, 'The connection broke']);
	});

	it('before the first image is complete fails as it broke', async () => {
		const body = upTo(base64('one').slice(3));
		const headers = { 'x-request-id': 'req_1' };
		expect(await failureAfter({ body, lost, headers })).toMatchObject({
			message: lost.message,
			advice: lost.advice,
			details: { status: 200, requestId: 'req_1' },
		});
		expect((await failureAfter({ body })).message).toMatch(/truncated or is invalid JSON/);
	});

	it('throws what isn’t a failure of the call', async () => {
		const bug = new TypeError('bug');
		await expect(decoded(whole, { lost: bug })).rejects.toBe(bug);
	});
});

describe('links in a response that breaks off', () => {
	it.each([
		['{"data":[{"url":"https://a/1.png"},{"url":"https://a/2', ['https://a/1.png']],
		['{"n":NaN,"data":[{"url":"https:\\/\\/a\\/1.png?x=\\"1"}]}', ['https://a/1.png?x="1']],
		[`{"data":[{"b64_json":"${base64('one')}"},{"url":"https://a/1"},`, ['one', 'https://a/1']],
		['{"data":[{"url":"ftp://a/1"},{"url":"https://a/1"},', ['https://a/1']],
	])('are followed if they are complete: %s', async (body, found) => {
		expect(resultsOf(await decoded(body))).toEqual([
			...found,
			expect.stringMatching(/truncated or is invalid JSON/),
		]);
	});
});

describe('errors beside images', () => {
	it('of single images stand in their place', async () => {
		const data = [
			{ b64_json: base64('one') },
			{ error: { message: 'Blocked sk-secret', code: 'moderation_blocked' } },
			{ url: 'https://a/3.png' },
			{ error: 'no' },
		];
		const result = await decoded({ data });
		expect(resultsOf(result)).toEqual(['one', 'Blocked ***', 'https://a/3.png', 'no']);
		expect(result.entries[1]?.error?.advice).toMatch(/safety system/);
	});

	it('of all images together do not lose those that are there', async () => {
		const body = { error: { message: 'One is missing' }, data: [{ b64_json: base64('one') }] };
		expect(resultsOf(await decoded(body))).toEqual(['one', 'One is missing']);
	});

	it.each([[[]], [[{ b64_json: '' }]], [[{}]], [[{ b64_json: null, url: '' }]]])(
		'count where there is no image: %j',
		async (data) => {
			const body = { error: { message: 'Blocked', code: 402 }, data };
			const failure = await failureAfter({ body });
			expect(failure.message).toBe('Blocked');
			expect(failure.details).toMatchObject({ status: 200, code: '402' });
			expect(failure.advice).toMatch(/credit/);
		},
	);

	it.each([null, '', 0, false])('are none if they are %j', async (error) => {
		expect(resultsOf(await decoded({ error, data: [{ b64_json: base64('one') }] }))).toEqual([
			'one',
		]);
	});
});
