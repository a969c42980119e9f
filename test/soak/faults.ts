import { gzipSync } from 'node:zlib';
import type { Reply } from '../e2e/helpers/api';
import { json } from '../e2e/helpers/responses';

/** What a server may do with a request for an image. */
export interface Fault {
	/** How often it happens, compared to the others. */
	readonly weight: number;
	/**
	 * What the user gets: images, an error, or another attempt. It is `retried` only where nothing
	 * can have been billed.
	 */
	readonly outcome: 'image' | 'error' | 'retried';
	respond(requested: RequestedImage): Reply;
}

export interface RequestedImage {
	readonly image: Buffer;
	readonly prompt: string;
}

const entry = (image: Buffer) => ({ b64_json: image.toString('base64') });
const success = (image: Buffer) => JSON.stringify({ created: 1, data: [entry(image)] });
const refusal = (status: number, code: string | null = null, headers = {}) =>
	json({ error: { message: 'No.', type: null, param: null, code } }, status, headers);
const event = (type: string, image: Buffer) =>
	`data: ${JSON.stringify({ type: `image_generation.${type}`, ...entry(image) })}\n\n`;

/** Responds with bytes as they are, in pieces, and then ends as given. */
function pieces(
	status: number,
	type: string,
	body: Buffer | string,
	end: 'end' | 'cut' | 'reset' | 'stall' = 'end',
	headers: Record<string, string> = {},
): Reply {
	return async (call, response) => {
		await call.read();
		response.writeHead(status, { 'content-type': type, ...headers });
		const bytes = Buffer.from(body);
		for (let at = 0; at < bytes.length && !response.destroyed; at += PIECE) {
			response.write(bytes.subarray(at, at + PIECE));
			await new Promise(setImmediate);
		}
		if (end === 'end') response.end();
		// After a reset, the client may lose what has arrived; after this it has all of it.
		if (end === 'cut') response.socket?.end();
		if (end === 'reset') response.socket?.resetAndDestroy();
	};
}

const PIECE = 2000;
const JSON_TYPE = 'application/json';
const EVENTS = 'text/event-stream';

export const FAULTS: Readonly<Record<string, Fault>> = {
	json: {
		weight: 40,
		outcome: 'image',
		respond: ({ image }) => pieces(200, JSON_TYPE, success(image)),
	},
	gzip: {
		weight: 5,
		outcome: 'image',
		respond: ({ image }) =>
			pieces(200, JSON_TYPE, gzipSync(success(image)), 'end', { 'content-encoding': 'gzip' }),
	},
	events: {
		weight: 8,
		outcome: 'image',
		respond: ({ image }) =>
			pieces(200, EVENTS, event('partial_image', image) + event('completed', image)),
	},
	'a data URL': {
		weight: 3,
		outcome: 'image',
		respond: ({ image }) => {
			const url = `data:image/png;base64,${image.toString('base64')}`;
			return json({ data: [{ url }] });
		},
	},
	'a link': {
		weight: 5,
		outcome: 'image',
		respond: ({ prompt }) =>
			json({ data: [{ url: `/file.png?prompt=${encodeURIComponent(prompt)}` }] }),
	},
	'a link that is late': {
		weight: 2,
		outcome: 'image',
		respond: ({ prompt }) =>
			json({ data: [{ url: `/late.png?prompt=${encodeURIComponent(prompt)}` }] }),
	},
	'one image, and then a broken one': {
		weight: 2,
		outcome: 'image',
		respond: ({ image }) => json({ data: [entry(image), { b64_json: 'AAAA' }] }),
	},
	'one event, and then nothing': {
		weight: 2,
		outcome: 'image',
		respond: ({ image }) => pieces(200, EVENTS, event('completed', image), 'cut'),
	},
	'a rate limit with status 200': {
		weight: 2,
		outcome: 'retried',
		respond: () => json({ error: { message: 'Too many requests.', code: 429 } }),
	},
	'a rate limit': {
		weight: 8,
		outcome: 'retried',
		respond: () => refusal(429, 'rate_limit_exceeded', { 'retry-after-ms': '5' }),
	},
	overloaded: {
		weight: 4,
		outcome: 'retried',
		respond: () => refusal(503, 'slow_down', { 'retry-after': '0' }),
	},
	'no credit': {
		weight: 1,
		outcome: 'error',
		respond: () => refusal(429, 'insufficient_quota'),
	},
	refused: { weight: 4, outcome: 'error', respond: () => refusal(400, 'moderation_blocked') },
	'a wrong key': { weight: 1, outcome: 'error', respond: () => refusal(401) },
	'a page': {
		weight: 3,
		outcome: 'error',
		respond: () => pieces(502, 'text/html', '<title>Bad Gateway</title>'),
	},
	'an error with status 200': {
		weight: 2,
		outcome: 'error',
		respond: () => json({ error: { message: 'No.' } }),
	},
	'no data': { weight: 2, outcome: 'error', respond: () => json({ created: 1, data: [] }) },
	'no image': {
		weight: 2,
		outcome: 'error',
		respond: () => json({ data: [{ b64_json: 'AAAA' }] }),
	},
	'a lost link': {
		weight: 2,
		outcome: 'error',
		respond: () => json({ data: [{ url: '/lost.png' }] }),
	},
	'partial images only': {
		weight: 2,
		outcome: 'error',
		respond: ({ image }) => pieces(200, EVENTS, event('partial_image', image)),
	},
	'a reset before the response': {
		weight: 2,
		outcome: 'error',
		respond: () => async (call, response) => {
			await call.read();
			response.socket?.resetAndDestroy();
		},
	},
	'a reset inside of an image': {
		weight: 3,
		outcome: 'error',
		respond: ({ image }) => pieces(200, JSON_TYPE, success(image).slice(0, -80), 'reset'),
	},
	'an end inside of an image': {
		weight: 2,
		outcome: 'error',
		respond: ({ image }) => pieces(200, JSON_TYPE, success(image).slice(0, -80)),
	},
	'a stall inside of an image': {
		weight: 0.5,
		outcome: 'error',
		respond: ({ image }) => pieces(200, JSON_TYPE, success(image).slice(0, -80), 'stall'),
	},
	silence: { weight: 0.5, outcome: 'error', respond: () => () => {} },
};

/** They end when their time is up. */
export const NEVER_END = ['a stall inside of an image', 'silence'];

/** @param random a number from 0 to 1 */
export function chooseFault(random: number): string {
	const all = Object.entries(FAULTS);
	const total = all.reduce((sum, [, { weight }]) => sum + weight, 0);
	let left = random * total;
	const found = all.find(([, { weight }]) => (left -= weight) < 0);
	return (found ?? all[0]!)[0];
}
