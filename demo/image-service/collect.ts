import {
	ApiError,
	invalidType,
	missingParameter,
	modelNotFound,
	unknownParameter,
	unsupportedValue,
} from './apiError.ts';
import type { RequestBody } from './body.ts';
import { setField } from './formFields.ts';
import { ruleFor } from './grammar.ts';
import type { Grammar } from './grammar.ts';
import { imageModels } from './models.ts';
import type { ImageModel, Operation } from './models.ts';
import type { Part } from './multipart.ts';
import { describe, readValue } from './values.ts';
import type { Value } from './values.ts';

/** The source of an input image; `param` is the name in its errors. */
export type ImageSource = { param: string } & (
	{ bytes: Buffer; contentType: string | undefined } | { url: string } | { fileId: string }
);

/** A request whose parameters are all known to the model and valid on their own. */
export interface CollectedRequest {
	model: ImageModel;
	values: Map<string, Value>;
	images: ImageSource[];
	mask: ImageSource | undefined;
	markup: ImageSource | undefined;
}

/** The longest `image_url`: https://developers.openai.com/api/reference/resources/images/methods/edit.md */
const longestImageUrl = 20_971_520;

/** The names under which a model's `image` parameter travels in each kind of body. */
const multipartImageNames = ['image', 'image[]'];
const jsonImageName = 'images';

/**
 * Sorts a body into values and pictures and checks each by its own rule.
 * Throws the ApiError that the API responds with.
 */
export function collect(
	operation: Operation,
	body: RequestBody,
	served: readonly ImageModel[],
): CollectedRequest {
	const { fields, pictures } =
		body.kind === 'json' ? splitJson(body.fields, operation) : splitParts(body.parts);
	const model = findServed(fields.get('model'), operation, served);
	const grammar = model[operation]!;
	const values = new Map<string, Value>();
	for (const [param, value] of fields) {
		const rule = ruleFor(grammar, param);
		// In JSON the pictures travel as `images`; a field called `image` does not exist.
		const missing = rule === undefined || (body.kind === 'json' && rule.kind === 'images');
		if (missing) throw unknownParameter(param);
		if (value === null) continue;
		values.set(param, readValue(param, value, rule, body.kind === 'multipart'));
	}
	if (!values.has('prompt')) throw missingParameter('prompt');
	return { model, values, ...sortPictures(pictures, model, grammar, body.kind) };
}

/** Images in the order of the request, by their parameter. */
type SentPictures = Array<[name: string, source: ImageSource]>;

interface SplitBody {
	fields: Map<string, unknown>;
	pictures: SentPictures;
}

function splitJson(given: Record<string, unknown>, operation: Operation): SplitBody {
	const fields = new Map(Object.entries(given));
	const pictures: SentPictures = [];
	if (operation === 'generate') return { fields, pictures };
	const images = fields.get(jsonImageName) ?? [];
	if (!Array.isArray(images)) throw invalidType(jsonImageName, 'an array', describe(images));
	images.forEach((reference, index) => {
		pictures.push(['image', readReference(`${jsonImageName}[${index}]`, reference)]);
	});
	for (const name of ['mask', 'markup']) {
		const reference = fields.get(name) ?? null;
		if (reference !== null) pictures.push([name, readReference(name, reference)]);
	}
	for (const name of [jsonImageName, 'mask', 'markup']) fields.delete(name);
	return { fields, pictures };
}

/** Exactly one of `image_url` and `file_id`. */
function readReference(param: string, reference: unknown): ImageSource {
	if (reference === null || typeof reference !== 'object' || Array.isArray(reference)) {
		throw invalidType(param, 'an object', describe(reference));
	}
	const entries = Object.entries(reference).filter(([, value]) => value !== null);
	const other = entries.find(([key]) => key !== 'image_url' && key !== 'file_id');
	if (other) throw unknownParameter(`${param}.${other[0]}`);
	if (entries.length === 0) throw missingParameter(`${param}.image_url`);
	if (entries.length > 1) {
		const message = `Invalid '${param}': provide exactly one of 'image_url' or 'file_id'.`;
		throw new ApiError(400, message, 'invalid_value', param);
	}
	const [key, value] = entries[0]!;
	const path = `${param}.${key}`;
	const text = readValue(
		path,
		value,
		{ kind: 'text', minimum: 1, maximum: longestImageUrl },
		false,
	);
	return key === 'file_id'
		? { param: path, fileId: String(text) }
		: { param: path, url: String(text) };
}

function splitParts(parts: Part[]): SplitBody {
	const fields = new Map<string, unknown>();
	const pictures: SentPictures = [];
	const single = new Set<string>();
	for (const part of parts) {
		const { name } = part;
		if (!name.endsWith('[]') && single.has(name)) throw duplicateParameter(name);
		single.add(name);
		if (part.filename === undefined) setField(fields, name, part.data.toString('utf8'));
		else pictures.push([multipartImageNames.includes(name) ? 'image' : name, fileSource(part)]);
	}
	for (const name of multipartImageNames) {
		if (fields.has(name)) throw invalidType(name, 'a file', 'a string');
	}
	return { fields, pictures };
}

function fileSource({ name, data, contentType }: Part): ImageSource {
	return { param: name, bytes: data, contentType };
}

/** The wording clients meet when they repeat a plain `image` part. */
function duplicateParameter(name: string): ApiError {
	return new ApiError(
		400,
		`Duplicate parameter: '${name}'. You provided multiple values for this parameter, whereas only one is allowed. If you are trying to provide a list of values, use the array syntax instead e.g. '${name}[]=<value>'.`,
		'duplicate_parameter',
		name,
	);
}

function findServed(id: unknown, operation: Operation, served: readonly ImageModel[]): ImageModel {
	if (id === undefined || id === null || id === '') throw missingParameter('model');
	if (typeof id !== 'string') throw invalidType('model', 'a string', describe(id));
	const model = served.find((candidate) => candidate.id === id);
	if (!model) throw modelNotFound(id);
	if (model[operation]) return model;
	const able = imageModels.filter((candidate) => candidate[operation]);
	throw unsupportedValue(
		'model',
		id,
		able.map((candidate) => candidate.id),
	);
}

function sortPictures(
	pictures: SentPictures,
	model: ImageModel,
	grammar: Grammar,
	kind: RequestBody['kind'],
): Pick<CollectedRequest, 'images' | 'mask' | 'markup'> {
	for (const [name, { param }] of pictures) {
		const rule = ruleFor(grammar, name);
		if (rule === undefined) throw unknownParameter(param.replace(/\..*/, ''));
		if (rule.kind !== 'images' && rule.kind !== 'overlay') {
			throw invalidType(name, 'a string', 'a file');
		}
	}
	const named = (wanted: string) =>
		pictures.filter(([name]) => name === wanted).map(([, source]) => source);
	const images = named('image');
	const param = kind === 'json' ? jsonImageName : 'image';
	const maximum = model.inputs?.maximumImages ?? 0;
	if ('image' in grammar && images.length === 0) throw missingParameter(param);
	if (images.length > maximum) {
		throw new ApiError(
			400,
			`Invalid '${param}': array too long. Expected an array with maximum length ${maximum}, but got an array with length ${images.length} instead.`,
			'array_above_max_length',
			param,
		);
	}
	return { images, mask: named('mask')[0], markup: named('markup')[0] };
}
