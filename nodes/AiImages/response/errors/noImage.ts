import { ApiError } from '../../errors';
import { asRecord, parseJson, type JsonRecord } from '../../values/json';
import { hasResultKey, isWithheld, withoutSkipped } from '../results';
import type { ServiceResponse } from '../serviceResponse';
import { parseErrorBody, type ErrorFields } from './errorFields';
import { readFinishDetails } from './finishDetails';
import { isNoError } from './isNoError';
import { findJob } from './job';
import { toApiError } from './parseError';
import { bodyExcerpt, toShownText } from './shownText';
import { wrappedRecords } from './wrappers';

interface ParsedResponse {
	readonly texts: readonly string[];
	/** The parsed texts; undefined in the place of one that is not JSON. */
	readonly bodies: readonly unknown[];
	readonly response: ServiceResponse;
}

/**
 * Why a response that reports success has no image.
 *
 * @param texts the JSON texts of the response without their images: the body, or the data of each
 *   event that is not a preview
 */
export function noImageError(texts: readonly string[], response: ServiceResponse): ApiError {
	const firstTexts = texts.slice(0, MAX_TEXTS);
	const { results } = response.service;
	const bodies = firstTexts.map((text) => withoutSkipped(parseJson(text), results).kept);
	const parsed = { texts: firstTexts, bodies, response };
	return (
		reportedError(parsed) ??
		jobError(parsed) ??
		finishError(parsed) ??
		messageError(parsed) ??
		unexplainedError(parsed)
	);
}

/**
 * Why one result of a response has no image.
 *
 * @returns undefined if the result doesn't say
 */
export function resultError(result: JsonRecord, response: ServiceResponse): ApiError | undefined {
	const { results } = response.service;
	const parsed = { texts: [], bodies: [{ [results.list]: [result] }], response };
	const hasImageKey = hasResultKey(result, results) || isWithheld(result, results);
	const { reasons } = readFinishDetails(parsed.bodies, results);
	return (
		reportedError(parsed) ??
		(hasImageKey || reasons.length > 0 ? finishError(parsed) : undefined) ??
		// Without a code, a message can be a description of the image.
		(isNoError(result.code) ? undefined : messageError(parsed))
	);
}

/** Events of a stream that are read. */
const MAX_TEXTS = 1000;

const NO_IMAGE = 'The API returned a success status without an image';
const CHECK_MODEL =
	"Check that 'Base URL' in the credential leads to an Images API, and that the model generates images. The request might have been billed";
const CHANGE_PROMPT =
	'Edit the prompt, or choose a model that generates images. The request might have been billed';

/** From an `error` field. */
function reportedError({ bodies, response }: ParsedResponse): ApiError | undefined {
	const record = bodies.flatMap(wrappedRecords).find(({ error }) => !isNoError(error));
	const error = record && toApiError(parseErrorBody(record), () => NO_IMAGE, response);
	const { text } = readFinishDetails(bodies, response.service.results);
	if (!error || text === undefined) return error;
	// The model had begun, so that even what a rate limit ended can be billed.
	const hint = { ...error.hint, isRateLimit: false, isOverloaded: false, mayBeBilled: true };
	return error.with({ hint });
}

/** From an asynchronous job. */
function jobError({ bodies, response }: ParsedResponse): ApiError | undefined {
	const job = bodies.map((body) => findJob(body, response.status === 202)).find(Boolean);
	if (!job) return undefined;
	const id = toShownText(job.id, MAX_ID_CHARS, response.redactError);
	return new ApiError(
		`The provider started a job${id ? ` (${id})` : ''} instead of returning an image`,
		'Use a model or an endpoint that returns images immediately, or get the result with an HTTP Request node. The image might have been billed',
		{ status: response.status, ...(response.requestId ? { requestId: response.requestId } : {}) },
	);
}

const MAX_ID_CHARS = 200;

/** From the text of a chat model, or its finish reason. */
function finishError({ bodies, response }: ParsedResponse): ApiError | undefined {
	const { reasons, hasStopped, text, isRefusal } = readFinishDetails(
		bodies,
		response.service.results,
	);
	const [reason] = reasons;
	const message =
		text ??
		(reason && `The model stopped without an image: ${reason}`) ??
		(isRefusal ? 'Moderation withheld the image' : undefined) ??
		(hasStopped ? 'The model stopped without an image, and without a reason' : undefined);
	if (message === undefined) return undefined;
	const codes = [...reasons, ...(isRefusal ? ['moderation_blocked'] : [])];
	return toApiError({ message, codes }, () => NO_IMAGE, response, CHANGE_PROMPT);
}

/** From a message without an `error` field. */
function messageError({ bodies, response }: ParsedResponse): ApiError | undefined {
	const fields = bodies
		.flatMap(wrappedRecords)
		.map(parseErrorBody)
		.find(({ message }) => message !== undefined);
	return fields && toApiError(fields, () => NO_IMAGE, response);
}

/** Describes the response by its keys and its beginning. */
function unexplainedError({ texts, bodies, response }: ParsedResponse): ApiError {
	const text = texts.find((candidate) => candidate.trim() !== '') ?? '';
	const excerpt = bodyExcerpt(text, bodies[texts.indexOf(text)], response.redactError);
	const allKeys = bodies.flatMap((body) => Object.keys(asRecord(body)));
	const keys = [...new Set(allKeys)].slice(0, MAX_KEYS);
	const keyList = toShownText(keys.join(', '), MAX_KEY_LIST_CHARS, response.redactError);
	const content = [keyList ? `It contains ${keyList}` : excerpt && 'API response', excerpt]
		.filter(Boolean)
		.join(': ');
	// The type is that of an event, not of an error.
	const fields: ErrorFields = { ...parseErrorBody(bodies[0]), message: undefined, type: undefined };
	const message = content ? `${NO_IMAGE}. ${content}` : NO_IMAGE;
	const error = toApiError(fields, () => message, response, CHECK_MODEL);
	return error.with({ hint: { ...error.hint, isUnexplained: true } });
}

/** Keys that are shown. */
const MAX_KEYS = 20;
const MAX_KEY_LIST_CHARS = 200;
