import { gzipSync } from 'node:zlib';

import { event, eventsOf, SSE_HEADERS } from '../../../helpers/events';
import { imageResponse, raw, type Reply } from '../../../helpers/imagesApi';
import { picture } from '../../../helpers/pictures';
import { delivers, inPieces, makes } from '../responders';
import type { Responder } from '../servers';
import { BOTH, GENERATE, images, INTACT } from '../outcomes';
import type { Row, Topic } from '../row';

const STREAM = { stream: true, partialImages: 1 };
const sse = (text: string | Buffer): Reply => raw(text, 200, SSE_HEADERS);

/** A preview and the image, as OpenAI writes them, in this form. */
const events = (reply: (text: string) => Reply): Responder =>
	makes(async ([image], { operation }) => {
		const { preview, completed } = eventsOf(operation);
		const sketch = await picture({ width: 4, height: 4 });
		return reply(preview(sketch, 0) + completed(image!, { revised_prompt: 'Ein Kätzchen 🐈' }));
	});

const REVISED = { json: { revisedPrompt: 'Ein Kätzchen 🐈' } };

/** A stream that differs in nothing but its form. */
const form = (name: string, write: (text: string) => string, operations = GENERATE): Row => ({
	name,
	operations,
	options: STREAM,
	server: [events((text) => sse(write(text)))],
	expected: { ...INTACT, items: [images(1, REVISED)] },
});

const other = (name: string, responder: Responder, operations = GENERATE): Row => ({
	name,
	operations,
	options: STREAM,
	server: [responder],
	expected: INTACT,
});

const lines = (change: (line: string) => string) => (text: string) =>
	text.split('\n').map(change).join('\n');
const between = (more: string) => (text: string) => more + text.replaceAll('\n\n', `\n\n${more}`);
const oneByOne = (text: string) =>
	inPieces(
		[...Buffer.from(text)].map((byte) => Buffer.from([byte])),
		SSE_HEADERS,
	);

/** The largest image of the API, 4K in PNG, is about this long in base64. */
const large: Responder = async ({ bill }) => {
	const bytes = Buffer.concat([await picture(), Buffer.alloc(21_000_000, 7)]);
	bill({ bytes, mimeType: 'image/png', width: 8, height: 8 });
	return sse(eventsOf('generate').completed(bytes));
};

/** Responses as server-sent events. */
export const STREAMS: Topic = {
	title: 'Streams',
	about:
		'With **Stream** in Options, the response arrives as events, and partial images can precede the image. A partial image is never returned as the result.',
	rows: [
		form('a stream from OpenAI', (text) => text, BOTH),
		form('a stream with CRLF line ends', (text) => text.replaceAll('\n', '\r\n'), BOTH),
		form('a stream with CR line ends', (text) => text.replaceAll('\n', '\r')),
		form('a stream without event names', (text) => text.replace(/^event: .*\n/gm, ''), BOTH),
		form('a stream without types in its data', (text) => text.replace(/"type":"[^"]*",/g, '')),
		form(
			'a stream without spaces after its colons',
			lines((line) => line.replace(': ', ':')),
		),
		form('a stream with a byte order mark', (text) => `\uFEFF${text}`),
		form('a stream with comments', between(': keepalive\n\n')),
		form('a stream with id and retry fields', between('id: 7\nretry: 3000\n')),
		form('a stream with unknown events', between(event({ type: 'ping', n: 1 }, 'ping'))),
		form('a stream with empty data', between('data:\n\n')),
		form('a stream with data before the event name', (text) =>
			text.replace(/^(event:.*)\n(data:.*)$/gm, '$2\n$1'),
		),
		form('a stream with data on several lines', (text) => text.replace(/,"/g, ',\ndata: "')),
		form('a stream that ends with [DONE]', (text) => `${text}data: [DONE]\n\n`, BOTH),
		form('a stream without a final empty line', (text) => text.trimEnd()),
		{
			name: 'a stream that arrives byte by byte',
			operations: BOTH,
			options: STREAM,
			server: [events(oneByOne)],
			expected: { ...INTACT, items: [images(1, REVISED)] },
		},
		{
			name: 'a stream with CRLF that arrives byte by byte',
			operations: GENERATE,
			options: STREAM,
			server: [events((text) => oneByOne(text.replaceAll('\n', '\r\n')))],
			expected: { ...INTACT, items: [images(1, REVISED)] },
		},
		{
			name: 'a compressed stream',
			operations: GENERATE,
			options: STREAM,
			server: [
				events((text) => raw(gzipSync(text), 200, { ...SSE_HEADERS, 'content-encoding': 'gzip' })),
			],
			expected: { ...INTACT, items: [images(1, REVISED)] },
		},
		{
			name: 'a stream as application/json',
			operations: GENERATE,
			options: STREAM,
			server: [events((text) => raw(text, 200, { 'content-type': 'application/json' }))],
			expected: { ...INTACT, items: [images(1, REVISED)] },
		},
		{
			name: "a stream that wasn't requested",
			operations: BOTH,
			server: [events(sse)],
			expected: { ...INTACT, items: [images(1, REVISED)] },
		},
		{
			name: 'a stream with three images',
			operations: BOTH,
			parameters: { n: 3 },
			options: STREAM,
			server: [
				makes((made, { operation }) =>
					sse(made.map((image) => eventsOf(operation).completed(image)).join('')),
				),
			],
			expected: { ...INTACT, billed: 3, items: [images(3)] },
		},
		other('a stream with a 28 MB event', large),
		other('JSON instead of a stream', delivers, BOTH),
		other(
			'a stream with a complete response as its only event',
			makes((made) => sse(`${event(imageResponse(...made))}data: [DONE]\n\n`)),
		),
		{
			name: 'a stream from Seedream with a link',
			operations: GENERATE,
			options: STREAM,
			server: [
				makes(([image], { publish }) => {
					const url = publish('/a.png', raw(image!));
					const type = 'image_generation.partial_succeeded';
					const completed = { type: 'image_generation.completed', usage: { generated_images: 1 } };
					return sse(`${event({ type, url, size: '8x8' })}${event(completed)}data: [DONE]\n\n`);
				}),
			],
			expected: { ...INTACT, downloads: 1 },
		},
	],
};
