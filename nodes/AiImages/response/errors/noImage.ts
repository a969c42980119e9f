import { ApiError } from '../../errors';
import { excerptFrom, toApiError, toShownText } from './parseError';
import { finishReasonOf } from './finishReason';
import { findJob } from './job';
import { asRecord, parseJson, type JsonRecord } from '../../values/json';
import { wrappedRecords } from './wrappers';
import { isNoError } from './isNoError';
import { parseErrorBody, type ErrorFields } from './errorFields';
import type { ServiceResponse } from '../serviceResponse';

/** The texts of a response, and the response itself. */
interface ResponseTexts {
	readonly texts: readonly string[];
	/** What is parsed of the texts. */
	readonly bodies: readonly unknown[];
	readonly response: ServiceResponse;
}

/**
 * Why a response that reports success holds no image.
 *
 * @param texts the JSON texts of the response without their images: the body, or the data of each
 *   event that is no preview
 */
export function noImageError(texts: readonly string[], response: ServiceResponse): ApiError {
	const some = texts.slice(0, MAX_TEXTS);
	const all = { texts: some, bodies: some.map(parseJson), response };
	return (
		errorFromBody(all) ??
		jobError(all) ??
		finishError(all) ??
		messageError(all) ??
		unexplainedError(all)
	);
}

/**
 * Why one result of a response holds no image.
 *
 * @param said the result, which holds none
 * @returns undefined if it does not tell
 */
export function resultError(said: JsonRecord, response: ServiceResponse): ApiError | undefined {
	const { list, base64, url } = response.service.results;
	const all = { texts: [], bodies: [{ [list]: [said] }], response };
	const isOfImagesApi = url in said || base64 in said;
	return (
		errorFromBody(all) ??
		(isOfImagesApi ? finishError(all) : undefined) ??
		// Words without a code may be those of the image.
		(isNoError(said.code) ? undefined : messageError(all))
	);
}

/** Events that are looked at. */
const MAX_TEXTS = 1000;

const NO_IMAGE = 'The server reported success, but its answer holds no image';
const CHECK_MODEL =
	'Check whether this server offers the Images API under the Base URL in the credential, and whether the model makes images. The request might have been billed';
const CHANGE_PROMPT =
	'Change the prompt, or choose a model that generates images. The request might have been billed';

/** What calls itself an error. */
function errorFromBody({ bodies, response }: ResponseTexts): ApiError | undefined {
	const error = bodies.flatMap(wrappedRecords).find((place) => !isNoError(place.error));
	return error && toApiError(parseErrorBody(error), () => NO_IMAGE, response);
}

function jobError({ bodies, response }: ResponseTexts): ApiError | undefined {
	const job = bodies.map((body) => findJob(body, response.status === 202)).find(Boolean);
	if (!job) return undefined;
	const id = toShownText(job.id, MAX_ID, response.redactError);
	return new ApiError(
		`The provider started a job${id ? ` (${id})` : ''} instead of returning an image`,
		'Use a model or an endpoint that returns images at once, or fetch the result yourself with an HTTP Request node. The image might have been billed',
		{ status: response.status, ...(response.requestId ? { requestId: response.requestId } : {}) },
	);
}

/** Characters of an ID that are shown. */
const MAX_ID = 200;

/** A chat's words, or why a model stopped. */
function finishError({ bodies, response }: ResponseTexts): ApiError | undefined {
	const { reason, text, isRefusal } = finishReasonOf(bodies);
	const cause = reason ?? (isRefusal ? 'held back by moderation' : undefined);
	const message = text ?? (cause && `The model stopped without an image: ${cause}`);
	if (message === undefined) return undefined;
	const codes = [...(reason ? [reason] : []), ...(isRefusal ? ['moderation_blocked'] : [])];
	return toApiError({ message, codes }, () => NO_IMAGE, response, CHANGE_PROMPT);
}

/** What the response says under any other name. */
function messageError({ bodies, response }: ResponseTexts): ApiError | undefined {
	const words = bodies
		.flatMap(wrappedRecords)
		.map(parseErrorBody)
		.find(({ message }) => message !== undefined);
	return words && toApiError(words, () => NO_IMAGE, response);
}

/** Nothing that can be told from a success but by the eye: what came, and how it begins. */
function unexplainedError({ texts, bodies, response }: ResponseTexts): ApiError {
	const text = texts.find((each) => each.trim() !== '') ?? '';
	const excerpt = excerptFrom(text, bodies[texts.indexOf(text)], response.redactError);
	const keys = bodies.flatMap((body) => Object.keys(asRecord(body)));
	const names = [...new Set(keys)].slice(0, MAX_KEYS);
	const list = toShownText(names.join(', '), MAX_ID, response.redactError);
	const came = [list && `It holds ${list}`, excerpt].filter(Boolean).join(': ');
	// A type is that of an event here, and of no error.
	const codes: ErrorFields = { ...parseErrorBody(bodies[0]), message: undefined, type: undefined };
	const message = came ? `${NO_IMAGE}. ${came}` : NO_IMAGE;
	return toApiError(codes, () => message, response, CHECK_MODEL);
}

/** Names of fields that are shown. */
const MAX_KEYS = 20;
