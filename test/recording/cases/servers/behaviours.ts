import { gzipSync } from 'node:zlib';

import { event, eventsOf, sse } from '../../../helpers/events';
import { imageResponse, json, raw } from '../../../helpers/imagesApi';
import {
	broken,
	closes,
	delivers,
	free,
	inPieces,
	JSON_TYPE,
	makes,
	makesBut,
	page,
	refuses,
	resets,
	stalls,
	written,
} from '../../../integration/faults/responders';
import type { Responder } from '../../../integration/faults/servers';
import { linked, redirected } from '../../../integration/faults/linkResponders';
import { serves } from './honest';

const unknown = (param: string) =>
	refuses(400, {
		message: `Unknown parameter: '${param}'.`,
		type: 'invalid_request_error',
		code: 'unknown_parameter',
		param,
	});
const limited = (wait: Record<string, string> = {}) =>
	refuses(429, { message: 'Rate limit reached', code: 'rate_limit_exceeded' }, wait);
const text = (made: Buffer[]) => JSON.stringify(imageResponse(...made));
const preview = eventsOf('generate');
const SSE = { 'content-type': 'text/event-stream' };

/** What servers do, by name; the last response is given again and again. Each case has its own. */
export const behaviours = (): Readonly<Record<string, readonly Responder[]>> => ({
	works: [serves()],
	'says nothing beside the images': [serves({ says: 'nothing', usage: 'none' })],
	'tells the tokens of each image': [serves({ usage: 'each' })],
	'gives one image less': [serves({ more: -1 })],
	'gives two images more': [serves({ more: 2 })],
	'gives links': [serves({ form: 'link' })],
	'gives data URLs': [serves({ form: 'dataUrl' })],
	'gives JPEG': [serves({ format: 'jpeg' })],
	'gives WebP of another size': [serves({ format: 'webp', size: '800x600' })],
	'never streams': [serves({ noEvents: true })],
	'names its request': [serves({ headers: { 'x-request-id': 'req "1" <b>' } })],
	'does not know a background': [unknown('background'), serves()],
	'does not know one parameter after the other': [
		...['quality', 'output_format', 'moderation', 'size', 'n'].map(unknown),
		serves(),
	],
	'does not know the model': [unknown('model')],
	'names a parameter that was not sent': [unknown('colour'), serves()],
	'is too fast for a moment': [limited({ 'retry-after-ms': '250' }), serves()],
	'is too fast twice': [limited({ 'retry-after': '2' }), limited(), serves()],
	'is too fast for good': [limited({ 'retry-after': '50' })],
	'has no credit': [refuses(429, { message: 'Out of credit', code: 'insufficient_quota' })],
	'fails once with 500': [refuses(500, { message: 'Oops' }), serves()],
	'fails with 500 for good': [refuses(500, { message: 'Oops', type: 'server_error' })],
	'is overloaded once': [refuses(503, { message: 'overloaded', code: 'slow_down' }), serves()],
	'has a gateway that gives up': [makesBut(page(504, '504 Gateway Time-out')), serves()],
	'refuses the content': [refuses(400, { message: 'No.', code: 'moderation_blocked' })],
	'refuses the key': [refuses(401, { message: 'Bad key', code: 'invalid_api_key' })],
	'refuses the account': [refuses(403, { message: 'Organization must be verified' })],
	'has no such path': [free(page(404, 'Not Found'))],
	'does not have the model': [refuses(404, { message: 'No model', code: 'model_not_found' })],
	'finds the upload too large': [free(page(413, 'Request Entity Too Large'))],
	moves: [free(raw('', 307, { location: '/elsewhere' }))],
	'gives a web page': [free(page(200, 'Welcome'))],
	'gives nothing': [makesBut(raw(''))],
	'gives an empty list': [makesBut(json({ created: 1, data: [] }))],
	'gives an error with status 200': [free(json({ error: { message: 'Later', code: 429 } }))],
	'gives the file itself': [
		makes(([image]) => raw(image ?? '', 200, { 'content-type': 'image/png' })),
	],
	'gives words as base64': [makes(() => json({ data: [{ b64_json: 'SGVsbG8gd29ybGQ=' }] }))],
	'gives JSON in pieces': [
		makes((made) => {
			const bytes = Buffer.from(text(made));
			const pieces = Array.from({ length: 9 }, (_, index) =>
				bytes.subarray((index * bytes.length) / 9, ((index + 1) * bytes.length) / 9),
			);
			return inPieces(pieces);
		}),
	],
	compresses: [written((all) => gzipSync(all), { ...JSON_TYPE, 'content-encoding': 'gzip' })],
	'cuts the connection': [makesBut((_, response) => resets(response))],
	'cuts it behind the headers': [makesBut(broken('', closes))],
	'cuts it inside of an image': [makes((made) => broken(text(made).slice(0, 100), resets))],
	'cuts it behind the first image': [makes((made) => broken(text(made).slice(0, 190), resets))],
	'never answers': [makesBut(stalls)],
	'stalls inside of an image': [makes((made) => broken(text(made).slice(0, 100), stalls))],
	'gives links to another host': [linked()],
	'gives links that have expired': [linked(() => raw('Expired', 403))],
	'gives links that move': [redirected(302, '/moved/0', '/there.png')],
	'gives links to web pages': [linked(() => page(200, 'Sign in'))],
	'streams no more than a preview': [
		makes(([image]) => sse(image ? preview.preview(image, 0) : '')),
	],
	'streams an error': [free(sse(event({ type: 'error', error: { message: 'Broke', code: 'x' } })))],
	'streams, and breaks off': [
		makes(([image]) => raw(`${preview.completed(image!)}data: {"type":"image_gen`, 200, SSE)),
	],
	'streams an image that ends without a line': [
		makes(([image]) => raw(preview.completed(image!).trimEnd(), 200, SSE)),
	],
	'delivers plain images': [delivers],
});

/** Those that leave the node waiting. */
export const ENDLESS: ReadonlySet<string> = new Set(['never answers', 'stalls inside of an image']);
