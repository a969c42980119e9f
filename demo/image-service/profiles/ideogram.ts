import { randomInt } from 'node:crypto';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { InputImage } from '../imageRequest.ts';
import type { Part } from '../multipart.ts';
import { valuesOf } from './form.ts';
import * as fields from './ideogramFields.ts';
import type { Fields } from './ideogramFields.ts';
import { readMask } from './mask.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall, ProfileRoute } from './profile.ts';

const MASKS = 'https://developer.ideogram.ai/ideogram-api/masked-edits';
const LIST =
	'https://github.com/api-evangelist/ideogram/blob/6fa70a4b16c55873e1e8be4bcfc5cd1980a7344d/openapi/ideogram-subpackage-models-api-openapi.yml';

const megabyte = 1024 * 1024;
/** INPAINT, REMIX */
const largestImage = 25 * megabyte;
/** GENERATE: "maximum total size 10MB across all" */
const largestReferences = 10 * megabyte;

/**
 * Ideogram 3.0: forms, and results at links.
 *
 * A prompt with the word "refuse" fails the safety check; with the words "refuse the result", every
 * result is withheld.
 */
export const ideogram: Profile = {
	name: 'ideogram',
	sources: [
		...[fields.GENERATE, fields.REMIX, fields.INPAINT, fields.RANGES, fields.WEIGHT],
		...[fields.CLIENT, fields.FORMS, MASKS, LIST],
	],
	keyOf: ({ 'api-key': key }) => key?.toString(),
	// Only the 422 has a documented shape, `GenerateImageSafetyError`; the others are shown like it.
	unauthorized: () => refusal(401, 'Not authorized to generate an image.'),
	notFound: (method, path) => refusal(404, `${method} ${path} was not found.`),
	failure: (status) => refusal(status, failures[status] ?? `The request failed with ${status}.`),
	routes: [
		route('generate', fields.generate, 'Prompt failed the safety check.'),
		route('remix', fields.remix, 'Prompt or provided image failed safety check.'),
		route('inpaint', fields.inpaint, 'Prompt or Initial Image failed the safety checks.'),
		{
			// The custom models of an account. This one has none.
			method: 'GET',
			pattern: /^\/models$/,
			respond: () => jsonResponse(200, { models: [] }),
		},
	],
};

const failures: Readonly<Record<number, string>> = {
	400: 'Invalid input provided.',
	401: 'Not authorized to generate an image.',
	422: 'Prompt failed the safety check.',
	429: 'Too many requests.',
};

function route(name: string, schema: typeof fields.generate, unsafe: string): ProfileRoute {
	return {
		method: 'POST',
		pattern: new RegExp(`^/v1/ideogram-v3/${name}$`),
		accepts: ['json', 'multipart'],
		respond: async (call) => {
			if (call.body.kind === 'json') throw refuse('Content-Type', 'must be multipart/form-data');
			return await images(call, checkFields(schema, valuesOf(call.body), refuse), unsafe);
		},
	};
}

async function images(call: ProfileCall, form: Fields, unsafe: string): Promise<ApiResponse> {
	const { prompt, seed, num_images: count = 1, style_type: style = 'GENERAL' } = form;
	await checkReferences(call, form);
	const image = form.image && (await decode(call, 'image', form.image, largestImage));
	const mask = image && form.mask && (await maskOf(call, form.mask, image));
	const withheld = /\brefuse the result\b/i.test(prompt);
	if (!withheld && /\brefuse\b/i.test(prompt)) throw refusal(422, unsafe);
	await call.accept({ operation: image ? 'edit' : 'generate', prompt, images: count });
	const [width, height] = resolutionOf(form, mask && image);
	const inputs = image ? [image] : [];
	const data = [];
	for (let index = 0; index < count; index++) {
		const size = { width, height, format: 'png' } as const;
		const commission = { model: 'ideogram-v3', prompt, ...size, index, seed, inputs, mask };
		const url = withheld ? null : call.painter.publish(await drawn(call, commission), 'png');
		data.push({
			prompt,
			resolution: `${width}x${height}`,
			is_image_safe: !withheld,
			seed: seed ?? randomInt(2 ** 31),
			url,
			style_type: style,
		});
	}
	const created = new Date().toISOString();
	return jsonResponse(200, { created, data }, withheld ? 0 : count);
}

type Commission = Parameters<ProfileCall['painter']['draw']>[0];

async function drawn({ painter }: ProfileCall, commission: Commission): Promise<Buffer> {
	return (await painter.draw(commission)).bytes;
}

async function checkReferences(call: ProfileCall, form: Fields): Promise<void> {
	for (const name of [
		'style_reference_images',
		'character_reference_images',
		'character_reference_images_mask',
	] as const) {
		const parts = form[name] ?? [];
		const bytes = parts.reduce((sum, { data }) => sum + data.length, 0);
		if (bytes > largestReferences) throw refuse(name, 'must have at most 10MB in total');
		for (const part of parts) await decode(call, name, part, largestReferences);
	}
}

/** "A black and white image of the same size as the image being edited"; black paints (INPAINT). */
async function maskOf(call: ProfileCall, part: Part, image: InputImage): Promise<InputImage> {
	const mask = await decode(call, 'mask', part, largestImage);
	if (!call.painter.decodesInputs) return mask;
	if (mask.width !== image.width || mask.height !== image.height) {
		throw refuse('mask', 'must have the size of the image');
	}
	const read = await readMask(mask, 'black', image);
	if (!read) throw refuse('mask', 'must be a black and white image');
	return read;
}

async function decode(
	call: ProfileCall,
	field: string,
	{ data }: Part,
	largest: number,
): Promise<InputImage> {
	if (data.length > largest) throw refuse(field, `must have at most ${largest / megabyte}MB`);
	const image = await call.painter.decode(data, ['jpeg', 'png', 'webp']);
	if (!image) throw refuse(field, 'must be a JPEG, PNG or WebP image');
	return image;
}

/**
 * The resolution nearest to a ratio. The reference says that the ratio determines it, and not how;
 * it says nothing of the one of an inpainted image, but that it is in the list, too.
 */
function resolutionOf(
	{ resolution, aspect_ratio: ratio = '1x1' }: Fields,
	inpainted: InputImage | undefined,
): readonly [number, number] {
	const asked = (resolution ?? ratio).split('x').map(Number);
	const [across = 1, down = 1] = inpainted ? [inpainted.width, inpainted.height] : asked;
	const distance = ([width, height]: readonly [number, number]) =>
		Math.abs(Math.log((width * down) / (height * across))) +
		// Of several with one ratio, the one asked for, or the largest.
		(resolution ? Math.abs(width - across) : 1 / width) / 1e6;
	return fields.resolutions.reduce((best, each) => (distance(each) < distance(best) ? each : best));
}

function refuse(path: string, problem: string): Refusal {
	return refusal(400, path ? `${path} ${problem}` : problem);
}

function refusal(status: number, error: string): Refusal {
	return new Refusal(status, { error });
}
