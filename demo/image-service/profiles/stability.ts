import { randomInt, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { RequestBody } from '../body.ts';
import { picture } from '../imageRequest.ts';
import type { InputImage, Picture } from '../imageRequest.ts';
import type { Part } from '../multipart.ts';
import { valuesOf } from './form.ts';
import { readMask } from './mask.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall, ProfileRoute } from './profile.ts';
import { CLIENT, endpoints, MODELS, REFERENCE, SPEC } from './stabilityFields.ts';
import type { Endpoint, Fields } from './stabilityFields.ts';

/** What the service itself said in September 2026. */
const LIVE =
	'https://github.com/CauldronUp/cauldron/blob/6bc1ac2a4b7c57debb33f809860f6f965b62d9a9/recipes/stability/README.md';
const BALANCE = 'https://www.npmjs.com/package/stability-ai/v/0.7.0 (dist/v1/user.js)';

/** "payloads cannot be larger than 10MiB in size" (SPEC) */
const largestPayload = 10 * 1024 * 1024;

const shortestEdge = 64;

/**
 * Stability AI's Stable Image API: forms, with one image as a file or in JSON.
 *
 * A prompt with the word "refuse" is denied; with the words "refuse the result", the image comes
 * blurred.
 */
export const stability: Profile = {
	name: 'stability',
	sources: [SPEC, REFERENCE, MODELS, CLIENT, LIVE, BALANCE],
	headers: () => ({ 'x-request-id': newId() }),
	keyOf: ({ authorization }) => /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1],
	unauthorized: (hasKey, path) =>
		isFirstVersion(path)
			? firstVersionRefusal(
					401,
					'unauthorized',
					hasKey
						? 'Incorrect API key provided: sk-***. You can find your API key at https://stability.ai.'
						: 'missing authorization header',
				)
			: refusal(401, 'unauthorized', 'authorization: invalid or missing header value'),
	notFound: (method, path) => {
		const message = `${method} ${path} was not found.`;
		return isFirstVersion(path)
			? firstVersionRefusal(404, 'not_found', message)
			: refusal(404, 'not_found', message);
	},
	failure: (status) => {
		const [name, message] = failures[status] ?? ['error', `The request failed with ${status}.`];
		return refusal(status, name, message);
	},
	routes: [
		...Object.entries(endpoints).map(([path, endpoint]) => route(path, endpoint)),
		{
			method: 'GET',
			pattern: /^\/v1\/user\/balance$/,
			respond: () => jsonResponse(200, { credits: 1000 }),
		},
	],
};

/** SPEC, and for 402: https://github.com/TEAMuP-dev/HARP/issues/338 */
const failures: Readonly<Record<number, [name: string, message: string]>> = {
	400: ['bad_request', 'body: cannot be read'],
	402: [
		'payment_required',
		'You lack sufficient credits to make this request. Please purchase more credits at https://platform.stability.ai/account/credits and try again.',
	],
	403: [
		'content_moderation',
		'Your request was flagged by our content moderation system, as a result your request was denied and you were not charged.',
	],
	413: ['payload_too_large', 'body: payloads cannot be larger than 10MiB in size'],
	422: ['invalid_language', 'English is the only supported language for this service.'],
	429: [
		'rate_limit_exceeded',
		'You have exceeded the rate limit of 150 requests within a 10 second period, and have been timed out for 60 seconds.',
	],
	500: ['internal_error', 'An unexpected server error has occurred, please try again later.'],
};

function route(path: string, endpoint: Endpoint): ProfileRoute {
	return {
		method: 'POST',
		pattern: new RegExp(`^/v2beta/stable-image/${path}$`),
		accepts: ['json', 'multipart'],
		respond: async (call) => await images(call, endpoint),
	};
}

async function images(call: ProfileCall, endpoint: Endpoint): Promise<ApiResponse> {
	const asJson = wantsJson(call);
	checkBody(call.body);
	const fields = checkFields(endpoint.fields, valuesOf(call.body), refuse);
	const { prompt = '', seed, output_format: format = 'png' } = fields;
	const image = fields.image && (await imageOf(call, fields.image, endpoint));
	const mask = image && endpoint.paintsMask ? await maskOf(call, fields, image) : undefined;
	const filtered = /\brefuse the result\b/i.test(prompt);
	if (!filtered && /\brefuse\b/i.test(prompt)) throw stability.failure(403);
	await call.accept({ operation: image ? 'edit' : 'generate', prompt, images: 1 });
	const [width, height] = sizeOf(endpoint, fields, image);
	const { model = endpoint.model } = fields;
	const inputs = image ? [image] : [];
	const commission = {
		model,
		prompt,
		width,
		height,
		format,
		seed: seed || undefined,
		inputs,
		mask,
	};
	const drawn = await call.painter.draw(commission);
	const result = filtered ? await blurred(drawn, format) : drawn;
	// "Omit this parameter or pass `0` to use a random seed." (SPEC)
	const answer = {
		finish_reason: filtered ? 'CONTENT_FILTERED' : 'SUCCESS',
		seed: seed || randomInt(1, 4_294_967_295),
	};
	if (asJson) {
		const json = jsonResponse(200, { image: result.base64, ...answer }, 1);
		return { ...json, headers: { 'content-type': `application/json; type=image/${format}` } };
	}
	return {
		status: 200,
		headers: {
			'content-type': `image/${format}`,
			'finish-reason': answer.finish_reason,
			seed: `${answer.seed}`,
		},
		body: [result.bytes],
		images: 1,
	};
}

function wantsJson({ headers: { accept = 'image/*' } }: ProfileCall): boolean {
	if (accept === 'application/json') return true;
	if (accept === 'image/*') return false;
	throw refuse('accept', 'must be one of image/*, application/json');
}

function checkBody(body: RequestBody): void {
	if (body.kind === 'json') throw refuse('content-type', 'must be multipart/form-data');
	const bytes = body.parts.reduce((sum, { data }) => sum + data.length, 0);
	if (bytes > largestPayload) throw stability.failure(413);
}

async function imageOf(call: ProfileCall, part: Part, { most }: Endpoint): Promise<InputImage> {
	const image = await decode(call, 'image', part);
	if (!call.painter.decodesInputs) return image;
	const { width, height } = image;
	if (Math.min(width, height) < shortestEdge) {
		throw refuse('image', `every side must be at least ${shortestEdge} pixels`);
	}
	if (Math.max(width, height) > (most.edge ?? Infinity)) {
		throw refuse('image', `every side must be at most ${most.edge} pixels`);
	}
	if (width * height > (most.pixels ?? Infinity)) {
		throw refuse('image', `must have at most ${most.pixels} pixels`);
	}
	if (Math.max(width / height, height / width) > (most.ratio ?? Infinity)) {
		throw refuse('image', `the aspect ratio must be between 1:${most.ratio} and ${most.ratio}:1`);
	}
	return image;
}

/** Without a mask, the transparent pixels of the image are one; white paints (SPEC). */
async function maskOf(
	call: ProfileCall,
	{ mask: part }: Fields,
	image: InputImage,
): Promise<InputImage> {
	if (!part) return image;
	const mask = await decode(call, 'mask', part);
	if (!call.painter.decodesInputs) return mask;
	const read = await readMask(mask, 'white', image);
	if (!read) throw refuse('mask', 'must be a black and white image');
	return read;
}

async function decode(call: ProfileCall, field: string, { data }: Part): Promise<InputImage> {
	const image = await call.painter.decode(data, ['jpeg', 'png', 'webp']);
	if (!image) throw refuse(field, 'must be an image in one of the formats jpeg, png, webp');
	return image;
}

/** The pixels of a ratio are not published, so they are this service's own. */
function sizeOf(
	{ megapixels }: Endpoint,
	{ aspect_ratio: ratio }: Fields,
	image: InputImage | undefined,
): [number, number] {
	if (megapixels === undefined && image) return [image.width, image.height];
	const own = image ? [image.width, image.height] : [1, 1];
	const [across = 1, down = 1] = ratio?.split(':').map(Number) ?? own;
	const unit = Math.sqrt(((megapixels ?? 1) * 1024 ** 2) / (across * down));
	return [Math.round((across * unit) / 64) * 64, Math.round((down * unit) / 64) * 64];
}

async function blurred({ bytes }: Picture, format: 'jpeg' | 'png' | 'webp'): Promise<Picture> {
	return picture(await sharp(bytes).blur(40).toFormat(format).toBuffer());
}

function refuse(path: string, problem: string): Refusal {
	return refusal(400, 'bad_request', path ? `${path}: ${problem}` : problem);
}

function refusal(status: number, name: string, error: string): Refusal {
	return new Refusal(status, { id: newId(), name, errors: [error] });
}

/** Version 1 says `message` where later ones say `errors` (LIVE). */
function firstVersionRefusal(status: number, name: string, message: string): Refusal {
	return new Refusal(status, { id: newId(), name, message });
}

function isFirstVersion(path: string): boolean {
	return path.startsWith('/v1/');
}

function newId(): string {
	return randomUUID().replaceAll('-', '');
}
