import { json, raw, type Reply } from '../../../helpers/imagesApi';
import { delivers, makes, page, refuses } from '../responders';
import type { Responder } from '../servers';
import { links } from '../linkResponders';
import { BOTH, GENERATE, images, INTACT } from '../outcomes';
import { NOTHING, type Row, type Topic } from '../row';
import { BAD, bad, noneLost, ONE } from '../severalItems';

/** Links to an image that is there only after this many failures. */
const late = (trouble: Reply, failures: number): Responder =>
	makes(([image], { publish }) => {
		let count = 0;
		const there = raw(image!);
		return links(publish('/a.png', (...all) => (count++ < failures ? trouble : there)(...all)));
	});

const comes = (name: string, trouble: Reply, failures = 2): Row => ({
	name,
	operations: GENERATE,
	takesMinutes: true,
	server: [late(trouble, failures)],
	expected: { ...INTACT, downloads: failures + 1 },
});

/** Longer than a minute, in attempts with the shortest pauses. */
const MINUTE = 20;

/** Images that are behind their links a little later, or only for a retry. */
export const LATE_LINKS: Topic = {
	title: "Image links that aren't ready yet",
	about:
		"Downloads are free and are retried for a minute. The API key is only sent to the API's own server, and only if the link requires it.",
	rows: [
		comes('a link that returns 404 at first', raw('', 404)),
		comes('a link that returns 403 at first', page(403, 'Forbidden')),
		comes('a link that returns 429 at first', raw('', 429, { 'retry-after': '1' })),
		comes('a link that returns 503 at first', raw('', 503)),
		comes('a link that returns a waiting page at first', page(200, 'One moment')),
		comes(
			'a link whose connection is reset at first',
			(_, response) => void response.socket?.resetAndDestroy(),
		),
		comes("a link that isn't ready for nearly a minute", raw('', 404), MINUTE - 1),
		{
			name: "a link that isn't ready for more than a minute, with Retry On Fail",
			operations: BOTH,
			takesMinutes: true,
			maxTries: 2,
			server: [late(raw('', 404), MINUTE + 3)],
			expected: { ...INTACT, downloads: MINUTE + 4 },
		},
		{
			name: 'a link that is dead in the second try, too, with Retry On Fail, which generates a new image',
			operations: GENERATE,
			takesMinutes: true,
			maxTries: 3,
			server: [late(raw('', 404), 9999), delivers],
			expected: {
				...INTACT,
				calls: 2,
				downloads: 2 * MINUTE,
				billed: 2,
				lost: { images: 1, why: 'the link to the image was dead' },
				items: [images(1, { images: [1] })],
			},
		},
		{
			name: "a link that isn't ready for more than a minute, with another item refused",
			operations: GENERATE,
			takesMinutes: true,
			prompts: ['late', 'bad'],
			maxTries: 2,
			options: { parallelRequests: 2 },
			server: {
				byPrompt: { late: [late(raw('', 404), MINUTE)], bad: [bad, delivers] },
				otherwise: [],
			},
			expected: {
				...noneLost({ stopWorkflow: 'success' }, 3, 2, 0, [ONE, ONE]),
				downloads: MINUTE + 1,
			},
		},
		{
			name: "a link to the API's server that requires the key",
			operations: BOTH,
			server: [
				makes(([image], { publish }) => {
					publish('/files/a.png', (request, response) =>
						raw(image!, request.headers.authorization ? 200 : 401)(request, response),
					);
					return links('/files/a.png');
				}),
			],
			expected: { ...INTACT, downloads: 2 },
		},
	],
};

const UNKNOWN = { message: "Unknown parameter: 'n'.", code: 'unknown_parameter', param: 'n' };
const LEFT_OUT = "'Number of Images' was removed because the API doesn't support it";
const LIMIT = { error: { code: 429, message: 'Too many requests.' } };

/** Knows no number of images. */
const numberless =
	(make: Responder): Responder =>
	async (call) =>
		await ('n' in call.fields ? refuses(400, UNKNOWN) : make)(call);

/** Requests that make a part of the images, or none yet. */
export const PARTS: Topic = {
	title: 'Numbers and limits reported in other ways',
	about:
		"If an API doesn't support the number of images and returns one, the node sends another request for each of the others. A rate limit that is reported with status 200, before any image, is retried like any other.",
	rows: [
		{
			name: "an API that doesn't support n and returns one image",
			operations: BOTH,
			parameters: { n: 3 },
			// One after the other, so that the server makes them in their order.
			options: { dropUnsupported: true, parallelRequests: 1 },
			server: [numberless(delivers)],
			expected: {
				...INTACT,
				calls: 4,
				billed: 3,
				items: [images(3, { attempts: 4, warnings: [LEFT_OUT] })],
			},
		},
		{
			name: "an API that doesn't support n and returns two images",
			operations: GENERATE,
			parameters: { n: 3 },
			options: { dropUnsupported: true },
			server: [
				numberless(
					makes(
						(made) => json({ data: made.map((image) => ({ b64_json: image.toString('base64') })) }),
						{
							count: 2,
						},
					),
				),
			],
			expected: {
				...INTACT,
				calls: 2,
				billed: 2,
				items: [images(2, { attempts: 2, warnings: [LEFT_OUT, 'Requested 3 images, received 2'] })],
			},
		},
		{
			name: '200 with a rate limit',
			operations: BOTH,
			server: [() => json(LIMIT), () => json(LIMIT, 200, { 'retry-after': '0' }), delivers],
			expected: { ...INTACT, calls: 3, items: [images(1, { attempts: 3 })] },
		},
		{
			name: '200 with a rate limit, and another item refused',
			operations: GENERATE,
			prompts: ['limited', 'bad'],
			options: { parallelRequests: 1 },
			server: { byPrompt: { limited: [() => json(LIMIT), delivers], bad: [bad] }, otherwise: [] },
			expected: {
				...noneLost({ continueRegularOutput: 'success' }, 3, 1, 0, [
					images(1, { attempts: 2 }),
					BAD,
				]),
				lost: NOTHING,
			},
		},
	],
};
