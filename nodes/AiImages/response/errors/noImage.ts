import { ApiError } from '../../errors';
import type { HttpResponse } from '../../transport/send';
import { excerptFrom, toApiError, toShownText } from './parseError';
import { finishReasonOf } from './finishReason';
import { findJob } from './job';
import { asRecord, parseJson, type JsonRecord } from '../../values/json';
import { wrappedRecords } from './wrappers';
import { isNoError } from './isNoError';
import { parseErrorBody, type ErrorFields } from './errorFields';

/** What a response says, and the response itself. */
interface Response {
	readonly texts: readonly string[];
	/** What is parsed of the texts. */
	readonly bodies: readonly unknown[];
	readonly answer: HttpResponse;
}

/**
 * Why a response that reports success holds no image.
 *
 * @param texts the JSON texts of the response without their images: the body, or the data of each
 *   event that is no preview
 */
export function noImageError(texts: readonly string[], answer: HttpResponse): ApiError {
	const some = texts.slice(0, MAX_TEXTS);
	const response = { texts: some, bodies: some.map(parseJson), answer };
	return (
		failureOfError(response) ??
		failureOfJob(response) ??
		failureOfFinish(response) ??
		failureOfWords(response) ??
		failureOfNothing(response)
	);
}

/**
 * Why one result of a response holds no image.
 *
 * @param said the result, which holds none
 * @returns undefined if it does not tell
 */
export function resultError(said: JsonRecord, answer: HttpResponse): ApiError | undefined {
	const response = { texts: [], bodies: [{ data: [said] }], answer };
	const isOfImagesApi = 'url' in said || 'b64_json' in said;
	return (
		failureOfError(response) ??
		(isOfImagesApi ? failureOfFinish(response) : undefined) ??
		// Words without a code may be those of the image.
		(isNoError(said.code) ? undefined : failureOfWords(response))
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
function failureOfError({ bodies, answer }: Response): ApiError | undefined {
	const error = bodies.flatMap(wrappedRecords).find((place) => !isNoError(place.error));
	return error && toApiError(parseErrorBody(error), () => NO_IMAGE, answer);
}

function failureOfJob({ bodies, answer }: Response): ApiError | undefined {
	const job = bodies.map((body) => findJob(body, answer.status === 202)).find(Boolean);
	if (!job) return undefined;
	const id = toShownText(job.id, MAX_ID, answer.redactError);
	return new ApiError(
		`The provider started a job${id ? ` (${id})` : ''} instead of returning an image`,
		'Use a model or an endpoint that returns images at once, or fetch the result yourself with an HTTP Request node. The image might have been billed',
		{ status: answer.status, ...(answer.requestId ? { requestId: answer.requestId } : {}) },
	);
}

/** Characters of an ID that are shown. */
const MAX_ID = 200;

/** A chat's words, or why a model stopped. */
function failureOfFinish({ bodies, answer }: Response): ApiError | undefined {
	const { reason, text, isRefusal } = finishReasonOf(bodies);
	const cause = reason ?? (isRefusal ? 'held back by moderation' : undefined);
	const message = text ?? (cause && `The model stopped without an image: ${cause}`);
	if (message === undefined) return undefined;
	const codes = [...(reason ? [reason] : []), ...(isRefusal ? ['moderation_blocked'] : [])];
	return toApiError({ message, codes }, () => NO_IMAGE, answer, CHANGE_PROMPT);
}

/** What the response says under any other name. */
function failureOfWords({ bodies, answer }: Response): ApiError | undefined {
	const words = bodies
		.flatMap(wrappedRecords)
		.map(parseErrorBody)
		.find(({ message }) => message !== undefined);
	return words && toApiError(words, () => NO_IMAGE, answer);
}

/** Nothing that can be told from a success but by the eye: what came, and how it begins. */
function failureOfNothing({ texts, bodies, answer }: Response): ApiError {
	const text = texts.find((each) => each.trim() !== '') ?? '';
	const excerpt = excerptFrom(text, bodies[texts.indexOf(text)], answer.redactError);
	const keys = bodies.flatMap((body) => Object.keys(asRecord(body)));
	const names = [...new Set(keys)].slice(0, MAX_KEYS);
	const list = toShownText(names.join(', '), MAX_ID, answer.redactError);
	const came = [list && `It holds ${list}`, excerpt].filter(Boolean).join(': ');
	// A type is that of an event here, and of no error.
	const codes: ErrorFields = { ...parseErrorBody(bodies[0]), message: undefined, type: undefined };
	const message = came ? `${NO_IMAGE}. ${came}` : NO_IMAGE;
	return toApiError(codes, () => message, answer, CHECK_MODEL);
}

/** Names of fields that are shown. */
const MAX_KEYS = 20;
