import { json, raw } from '../../../helpers/imagesApi';
import { picture } from '../../../helpers/pictures';
import { makes } from '../responders';
import type { Responder } from '../servers';
import { BOTH, EDIT, INTACT } from '../outcomes';
import type { Topic } from '../row';
import { dataUrl, linked, LINKED, place } from './place';
import { BESIDE_ERRORS } from './placesBesideErrors';

/** Another picture than any that is made or sent: the smallest GIF. */
const ECHO = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const large: Responder = async (call) => {
	const bytes = Buffer.concat([await picture(), Buffer.alloc(6_000_000, call.item + 7)]);
	call.bill({ bytes, mimeType: 'image/png', width: 8, height: 8 });
	return json({ picture: bytes.toString('base64') });
};

/** Responses of gateways that put the image somewhere else. */
export const PLACES: Topic = {
	title: 'Images in other places',
	about:
		"Gateways return images in lists, under other keys and inside text. Each becomes a file; anything that only repeats the request doesn't.",
	rows: [
		place('base64 in a list called images', (base64) => ({ images: [base64] })),
		place('base64 in a list called data', (base64) => ({ data: [base64] })),
		place('base64 as output', (base64) => ({ output: base64 })),
		place('base64 in a list called output', (base64) => ({
			output: [base64],
			status: 'succeeded',
		})),
		place('base64 under the key image', (base64) => ({ image: base64 })),
		place('base64 under the key base64', (base64) => ({ data: [{ base64 }] })),
		place('base64 under the key image_base64', (base64) => ({
			result: { image_base64: [base64] },
		})),
		place('base64 in url', (base64) => ({ data: [{ url: base64 }] })),
		place('base64 in url, with its slashes escaped', (base64) => ({ data: [{ url: base64 }] }), {
			server: [
				makes(([image]) =>
					raw(
						JSON.stringify({ data: [{ url: image!.toString('base64') }] }).replaceAll('/', '\\/'),
						200,
						{ 'content-type': 'application/json' },
					),
				),
			],
		}),
		place('URL-safe base64 under another key', (base64) => ({
			picture: base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
		})),
		place('base64 of a JPEG in a list', () => ({}), {
			parameters: { outputFormat: 'jpeg' },
			server: [
				makes(([image]) => json({ images: [image!.toString('base64')] }), { format: 'jpeg' }),
			],
		}),
		place('base64 of a WebP in url', () => ({}), {
			parameters: { outputFormat: 'webp' },
			server: [
				makes(([image]) => json({ data: [{ url: image!.toString('base64') }] }), {
					format: 'webp',
				}),
			],
		}),
		place('a data URL in a list called data', (base64) => ({ data: [dataUrl(base64)] })),
		place('a data URL in a list called images', (base64) => ({ images: [dataUrl(base64)] })),
		place('a data URL in b64_json', (base64) => ({ data: [{ b64_json: dataUrl(base64) }] })),
		place('a data URL under image_url', (base64) => ({
			choices: [
				{ message: { images: [{ type: 'image_url', image_url: { url: dataUrl(base64) } }] } },
			],
		})),
		place('a data URL in a Markdown image', (base64) => ({
			choices: [{ message: { content: `Here it is: ![image](${dataUrl(base64)}) Enjoy!` } }],
		})),
		place('a deeply nested data URL', (base64) => ({ a: { b: { c: [{ d: dataUrl(base64) }] } } })),
		place('an image from the Responses API', (base64) => ({
			output: [
				{ type: 'reasoning', summary: [] },
				{ type: 'image_generation_call', result: base64 },
			],
		})),
		linked('a link in b64_json', (link) => ({ data: [{ b64_json: link }] })),
		linked('a list of links in url', (link) => ({ data: { status: 'completed', url: [link] } })),
		linked('a list of links in images', (link) => ({ images: [link] })),
		linked('a link as output', (link) => ({ output: link, status: 'succeeded' })),
		linked('a link under image_url', (link) => ({ data: [{ image_url: { url: link } }] })),
		linked('a link under image', (link) => ({ result: { image: link } })),
		place('base64 and a data URL of the same image in one entry', (base64) => ({
			data: [{ b64_json: base64, url: dataUrl(base64) }],
		})),
		place('the same image in two lists', (base64) => ({
			data: [{ b64_json: base64 }],
			images: [base64],
		})),
		place('base64 and a link to the same image', (base64, call, image) => ({
			data: [{ b64_json: base64, url: call.publish('/a.png', raw(image)) }],
		})),
		place('a 6 MB image under another key', () => ({}), { server: [large] }),
		place(
			'the request repeated under input, request, prompt and metadata',
			(base64, { fields }) => ({
				input: { image: dataUrl(ECHO), prompt: fields.prompt },
				request: { images: [ECHO] },
				metadata: { source: [dataUrl(ECHO)] },
				prompt: `like ${dataUrl(ECHO)}`,
				data: [{ b64_json: base64, prompt: dataUrl(ECHO) }],
			}),
			{ operations: BOTH },
		),
		place('a repeated 8 MB input', (base64) => ({
			input: { image: dataUrl(Buffer.alloc(8_000_000, ECHO).toString('base64')) },
			data: [{ b64_json: base64 }],
		})),
		...BESIDE_ERRORS,
		place('an image file as application/octet-stream', () => ({}), {
			operations: BOTH,
			server: [
				makes(([image]) => raw(image!, 200, { 'content-type': 'application/octet-stream' })),
			],
		}),
		place('an image file as application/json', () => ({}), {
			server: [makes(([image]) => raw(image!, 200, { 'content-type': 'application/json' }))],
		}),
		place('an image file without a content type', () => ({}), {
			server: [makes(([image]) => raw(image!, 200, {}))],
		}),
		place('a bare data URL', () => ({}), {
			operations: BOTH,
			server: [
				makes(([image]) =>
					raw(`${dataUrl(image!.toString('base64'))}\n`, 200, { 'content-type': 'text/plain' }),
				),
			],
		}),
		place('bare base64', () => ({}), {
			server: [
				makes(([image]) => raw(image!.toString('base64'), 200, { 'content-type': 'text/plain' })),
			],
		}),
		place('a JSON string with a data URL', (base64) => dataUrl(base64)),
		{
			name: 'a bare link',
			operations: BOTH,
			server: [
				makes(([image], call) =>
					raw(`${call.publish('/a.png', raw(image!))}\n`, 200, { 'content-type': 'text/plain' }),
				),
			],
			expected: LINKED,
		},
		{
			name: 'the input image returned with the result',
			operations: EDIT,
			server: [
				makes(([image], call) =>
					json({ images: [...call.files, image!].map((bytes) => bytes.toString('base64')) }),
				),
			],
			expected: INTACT,
		},
	],
};
