import { decode } from '../../../nodes/AiImages/response/decode';
import {
	base64,
	decodeTexts,
	eventsOf,
	failureAfter,
	keepText,
	NO_LIMITS,
	resultsOf,
	storeOf,
} from '../responses';
import { decoded, done, event, preview } from './streamEvents';

describe('a streamed response', () => {
	it.each([null, 0, '0'])(
		'is judged by the type of an event, whatever its partial_image_index: %j',
		async (index) => {
			const finished = done('one', { partial_image_index: index });
			expect(resultsOf(await decoded(finished))).toEqual(['one']);
			const sorted = event({ partial_image_index: index, ...JSON.parse(finished.slice(6)) });
			expect(resultsOf(await decoded(sorted))).toEqual(['one']);
		},
	);

	it('is read no further than a response can be long', async () => {
		const response = eventsOf('data: 1\n\n'.repeat(30_000) + done('one'));
		expect((await failureAfter(response)).message).toMatch(/more than 20,000 events/);
	});

	it('becomes previews and images, each in their order', async () => {
		const result = await decoded(preview('a', 0), preview('b', 1), done('one'), done('two'));
		expect(resultsOf(result)).toEqual(['one', 'two']);
		expect(result.previews).toEqual(['preview a', 'preview b']);
	});

	it('keeps the metadata of each image', async () => {
		const usage = { input_tokens: 1, output_tokens: 2 };
		const { entries } = await decoded(
			done('one', { usage, size: '8x8', created_at: 5 }),
			done('two', { quality: 'low sk-secret' }),
		);
		expect(entries[0]?.metadata).toMatchObject({ usage, size: '8x8', createdAt: 5 });
		expect(entries[1]?.metadata.quality).toBe('low ***');
	});

	it.each([
		['by its type', event({ type: 'image_edit.completed', b64_json: base64('x') })],
		['by its name', event({ b64_json: base64('x') }, 'image_edit.completed')],
		[
			'by its type rather than its name',
			event({ type: 'a.completed', b64_json: base64('x') }, 'b'),
		],
		['by what it holds', event({ b64_json: base64('x') })],
		[
			'by a gateway’s word',
			event({ type: 'image_generation.partial_succeeded', b64_json: base64('x') }),
		],
		['as a whole response', event({ created: 1, data: [{ b64_json: base64('x') }] })],
	])('is known %s', async (_, text) => {
		expect(resultsOf(await decoded(text))).toEqual(['x']);
	});

	it.each([
		['by its type', event({ type: 'image_generation.partial_succeeded', url: 'https://a/b' })],
		['by what it holds', event({ url: 'https://a/b' })],
		['as a whole response', event({ data: [{ url: 'https://a/b' }] })],
		['beside an empty text', event({ b64_json: '', url: 'https://a/b' }, 'image_edit.completed')],
	])('can contain a link, known %s', async (_, text) => {
		expect(resultsOf(await decoded(text))).toEqual(['https://a/b']);
	});

	it('as a whole response keeps the metadata beside its images', async () => {
		const usage = { input_tokens: 1, output_tokens: 2 };
		const data = [{ b64_json: base64('x') }, { b64_json: base64('y') }];
		const result = await decoded(event({ created: 1, usage, data }));
		expect(resultsOf(result)).toEqual(['x', 'y']);
		expect({ ...result.metadata, ...result.entries[0]?.metadata }).toMatchObject({
			created: 1,
			usage,
		});
	});

	it.each([
		['by its name', event({ b64_json: base64('x') }, 'image_edit.partial_image')],
		['by what it holds', event({ b64_json: base64('x'), partial_image_index: 0 })],
	])('has previews that are known %s', async (_, text) => {
		expect((await decoded(text, done('one'))).previews).toEqual(['preview x']);
	});

	it('ends at [DONE], or without it', async () => {
		expect(resultsOf(await decoded(done('one'), event('[DONE]'), done('two')))).toEqual(['one']);
		expect(resultsOf(await decoded(done('one'), event('[DONE]')))).toEqual(['one']);
		expect(resultsOf(await decoded(done('one')))).toEqual(['one']);
	});

	it.each([
		event({ type: 'ping' }),
		event({ type: 'image_generation.in_progress' }, 'image_generation.in_progress'),
		event('no JSON'),
		event('null'),
		event([1]),
		event({ type: 'response.completed', response: {} }),
		': keepalive\n\n',
	])('passes over what it does not know: %j', async (text) => {
		expect(resultsOf(await decoded(text, done('one'), text))).toEqual(['one']);
	});

	it('has each image kept before the next piece is read', async () => {
		const order: string[] = [];
		const text = done('x'.repeat(50_000)).repeat(2);
		await decode(
			eventsOf(text, { onPiece: (index) => order.push(`piece ${index}`) }),
			storeOf(async (bytes, expected) => {
				const text = await keepText(bytes, expected);
				order.push('kept');
				return text;
			}),
			NO_LIMITS,
		);
		expect(order).toEqual(['piece 0', 'piece 1', 'kept', 'piece 2', 'kept']);
	});

	it.each(['text/event-stream', 'Text/Event-Stream;charset=UTF-8', 'text/event-stream ; a=b'])(
		'is known by its content type: %s',
		async (type) => {
			const response = eventsOf(done('one'), { headers: { 'content-type': type } });
			expect(resultsOf(await decodeTexts(response))).toEqual(['one']);
		},
	);
});

describe('an error inside a stream', () => {
	it.each([
		['nested', { type: 'error', error: { message: 'Blocked', code: 'moderation_blocked' } }],
		['flat', { type: 'error', message: 'Blocked', code: 'moderation_blocked' }],
		['without a type', { error: { message: 'Blocked', code: 'moderation_blocked' } }],
		[
			'as a failed event',
			{
				type: 'image_generation.failed',
				error: { message: 'Blocked', code: 'moderation_blocked' },
			},
		],
		[
			'as a failed part',
			{
				type: 'image_generation.partial_failed',
				error: { message: 'Blocked', code: 'moderation_blocked' },
			},
		],
	])('is a failure with its message and advice: %s', async (_, data) => {
		const failure = await failureAfter(eventsOf(event(data)));
		expect(failure.message).toBe('Blocked');
		expect(failure.details).toMatchObject({ status: 200, code: 'moderation_blocked' });
		expect(failure.advice).toMatch(/safety system/);
	});

	it.each([
		['an event named error', event({ message: 'Too fast', code: 'x' }, 'error'), 'Too fast'],
		[
			'an event named error with a type of its own',
			event({ type: 'requests', message: 'Too fast' }, 'error'),
			'Too fast',
		],
		['an error as a text', event({ error: 'Too fast' }), 'Too fast'],
		['an event named error that is no JSON', event('Too fast', 'error'), /Too fast/],
	])('can be %s', async (_, text, message) => {
		expect((await failureAfter(eventsOf(text))).message).toMatch(message);
		const { entries } = await decoded(done('one'), text);
		expect(entries).toHaveLength(2);
		expect(entries[1]?.error?.message).toMatch(message);
	});

	it('is held beside the images before and after it', async () => {
		const error = event({ type: 'error', error: { message: 'Lost sk-secret' } });
		expect(resultsOf(await decoded(done('one'), error, done('three')))).toEqual([
			'one',
			'Lost ***',
			'three',
		]);
	});
});
