import type { ParameterName } from '../models';
import { isForm, keysOf, spell } from '../services/spelling';
import type { EmbeddedFile, FormParts } from '../services/types';
import { isRecord, type JsonRecord } from '../values/json';
import { mimeTypeOf, type InputFile } from './files/inputFile';
import { formFields } from './formFields';
import { EmbeddedBytes } from './jsonBody';
import type { ValidRequest } from './types';

/** The body of a request before it is written. None of its files has been read for it. */
export type Body =
	/** JSON values, and `EmbeddedBytes` in place of files. */
	| { readonly kind: 'json'; readonly tree: JsonRecord }
	| { readonly kind: 'form'; readonly parts: readonly FormPart[] };

export type FormPart = readonly [name: string, value: string | InputFile];

/**
 * The body of a request, as its service spells it: JSON, or a form if the service wants one for
 * files. With *Send Images as JSON*, files become a part of the JSON there, too.
 */
export function bodyOf(request: ValidRequest): Body {
	const endpoint = request.service.endpoints[request.operation];
	const { form } = endpoint;
	return form && isForm(endpoint, request.settings.imagesAsJson)
		? { kind: 'form', parts: partsOf(request, form) }
		: { kind: 'json', tree: fieldsOf(request, contentOf(request)) };
}

function partsOf(request: ValidRequest, names: FormParts): FormPart[] {
	const { images, mask, markup } = request;
	const part = images.length === 1 ? names.image : names.images;
	return [
		...Object.entries(fieldsOf(request, {})).flatMap(([name, value]) => formFields(name, value)),
		...images.map((image): FormPart => [part, image]),
		...(mask ? [[names.mask, mask] as const] : []),
		...(markup ? [[names.markup, markup] as const] : []),
	];
}

/** The fields of a JSON body with input files, and with the prompt if it stands among them. */
function contentOf({ service, operation, values, ...files }: ValidRequest): JsonRecord {
	const { content } = service.endpoints[operation];
	const { images, mask, markup } = files;
	return (
		content?.({
			prompt: String(values.prompt),
			images: images.map(embedded),
			mask: mask && embedded(mask),
			markup: markup && embedded(markup),
		}) ?? {}
	);
}

function embedded(file: InputFile): EmbeddedFile {
	const { reference } = file;
	const mimeType = mimeTypeOf(file);
	const bytes = new EmbeddedBytes(file, '');
	return {
		url:
			reference && 'url' in reference
				? reference.url
				: new EmbeddedBytes(file, `data:${mimeType};base64,`),
		base64: bytes,
		mimeType,
		fileId: reference && 'fileId' in reference ? reference.fileId : undefined,
	};
}

/** All fields. *Extra Body Fields* come last and win. */
function fieldsOf(request: ValidRequest, content: JsonRecord): JsonRecord {
	const { service, operation, model, values, settings } = request;
	const endpoint = service.endpoints[operation];
	const body: Record<string, unknown> = {};
	if (endpoint.model !== null) setAt(body, keysOf(endpoint.model), model);
	for (const [name, value] of Object.entries(values)) {
		if (value === undefined) continue;
		for (const [path, each] of spell(endpoint, name as ParameterName, value)) {
			setAt(body, keysOf(path), each);
		}
	}
	const { fixed = {}, unset = {} } = endpoint;
	const names = (Object.keys(unset) as ParameterName[]).filter(
		(name) => values[name] === undefined,
	);
	const substitutes = names.map((name) => unset[name] ?? {});
	return [...substitutes, fixed, content, settings.extraFields].reduce<JsonRecord>(merged, body);
}

function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
	const [key = '', ...rest] = path;
	if (rest.length === 0) {
		target[key] = value;
	} else {
		const inner = (target[key] ?? {}) as Record<string, unknown>;
		setAt(inner, rest, value);
		target[key] = inner;
	}
}

/** Two records as one, also inside. Elsewhere, the second one wins. */
function merged(one: JsonRecord, other: JsonRecord): JsonRecord {
	const both = Object.entries(other).map(([key, value]) => {
		const own = Object.hasOwn(one, key) ? one[key] : undefined;
		const isBoth = isPlain(own) && isPlain(value);
		return [key, isBoth ? merged(own, value) : value] as const;
	});
	return { ...one, ...Object.fromEntries(both) };
}

function isPlain(value: unknown): value is JsonRecord {
	return isRecord(value) && !(value instanceof EmbeddedBytes);
}
