import type { ApiError } from '../../errors';
import type { JobKeys, JobState } from '../../services/jobKeys';
import { valueAt } from '../../services/spelling';
import { parseJson } from '../../values/json';
import { parseErrorBody } from './errorFields';
import { toApiError, type ErrorSource } from './parseError';
import { bodyExcerpt } from './shownText';

/**
 * Why a job has no image.
 *
 * @param text the status that says so
 * @param state the service's word for it
 * @param reason where the status has the error; undefined = where other errors are
 */
export function endedJobError(
	text: string,
	state: string,
	kind: JobState,
	response: ErrorSource,
	reason?: JobKeys['reason'],
): ApiError {
	const body = parseJson(text);
	const whole = parseErrorBody(body);
	const { requestId } = whole;
	const fields =
		reason === undefined ? whole : { ...parseErrorBody(valueAt(body, reason)), requestId };
	const codes = [...fields.codes, ...(kind === 'refused' ? ['moderation_blocked'] : [])];
	// States are words for people at some services: `Request Moderated`.
	const message = fields.message && `${state}: ${fields.message}`;
	return toApiError(
		{ ...fields, message, codes },
		() => `The service ended the job without an image: ${state}`,
		response,
		RUN_AGAIN,
	).with({ hint: { isFinal: true } });
}

const RUN_AGAIN =
	'Run the node again, which requests a new image, or contact your provider. The image might have been billed';

/** The response to a request has no ticket. */
export function noTicketError(text: string, response: ErrorSource): ApiError {
	const excerpt = bodyExcerpt(text, parseJson(text), response.redactError);
	const message = 'The API accepted the request, but its response has no job to ask for';
	return toApiError(
		{ codes: [] },
		() => (excerpt ? `${message}: ${excerpt}` : message),
		response,
		RUN_AGAIN,
	).with({ hint: { isFinal: true } });
}
