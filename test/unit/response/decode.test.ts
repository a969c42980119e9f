import { CallFailure } from '../../../nodes/AiImages/errors';
import { decode } from '../../../nodes/AiImages/response/decode';
import { answerOf } from '../answers';

const keep = async (bytes: Buffer) => bytes.toString();
const base64 = (text: string) => Buffer.from(text).toString('base64');
const decoded = async (body: unknown) => await decode(answerOf({ body }), keep);
const failureAfter = async (served: Parameters<typeof answerOf>[0]): Promise<CallFailure> =>
	await decode(answerOf(served), keep).then(
		() => {
			throw new Error('No failure');
		},
		(error) => error,
	);

describe('an answer', () => {
	it('becomes its images, in order, and what is said of them', async () => {
		const { said, entries } = await decoded({
			created: 5,
			data: [
				{ b64_json: base64('one'), revised_prompt: 'first' },
				{ url: 'https://example.com/2.png', b64_json: '' },
				{ url: `data:image/png;base64,${base64('three')}` },
				{ url: '', b64_json: '' },
			],
			usage: { total_tokens: 7 },
		});
		expect(said).toMatchObject({ created: 5, usage: { total_tokens: 7 } });
		expect(entries.map(({ image, link }) => image ?? link)).toEqual([
			'one',
			'https://example.com/2.png',
			'three',
			undefined,
		]);
		expect(entries[0]?.said.revised_prompt).toBe('first');
	});

	it('never mixes up images when a server repeats one', async () => {
		const entry = (text: string) => ({ b64_json: base64(text) });
		const { entries } = await decoded({ data: [entry('a'), entry('b'), entry('a')] });
		expect(entries.map(({ image }) => image)).toEqual(['a', 'b', 'a']);
	});

	it('has each image kept before the next piece is read', async () => {
		const events: string[] = [];
		const image = Buffer.alloc(65_536, 'x').toString('base64');
		const body = { data: [{ b64_json: image }, { b64_json: image }] };
		await decode(
			answerOf({ body, onPiece: (index) => events.push(`piece ${index}`) }),
			async () => {
				events.push('begin');
				await new Promise(setImmediate);
				events.push('end');
				return 'kept';
			},
		);
		expect(events).toEqual(['piece 0', 'piece 1', 'begin', 'end', 'piece 2', 'begin', 'end']);
	});

	it('keeps the link beside a text that turns out to be no image', async () => {
		const link = 'https://files.example.com/1.png';
		const body = { data: [{ b64_json: 'none', url: link }] };
		const { entries } = await decode(answerOf({ body }), async () => null);
		expect(entries[0]?.image ?? entries[0]?.link).toBe(link);
	});

	it('takes nothing out of a link', async () => {
		const link = 'https://files.example.com/sk-secret/1.png';
		const { entries } = await decoded({ data: [{ url: link, revised_prompt: 'a sk-secret' }] });
		expect(entries[0]?.link).toBe(link);
		expect(entries[0]?.said.revised_prompt).toBe('a ***');
	});

	it.each([
		[{ data: [null] }],
		[{ data: ['x'] }],
		[{ data: [{}] }],
		[{ data: [{ b64_json: null }] }],
	])('may hold entries without an image: %j', async (body) => {
		const { entries } = await decoded(body);
		expect(entries.map(({ image, link }) => [image, link])).toEqual([[undefined, undefined]]);
	});
});

describe('an answer that reports success and holds', () => {
	it('an error is a failure with the words of the server', async () => {
		const body = { error: { message: 'Blocked', code: 'moderation_blocked' } };
		const failure = await failureAfter({ body });
		expect(failure).toBeInstanceOf(CallFailure);
		expect(failure.message).toBe('Blocked');
		expect(failure.nextStep).toMatch(/safety system/);
	});

	it('an error text is a failure', async () => {
		expect((await failureAfter({ body: { error: 'no' } })).message).toBe('no');
	});

	it.each([[{ created: 1, data: [] }], [{}], [{ data: null }], ['null'], ['[]'], ['"ok"'], ['5']])(
		'no image is a failure: %j',
		async (body) => {
			const failure = await failureAfter({ body, headers: { 'x-request-id': 'req_1' } });
			expect(failure).toBeInstanceOf(CallFailure);
			expect(failure.message).toMatch(/holds no image/);
			expect(failure.details).toMatchObject({ status: 200, requestId: 'req_1' });
		},
	);

	it('a page is a failure that names the type and the page', async () => {
		const body = '<html><title>Sign in</title></html>';
		const failure = await failureAfter({ body, headers: { 'content-type': 'text/html' } });
		expect(failure.message).toMatch(/no JSON \(text\/html\).*Sign in/);
		expect(failure.nextStep).toMatch(/Base URL/);
	});

	it.each(['{"data":[{"b64_json":"AAAA', '{"data":[{"b64_json":"AAAA"}', ' [{"a":'])(
		'half of its JSON is a failure that may have been billed: %s',
		async (body) => {
			const failure = await failureAfter({ body });
			expect(failure.message).toMatch(/breaks off/);
			expect(failure.nextStep).toMatch(/billed/);
		},
	);

	it('nothing is a failure', async () => {
		expect((await failureAfter({ body: '' })).message).toMatch(/no JSON/);
	});
});
