import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { imageResponse, json, raw } from '../../../helpers/imagesApi';
import { picture } from '../../../helpers/pictures';
import { delivering, inPieces, JSON_TYPE, jsonOf, makes, written } from '../responders';
import type { Responder } from '../servers';
import { BOTH, GENERATE, images, INTACT } from '../outcomes';
import type { Topic } from '../row';
import { intactRow } from '../singleRow';

/** Responds with another JSON value that holds the image. */
const body = (write: (base64: string) => unknown): Responder =>
	makes(([image]) => json(write(image!.toString('base64'))));

const compressed = (encoding: string, compress: (text: string) => Buffer): Responder =>
	written(compress, { ...JSON_TYPE, 'content-encoding': encoding });

/** More items than a response has bytes. */
const BOUNDARIES = Array.from({ length: 260 }, (_, at) => `split ${at}`);

/** Sends each item's response in two pieces, split at another place. */
const splitByItem = makes((made, { item }) => {
	const bytes = Buffer.from(jsonOf(made));
	if (bytes.length > BOUNDARIES.length) throw new Error(`${bytes.length} boundaries`);
	const at = item % bytes.length;
	return inPieces([bytes.subarray(0, at), bytes.subarray(at)]);
});

const large: Responder = async (call) => {
	const bytes = Buffer.concat([await picture(), Buffer.alloc(6_000_000, call.item + 7)]);
	call.bill({ bytes, mimeType: 'image/png', width: 8, height: 8 });
	return json(imageResponse(bytes));
};

/** JSON responses with everything that was requested. */
export const JSON_FORMS: Topic = {
	title: 'JSON responses',
	about: 'However the API formats its JSON, the image is the same byte for byte.',
	rows: [
		intactRow(
			'JSON from OpenAI',
			body((base64) => ({
				created: 1_760_000_000,
				data: [{ b64_json: base64, revised_prompt: 'A tabby' }],
				background: 'opaque',
				usage: { total_tokens: 3 },
			})),
			BOTH,
		),
		intactRow(
			'JSON with its keys in another order',
			body((base64) => ({
				usage: { total_tokens: 3 },
				data: [{ revised_prompt: 'A tabby', b64_json: base64 }],
				created: 1,
			})),
			BOTH,
		),
		intactRow(
			'pretty-printed JSON',
			written((text) => JSON.stringify(JSON.parse(text), null, '\t')),
			BOTH,
		),
		intactRow(
			'JSON with extra white space',
			written((text) => text.replace(/[{}[\]:,]/g, ' \r\n $& \t')),
			BOTH,
		),
		intactRow(
			'JSON after a long run of white space',
			makes((made) => inPieces([...Array(20).fill(Buffer.from(' \n')), Buffer.from(jsonOf(made))])),
		),
		intactRow(
			'JSON that arrives byte by byte',
			makes((made) => inPieces([...Buffer.from(jsonOf(made))].map((byte) => Buffer.from([byte])))),
			BOTH,
		),
		{
			name: 'JSON split at any byte',
			operations: GENERATE,
			prompts: BOUNDARIES,
			options: { parallelRequests: 20 },
			server: [splitByItem],
			expected: {
				...INTACT,
				calls: BOUNDARIES.length,
				billed: BOUNDARIES.length,
				items: BOUNDARIES.map(() => images(1)),
			},
		},
		intactRow('8 MB of JSON', large),
		intactRow('JSON compressed by gzip', compressed('gzip', gzipSync), BOTH),
		intactRow('JSON compressed by deflate', compressed('deflate', deflateSync)),
		intactRow('JSON compressed by brotli', compressed('br', brotliCompressSync)),
		intactRow(
			'JSON as text/plain',
			written((text) => text, { 'content-type': 'text/plain' }),
			BOTH,
		),
		intactRow(
			'JSON as text/html',
			written((text) => text, { 'content-type': 'text/html; charset=utf-8' }),
		),
		intactRow(
			'JSON without a content type',
			written((text) => text, {}),
		),
		intactRow(
			'JSON with a byte order mark',
			written((text) => `\uFEFF${text}`),
		),
		intactRow(
			'JSON followed by [DONE]',
			written((text) => `${text}\n\ndata: [DONE]\n\n`),
		),
		intactRow(
			'JSON with status 201',
			makes((made) => json(imageResponse(...made), 201)),
		),
		intactRow(
			'JSON with a null error',
			body((base64) => ({ error: null, data: [{ b64_json: base64 }] })),
		),
		intactRow(
			'JSON with strings that look like images',
			body((base64) => ({
				note: '"b64_json":"AAAA"',
				data: [{ revised_prompt: 'say \\"url\\": "data:', b64_json: base64 }],
			})),
		),
		intactRow(
			'a JSON list',
			body((base64) => [{ b64_json: base64 }]),
		),
		intactRow(
			'JSON with a list called images',
			body((base64) => ({ images: [{ b64_json: base64 }], seed: 7 })),
		),
		intactRow(
			'JSON with one record instead of a list',
			body((base64) => ({ data: { b64_json: base64 } })),
		),
		intactRow(
			'JSON inside another data object',
			body((base64) => ({ code: 0, data: { data: [{ b64_json: base64 }] } })),
		),
		intactRow(
			'JSON with the image under another key',
			body((base64) => ({ output: { result: { b64_json: base64 } } })),
		),
		intactRow(
			'the image file instead of JSON',
			makes(([image]) => raw(image!, 200, { 'content-type': 'image/png' })),
			BOTH,
		),
		{
			name: 'JSON with three requested images',
			operations: BOTH,
			parameters: { n: 3 },
			server: [written((text) => text)],
			expected: { ...INTACT, billed: 3, items: [images(3)] },
		},
		{
			name: 'three images for one item',
			operations: GENERATE,
			parameters: { n: 3 },
			options: { output: 'singleItem' },
			server: [written((text) => text)],
			expected: { ...INTACT, billed: 3, items: [images(3)] },
		},
		{
			name: 'fewer images than requested',
			operations: BOTH,
			parameters: { n: 3 },
			server: [delivering({ count: 2 })],
			expected: {
				...INTACT,
				billed: 2,
				items: [images(2, { warnings: ['Requested 3 images, received 2'] })],
			},
		},
		{
			name: 'more images than requested',
			operations: GENERATE,
			server: [delivering({ count: 2 })],
			expected: {
				...INTACT,
				billed: 2,
				items: [images(2, { warnings: ['Requested 1 image, received 2'] })],
			},
		},
	],
};
