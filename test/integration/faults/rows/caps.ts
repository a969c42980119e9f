import { gzipSync } from 'node:zlib';

import { event, eventsOf, SSE_HEADERS } from '../../../helpers/events';
import { imageResponse, json, raw, type Reply } from '../../../helpers/imagesApi';
import { picture } from '../../../helpers/pictures';
import { delivering, free, JSON_TYPE, makes } from '../responders';
import type { Call, Responder } from '../servers';
import { links } from '../linkResponders';
import { behind, BOTH, GENERATE, images, INTACT, lost, missing, NEXT, unbilled } from '../outcomes';
import type { LossReason, Topic } from '../row';

const TOO_MUCH: LossReason = 'it exceeded a size limit';
const TOO_LARGE = 'An image is larger than 0.1 MB';
const TOO_WORDY = 'The response contains more than 4 MB besides its images';
const TOO_LONG = 'The response is larger than 16.1 MB';
const TOO_MANY = behind(
	'The response contains more than 128 images',
	'The others were discarded. Contact your provider',
);
/** 0.1 megabytes. */
const SMALL = { largestImage: 0.1 };
const STREAM = { stream: true, ...SMALL };

/** Bills an image of 200 kilobytes. */
async function large({ bill }: Call): Promise<Buffer> {
	const bytes = Buffer.concat([await picture(), Buffer.alloc(200_000, 7)]);
	return bill({ bytes, mimeType: 'image/png', width: 8, height: 8 });
}
const largeOne =
	(write: (image: Buffer, call: Call) => Reply): Responder =>
	async (call) =>
		write(await large(call), call);

/** Says the same for as long as anybody listens. */
const endless =
	(beginning: string, again: string, headers: Record<string, string> = JSON_TYPE): Reply =>
	(_, response) => {
		const piece = Buffer.from(again.repeat(Math.ceil(65_536 / again.length)));
		response.writeHead(200, headers).write(beginning);
		const more = () => void (response.destroyed || response.write(piece, more));
		more();
	};

const bomb = (beginning: string): Reply =>
	raw(gzipSync(Buffer.concat([Buffer.from(beginning), Buffer.alloc(64_000_000, 'A')])), 200, {
		...JSON_TYPE,
		'content-encoding': 'gzip',
	});

const EMBEDDED = '{"data":[{"b64_json":"';

/** Responses of any length, and limited memory. */
export const CAPS: Topic = {
	title: 'Size limits',
	about:
		"**Max Image Size** in Options limits the size of an image and, multiplied by the number of images, the size of a response. Anything larger isn't read to its end.",
	rows: [
		{
			name: 'an image larger than Max Image Size',
			operations: BOTH,
			options: SMALL,
			server: [largeOne((image) => json(imageResponse(image)))],
			expected: lost(TOO_MUCH, TOO_LARGE, NEXT.large, { status: 200 }),
		},
		{
			name: 'one image larger than Max Image Size and one smaller',
			operations: BOTH,
			parameters: { n: 2 },
			options: SMALL,
			server: [
				async (call) => {
					const [small] = await call.draw({ count: 1 });
					return json(imageResponse(await large(call), small!));
				},
			],
			expected: {
				...INTACT,
				billed: 2,
				lost: { images: 1, why: TOO_MUCH },
				items: [images(1, { warnings: [missing(TOO_LARGE, NEXT.large)] })],
			},
		},
		{
			name: 'an image larger than Max Image Size in a stream',
			operations: GENERATE,
			options: STREAM,
			server: [largeOne((image) => raw(eventsOf('generate').completed(image), 200, SSE_HEADERS))],
			expected: lost(TOO_MUCH, TOO_LARGE, NEXT.large, { status: 200 }),
		},
		{
			name: 'a file larger than Max Image Size behind a link',
			operations: BOTH,
			options: SMALL,
			server: [largeOne((image, { publish }) => links(publish('/a.png', raw(image))))],
			expected: {
				...lost(
					TOO_MUCH,
					'Image generated, but the download failed: The file from {files} is larger than 0.1 MB',
					NEXT.large,
					{ status: 200 },
				),
				downloads: 1,
				links: 1,
			},
		},
		{
			name: 'a file larger than Max Image Size instead of JSON',
			operations: GENERATE,
			options: SMALL,
			server: [largeOne((image) => raw(image, 200, { 'content-type': 'image/png' }))],
			expected: lost(TOO_MUCH, TOO_LARGE, NEXT.large, { status: 200 }),
		},
		{
			name: 'an unbounded image',
			operations: BOTH,
			options: SMALL,
			server: [free(endless(EMBEDDED, 'AAAA'))],
			expected: unbilled(TOO_LARGE, NEXT.large, { status: 200 }),
		},
		{
			name: 'unbounded text',
			operations: GENERATE,
			options: SMALL,
			server: [free(endless('{"note":"', 'and so on '))],
			expected: unbilled(TOO_WORDY, NEXT.wordy, { status: 200 }),
		},
		{
			name: 'unbounded white space',
			operations: GENERATE,
			options: SMALL,
			server: [free(endless('', ' \n'))],
			expected: unbilled(TOO_WORDY, NEXT.wordy, { status: 200 }),
		},
		{
			name: 'an unbounded, repeated input',
			operations: GENERATE,
			options: SMALL,
			server: [free(endless('{"input":"', 'AAAA'))],
			expected: unbilled(TOO_LONG, NEXT.long, { status: 200 }),
		},
		{
			name: 'unbounded comments in a stream',
			operations: GENERATE,
			options: STREAM,
			server: [free(endless('', ': keepalive\n\n', SSE_HEADERS))],
			expected: unbilled(TOO_WORDY, NEXT.wordy, { status: 200 }),
		},
		{
			name: 'an unbounded event in a stream',
			operations: GENERATE,
			options: STREAM,
			server: [free(endless('data: {"note":"', 'and so on ', SSE_HEADERS))],
			expected: unbilled(TOO_WORDY, NEXT.wordy, { status: 200 }),
		},
		{
			name: 'an unbounded file behind a link',
			operations: GENERATE,
			options: SMALL,
			server: [
				makes(([image], { publish }) =>
					links(publish('/a.png', endless(image!.toString('latin1'), 'A', {}))),
				),
			],
			expected: {
				...lost(
					'the link to the image was dead',
					'Image generated, but the download failed: The file from {files} is larger than 0.1 MB',
					NEXT.large,
					{ status: 200 },
				),
				downloads: 1,
				links: 1,
			},
		},
		{
			name: 'an image that is small until it is decompressed',
			operations: BOTH,
			options: SMALL,
			server: [free(bomb(EMBEDDED))],
			expected: unbilled(TOO_LARGE, NEXT.large, { status: 200 }),
		},
		{
			name: 'text that is short until it is decompressed',
			operations: GENERATE,
			options: SMALL,
			server: [free(bomb('{"note":"'))],
			expected: unbilled(TOO_WORDY, NEXT.wordy, { status: 200 }),
		},
		{
			name: 'unbounded partial images after the image',
			operations: GENERATE,
			options: STREAM,
			server: [
				makes(([image]) =>
					endless(
						eventsOf('generate').completed(image!),
						event({ type: 'image_generation.partial_image', b64_json: 'AAAA' }),
						SSE_HEADERS,
					),
				),
			],
			expected: { ...INTACT, items: [images(1, { warnings: [TOO_MANY] })] },
		},
		{
			name: 'more images than any model generates',
			operations: GENERATE,
			server: [delivering({ count: 130 })],
			expected: {
				...INTACT,
				billed: 130,
				lost: { images: 2, why: TOO_MUCH },
				items: [
					images(128, {
						warnings: ['Requested 1 image, received 128', TOO_MANY],
					}),
				],
			},
		},
	],
};
