import { event, eventsOf, SSE_HEADERS } from '../../../helpers/events';
import { json, raw, type Reply } from '../../../helpers/imagesApi';
import { picture } from '../../../helpers/pictures';
import { broken, closes, free, ID, makes, makesBut, refuses, resets, stalls } from '../responders';
import type { Call, Responder } from '../servers';
import { BOTH, FACTS, GENERATE, images, INTACT, lost, missing, NEXT, unbilled } from '../outcomes';
import type { Expected, LossReason, Row, Topic } from '../row';

const STREAM = { stream: true, partialImages: 1 };
const HEADERS = { ...SSE_HEADERS, ...ID };
const BLOCKED = { message: 'Your request was rejected.', code: 'moderation_blocked' };
const CLOSED = '{api} closed the connection before the response was complete';
const PREVIEWS = 'The API sent partial images, but the response ended without the final image';
const BROKE: LossReason = 'the connection was lost before the image was complete';
const BROKE_OFF: LossReason = 'the response was truncated before the image was complete';

const sse = (text: string): Reply => raw(text, 200, HEADERS);
const preview = async ({ operation }: Call) =>
	eventsOf(operation).preview(await picture({ width: 4 }), 0);

/** An error that is an event, and nothing was made. */
const told = (name: string, text: string, operations = GENERATE, type?: string): Row => ({
	name,
	operations,
	options: STREAM,
	server: [async (call) => sse((await preview(call)) + text)],
	expected: unbilled(BLOCKED.message, NEXT.content, {
		...{ ...FACTS, code: BLOCKED.code },
		...(type ? { type } : {}),
	}),
});

const ends = (name: string, server: Responder, expected: Expected, operations = GENERATE): Row => ({
	...{ name, operations, options: STREAM, server: [server], expected },
});

/** Two images are made; the stream goes like this. */
const two = (
	name: string,
	write: (first: string, second: string) => Reply,
	why: LossReason,
	warning: string,
): Row => ({
	name,
	operations: BOTH,
	parameters: { n: 2 },
	options: STREAM,
	server: [
		makes(([first, second], { operation }) => {
			const { completed } = eventsOf(operation);
			return write(completed(first!), completed(second!));
		}),
	],
	expected: {
		...INTACT,
		billed: 2,
		lost: { images: 1, why },
		items: [images(1, { warnings: [warning] })],
	},
});

/** Streams that do not come to their end. */
export const BROKEN_STREAMS: Topic = {
	title: 'Streams that fail',
	about: 'Images that were complete before a stream failed are kept.',
	rows: [
		told('an error event', event({ type: 'error', error: BLOCKED }, 'error'), BOTH, 'error'),
		told('a flat error event', event({ type: 'error', ...BLOCKED }), GENERATE, 'error'),
		told('an event with an error in its data', event({ error: BLOCKED })),
		told('an event named error', event(BLOCKED, 'error')),
		told(
			'an event for a failed image',
			event({ type: 'image_generation.failed', error: BLOCKED }),
			GENERATE,
			'image_generation.failed',
		),
		told('an event with a nested error', event({ data: { error: BLOCKED } })),
		told('an error before the end of a stream', `${event({ error: BLOCKED })}data: [DONE]\n\n`),
		ends(
			'a stream of partial images only',
			makes(async (_, call) => sse(await preview(call))),
			lost(BROKE_OFF, PREVIEWS, NEXT.previews, FACTS),
			BOTH,
		),
		ends(
			'a stream of partial images and [DONE]',
			makes(async (_, call) => sse(`${await preview(call)}data: [DONE]\n\n`)),
			lost(BROKE_OFF, PREVIEWS, NEXT.previews, FACTS),
		),
		ends(
			'an empty stream',
			free(sse('')),
			unbilled('The API returned a success status without an image', NEXT.noImage, FACTS),
		),
		ends(
			'a stream of comments only',
			free(sse(': keepalive\n\n'.repeat(3))),
			unbilled('The API returned a success status without an image', NEXT.noImage, FACTS),
		),
		ends(
			'a stream of [DONE] only',
			free(sse('data: [DONE]\n\n')),
			unbilled('The API returned a success status without an image', NEXT.noImage, FACTS),
		),
		ends(
			'a stream with an empty image',
			makesBut(sse(event({ type: 'image_generation.completed', b64_json: '' }))),
			lost(
				'the API returned something else instead',
				'The API returned a success status without an image. It contains type, b64_json: {"type":"image_generation.completed","b64_json":""}',
				NEXT.noImage,
				FACTS,
			),
		),
		ends(
			'a stream with text instead of an image',
			makesBut(sse(event({ type: 'image_generation.completed', b64_json: 'aGVsbG8gd29ybGQ=' }))),
			lost(
				'the API returned something else instead',
				"The API returned a success status, but the result isn't an image",
				NEXT.notAnImage,
				FACTS,
			),
		),
		ends(
			'a stream that is refused before it starts',
			refuses(400, { message: 'Streaming is only supported when n=1', param: 'n' }, ID),
			unbilled('Streaming is only supported when n=1', NEXT.change, {
				status: 400,
				param: 'n',
				requestId: 'req_42',
			}),
		),
		ends(
			'a JSON error instead of a stream',
			free(json({ error: BLOCKED }, 200, ID)),
			unbilled(BLOCKED.message, NEXT.content, { ...FACTS, code: BLOCKED.code }),
		),
		ends(
			'a stream closed before its first event',
			makesBut(broken(': hello\n\n', closes, HEADERS)),
			lost(BROKE, CLOSED, NEXT.billed, { ...FACTS, code: 'ECONNRESET' }),
			BOTH,
		),
		ends(
			'a stream closed after a partial image',
			makes(async (_, call) => broken(await preview(call), closes, HEADERS)),
			lost(BROKE, CLOSED, NEXT.billed, { ...FACTS, code: 'ECONNRESET' }),
		),
		ends(
			'a stream closed in the middle of its image',
			makes(([image], { operation }) =>
				broken(eventsOf(operation).completed(image!).slice(0, 150), closes, HEADERS),
			),
			lost(BROKE, CLOSED, NEXT.billed, { ...FACTS, code: 'ECONNRESET' }),
			BOTH,
		),
		ends(
			'a stream that ends in the middle of its image',
			makes(([image], { operation }) => sse(eventsOf(operation).completed(image!).slice(0, 150))),
			lost(BROKE_OFF, 'The response ended in the middle of an image', NEXT.cutOff, FACTS),
		),
		two(
			'a stream of two images, with an error instead of the second',
			(first) => sse(first + event({ error: BLOCKED })),
			'the API failed after generating the image',
			missing('Your request was rejected', NEXT.content),
		),
		two(
			'a stream of two images, reset after the first',
			(first) => broken(first, resets, HEADERS),
			BROKE,
			missing(CLOSED, NEXT.billed),
		),
		two(
			'a stream of two images, closed in the middle of the second',
			(first, second) => broken(first + second.slice(0, 150), closes, HEADERS),
			BROKE,
			missing(CLOSED, NEXT.billed),
		),
		two(
			'a stream of two images that ends after the first',
			(first) => sse(first),
			BROKE_OFF,
			'Requested 2 images, received 1',
		),
		{
			...two(
				'a stream of two images that stalls after the first',
				(first) => broken(first, stalls, HEADERS),
				"the image didn't arrive in time",
				missing('No complete response from {api} within 1 second', `${NEXT.billed}. ${NEXT.slow}`),
			),
			options: { ...STREAM, timeout: 1 },
		},
		{
			...ends(
				'a stream that stalls after a partial image',
				makes(async (_, call) => broken(await preview(call), stalls, HEADERS)),
				lost(
					"the image didn't arrive in time",
					'No complete response from {api} within 1 second',
					`${NEXT.billed}. ${NEXT.slow}`,
					FACTS,
				),
			),
			options: { ...STREAM, timeout: 1 },
		},
	],
};
