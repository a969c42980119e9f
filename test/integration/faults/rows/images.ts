import sharp from 'sharp';

import { imageResponse, json } from '../../../helpers/imagesApi';
import { picture } from '../../../helpers/pictures';
import { delivering, delivers, makes } from '../responders';
import type { Responder } from '../servers';
import { BOTH, GENERATE, images, INTACT } from '../outcomes';
import type { Row, Topic } from '../row';
import { singleRow } from '../singleRow';

/** Bills a file that is not drawn here, and responds with it. */
const file =
	(make: () => Buffer | Promise<Buffer>, mimeType: string, pixels: object = {}): Responder =>
	async ({ bill }) =>
		json(imageResponse(bill({ bytes: await make(), mimeType, ...pixels })));

const SQUARE = { width: 8, height: 8 };
const create = { ...SQUARE, channels: 3, background: '#405060' } as const;

const kind = (name: string, responder: Responder, fileName: string, warnings: string[] = []): Row =>
	singleRow(name, responder, {
		...INTACT,
		items: [images(1, { warnings, json: { fileName } })],
	});

const svg = (inside: string) =>
	Buffer.from(
		`<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">${inside}</svg>`,
	);

/** A bitmap of one blue pixel (https://learn.microsoft.com/windows/win32/gdi/bitmap-storage). */
function bitmap(): Buffer {
	const bytes = Buffer.alloc(58);
	bytes.write('BM', 0, 'latin1');
	bytes.writeUInt32LE(bytes.length, 2);
	bytes.writeUInt32LE(54, 10);
	bytes.writeUInt32LE(40, 14);
	bytes.writeInt32LE(1, 18);
	bytes.writeInt32LE(-1, 22);
	bytes.writeUInt16LE(1, 26);
	bytes.writeUInt16LE(24, 28);
	bytes.writeUInt32LE(4, 34);
	bytes.writeUInt8(255, 54);
	return bytes;
}

/** What an image is shows in its bytes. */
export const IMAGES: Topic = {
	title: 'Images that differ from the request',
	about:
		'File type, extension and dimensions are read from the image itself. Every image is kept, with a warning if it differs from the request.',
	rows: [
		kind('a JPEG', delivering({ format: 'jpeg' }), 'a-cat-1.jpg', [
			'Requested output format png, received jpeg',
		]),
		kind('a GIF', delivering({ format: 'gif' }), 'a-cat-1.gif', [
			'Requested output format png, received gif',
		]),
		kind(
			'an AVIF',
			file(() => sharp({ create }).avif().toBuffer(), 'image/avif', SQUARE),
			'a-cat-1.avif',
			['Requested output format png, received avif'],
		),
		kind('a bitmap', file(bitmap, 'image/bmp', { width: 1, height: 1 }), 'a-cat-1.bmp', [
			'Requested output format png, received bmp',
		]),
		kind(
			'an SVG',
			file(() => svg('<rect width="8" height="8"/>'), 'image/svg+xml', SQUARE),
			'a-cat-1.svg',
			['Requested output format png, received svg'],
		),
		...[
			['an SVG with a script', '<script>alert(1)</script>'],
			['an SVG with an event handler', '<rect onload="alert(1)"/>'],
			['an SVG with a javascript: link', '<a href="javascript:alert(1)"><rect/></a>'],
			['an SVG with an embedded HTML page', '<foreignObject><p>A cat</p></foreignObject>'],
		].map(([name = '', inside = '']) =>
			kind(
				name,
				file(() => svg(inside), 'image/svg+xml', SQUARE),
				'a-cat-1.svg',
				[
					'Requested output format png, received svg',
					'The SVG can contain scripts or external references. Sanitize it before embedding it in a web page',
				],
			),
		),
		kind(
			'an SVG in a data URL without base64',
			({ bill }) => {
				const bytes = bill({ bytes: svg('<rect/>'), mimeType: 'image/svg+xml', ...SQUARE });
				const text = encodeURIComponent(bytes.toString('utf8'));
				return json({ data: [{ url: `data:image/svg+xml;utf8,${text}` }] });
			},
			'a-cat-1.svg',
			['Requested output format png, received svg'],
		),
		{
			name: 'a WebP, as requested',
			operations: BOTH,
			parameters: { outputFormat: 'webp' },
			server: [delivering({ format: 'webp' })],
			expected: { ...INTACT, items: [images(1, { json: { fileName: 'a-cat-1.webp' } })] },
		},
		{
			name: 'a PNG instead of a WebP',
			operations: BOTH,
			parameters: { outputFormat: 'webp' },
			server: [delivers],
			expected: {
				...INTACT,
				items: [
					images(1, {
						warnings: ['Requested output format webp, received png'],
						json: { fileName: 'a-cat-1.png' },
					}),
				],
			},
		},
		{
			name: 'an image of another size',
			operations: BOTH,
			parameters: { size: '1024x1536' },
			server: [delivers],
			expected: {
				...INTACT,
				items: [images(1, { warnings: ['Requested size 1024x1536, received 8x8'] })],
			},
		},
		{
			name: 'an image of the requested size, reported with another',
			operations: GENERATE,
			parameters: { size: '1024x1536' },
			server: [
				makes((made) => json({ ...imageResponse(...made), size: '1x1', output_format: 'gif' }), {
					width: 1024,
					height: 1536,
				}),
			],
			expected: {
				...INTACT,
				items: [images(1, { json: { metadata: { size: '1x1', outputFormat: 'gif' } } })],
			},
		},
		{
			name: 'four images of four types',
			operations: GENERATE,
			parameters: { n: 4 },
			options: { output: 'singleItem' },
			server: [
				async (call) => {
					const made: Buffer[] = [];
					for (const format of ['png', 'jpeg', 'webp', 'gif'] as const) {
						made.push(...(await call.draw({ count: 1, format })));
					}
					return json(imageResponse(...made));
				},
			],
			expected: {
				...INTACT,
				billed: 4,
				items: [
					images(4, {
						warnings: ['jpeg', 'webp', 'gif'].map(
							(format) => `Requested output format png, received ${format}`,
						),
					}),
				],
			},
		},
		{
			name: 'an image truncated by the API',
			operations: GENERATE,
			server: [file(async () => (await picture()).subarray(0, 60), 'image/png', SQUARE)],
			expected: INTACT,
		},
	],
};
