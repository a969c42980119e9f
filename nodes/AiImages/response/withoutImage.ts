import { CallFailure } from '../errors';
import type { Answer } from '../transport/send';
import { excerptFrom, failureFromWords, shown } from './failure';
import { finishOf } from './finishReasons';
import { jobIn } from './job';
import { asRecord, parseJson, type JsonRecord } from './json';
import { placesIn } from './places';
import { saysNothing } from './saysNothing';
import { wordsOf, type Words } from './words';

/** What a response says, and the response itself. */
interface Response {
	readonly texts: readonly string[];
	/** What is parsed of the texts. */
	readonly bodies: readonly unknown[];
	readonly answer: Answer;
}

/**
 * Why a response that reports success holds no image.
 *
 * @param texts the JSON texts of the response without their images: the body, or the data of each
 *   event that is no preview
 */
export function failureWithoutImage(texts: readonly string[], answer: Answer): CallFailure {
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
export function failureOfResult(said: JsonRecord, answer: Answer): CallFailure | undefined {
	const response = { texts: [], bodies: [{ data: [said] }], answer };
	const isOfImagesApi = 'url' in said || 'b64_json' in said;
	return (
		failureOfError(response) ??
		(isOfImagesApi ? failureOfFinish(response) : undefined) ??
		// Words without a code may be those of the image.
		(saysNothing(said.code) ? undefined : failureOfWords(response))
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
function failureOfError({ bodies, answer }: Response): CallFailure | undefined {
	const error = bodies.flatMap(placesIn).find((place) => !saysNothing(place.error));
	return error && failureFromWords(wordsOf(error), () => NO_IMAGE, answer);
}

function failureOfJob({ bodies, answer }: Response): CallFailure | undefined {
	const job = bodies.map((body) => jobIn(body, answer.status === 202)).find(Boolean);
	if (!job) return undefined;
	const id = shown(job.id, MAX_ID, answer.cleanError);
	return new CallFailure(
		`The provider started a job${id ? ` (${id})` : ''} instead of returning an image`,
		'Use a model or an endpoint that returns images at once, or fetch the result yourself with an HTTP Request node. The image might have been billed',
		{ status: answer.status, ...(answer.requestId ? { requestId: answer.requestId } : {}) },
	);
}

/** Characters of an ID that are shown. */
const MAX_ID = 200;

/** A chat's words, or why a model stopped. */
function failureOfFinish({ bodies, answer }: Response): CallFailure | undefined {
	const { reason, text, isRefusal } = finishOf(bodies);
	const cause = reason ?? (isRefusal ? 'held back by moderation' : undefined);
	const message = text ?? (cause && `The model stopped without an image: ${cause}`);
	if (message === undefined) return undefined;
	const names = [...(reason ? [reason] : []), ...(isRefusal ? ['moderation_blocked'] : [])];
	return failureFromWords({ message, names }, () => NO_IMAGE, answer, CHANGE_PROMPT);
}

/** What the response says under any other name. */
function failureOfWords({ bodies, answer }: Response): CallFailure | undefined {
	const words = bodies
		.flatMap(placesIn)
		.map(wordsOf)
		.find(({ message }) => message !== undefined);
	return words && failureFromWords(words, () => NO_IMAGE, answer);
}

/** Nothing that can be told from a success but by the eye: what came, and how it begins. */
function failureOfNothing({ texts, bodies, answer }: Response): CallFailure {
	const text = texts.find((each) => each.trim() !== '') ?? '';
	const excerpt = excerptFrom(text, bodies[texts.indexOf(text)], answer.cleanError);
	const keys = bodies.flatMap((body) => Object.keys(asRecord(body)));
	const names = [...new Set(keys)].slice(0, MAX_KEYS);
	const list = shown(names.join(', '), MAX_ID, answer.cleanError);
	const came = [list && `It holds ${list}`, excerpt].filter(Boolean).join(': ');
	// A type is that of an event here, and of no error.
	const codes: Words = { ...wordsOf(bodies[0]), message: undefined, type: undefined };
	const message = came ? `${NO_IMAGE}. ${came}` : NO_IMAGE;
	return failureFromWords(codes, () => message, answer, CHECK_MODEL);
}

/** Names of fields that are shown. */
const MAX_KEYS = 20;
