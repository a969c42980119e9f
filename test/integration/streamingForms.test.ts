import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { useEngine } from '../helpers/engine';
import { event, eventsOf, SSE_HEADERS } from '../helpers/events';
import { raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();
const { preview, completed } = eventsOf('generate');

let first: Buffer;
let second: Buffer;
let sketch: Buffer;
let text: string;

beforeAll(async () => {
	first = await picture({ width: 30, height: 20, colour: '#0a0b0c' });
	second = await picture({ width: 31, height: 21, format: 'webp' });
	sketch = await picture({ width: 15, height: 10, colour: '#777777' });
	const revised = { revised_prompt: 'Ein Kätzchen 🐈' };
	text = [preview(sketch, 0), completed(first, revised), completed(second)].join('');
});

/** Responds in pieces of this many bytes, each by itself on the wire. */
const inPieces =
	(body: Buffer, length: (at: number) => number): Reply =>
	async (_, response: ServerResponse) => {
		response.socket!.setNoDelay(true);
		response.writeHead(200, SSE_HEADERS);
		for (let at = 0, step = 0; at < body.length; at += step) {
			step = length(at);
			response.write(body.subarray(at, at + step));
			await new Promise(setImmediate);
		}
		response.end();
	};

const written = (change: (text: string) => string) => () => raw(change(text), 200, SSE_HEADERS);
const lines = (change: (line: string) => string) =>
	written((all) => all.split('\n').map(change).join('\n'));
const between = (more: string) => written((all) => more + all.replaceAll('\n\n', `\n\n${more}`));

const FORMS: Array<[string, () => Reply]> = [
	['as the API writes it', written((all) => all)],
	['with CRLF', written((all) => all.replaceAll('\n', '\r\n'))],
	['with CR alone', written((all) => all.replaceAll('\n', '\r'))],
	['without event lines', written((all) => all.replace(/^event: .*\n/gm, ''))],
	['without types in the data', written((all) => all.replace(/"type":"[^"]*",/g, ''))],
	['without a space behind the colon', lines((line) => line.replace(': ', ':'))],
	['with a byte order mark', written((all) => `\uFEFF${all}`)],
	['with comments that keep it alive', between(': keepalive\n\n')],
	['with an empty comment', between(':\n')],
	['with ids and times', between('id: 7\nretry: 3000\n')],
	['with pings', between(event({ type: 'ping' }, 'ping'))],
	['with empty data', between('data:\n\n')],
	[
		'with the data before the name',
		written((all) => all.replace(/^(event:.*)\n(data:.*)$/gm, '$2\n$1')),
	],
	['with data on several lines', written((all) => all.replace(/,"/g, ',\ndata: "'))],
	['with [DONE]', written((all) => `${all}data: [DONE]\n\n`)],
	['with more behind [DONE]', written((all) => `${all}data: [DONE]\n\n${completed(sketch)}`)],
	['with [DONE] and no line behind it', written((all) => `${all}data: [DONE]`)],
	['without the last empty line', written((all) => all.trimEnd())],
	['with three empty lines', written((all) => all.replaceAll('\n\n', '\n\n\n\n'))],
	['compressed', () => raw(gzipSync(text), 200, { ...SSE_HEADERS, 'content-encoding': 'gzip' })],
	['under a type in capitals', () => raw(text, 200, { 'content-type': 'Text/Event-Stream' })],
	['byte by byte', () => inPieces(Buffer.from(text), () => 1)],
	['in pieces of 7 bytes', () => inPieces(Buffer.from(text), () => 7)],
	['with CRLF, byte by byte', () => inPieces(Buffer.from(text.replaceAll('\n', '\r\n')), () => 1)],
	['in pieces of any length', () => inPieces(Buffer.from(text), (at) => 1 + ((at * 7919) % 97))],
	[
		'in one piece per line',
		() => {
			const body = Buffer.from(text);
			return inPieces(body, (at) => (body.indexOf('\n', at) + 1 || body.length) - at);
		},
	],
];

it.each(FORMS)('a stream is read %s', async (_, reply) => {
	api.reply(reply());
	const run = await engine.runWorkflow({
		parameters: {
			prompt: 'A cat',
			n: 2,
			options: { stream: true, partialImages: 1 },
		},
		credentials: api.credentials,
	});
	expect(run.error).toBeUndefined();
	const [one, two, ...others] = run.outputs[0]!;
	expect(others).toEqual([]);
	expect(await run.binary(one)).toEqual(first);
	expect(await run.binary(one, 'data_partial_1')).toEqual(sketch);
	expect(await run.binary(two)).toEqual(second);
	expect(Object.keys(two!.binary!)).toEqual(['data']);
	expect(one!.json).toMatchObject({
		imageNumber: 1,
		created: '2025-10-09T08:53:20.000Z',
		metadata: { quality: 'low' },
		revisedPrompt: 'Ein Kätzchen 🐈',
	});
	expect(two!.json).toMatchObject({ imageNumber: 2, mimeType: 'image/webp' });
	expect(one!.json).not.toHaveProperty('warnings');
});

it('a stream can contain an image of many megabytes', async () => {
	const large = Buffer.concat([first, Buffer.alloc(12_000_000, 7)]);
	api.reply(raw(completed(large), 200, SSE_HEADERS));
	const run = await engine.runWorkflow({
		parameters: { prompt: 'A cat', options: { stream: true } },
		credentials: api.credentials,
	});
	expect(run.outputs[0]![0]!.json.fileSize).toBe(large.length);
	expect((await run.binary(run.outputs[0]![0])).equals(large)).toBe(true);
});
