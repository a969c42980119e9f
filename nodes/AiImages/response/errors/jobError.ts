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
	const isReason = fields.message && fields.message !== state;
	const message = isReason ? `${state}: ${fields.message}` : undefined;
	const said =
		kind === 'gone'
			? "The service doesn't know the job"
			: 'The service ended the job without an image';
	return toApiError(
		{ ...fields, message, codes },
		() => `${said}: ${state}`,
		response,
		REQUEST_ANEW,
	).with({ hint: { isFinal: true } });
}

const BILLED = 'or contact your provider. The image might have been billed';

/** A job that has no image. */
export const REQUEST_ANEW = `Run the node again to request a new image, without 'Resume Job' if it is set, ${BILLED}`;

/** The response to a request has no ticket. */
export function noTicketError(text: string, response: ErrorSource): ApiError {
	const excerpt = bodyExcerpt(text, parseJson(text), response.redactError);
	const message = 'The API accepted the request, but its response has no job to ask for';
	return toApiError(
		{ codes: [] },
		() => (excerpt ? `${message}: ${excerpt}` : message),
		response,
		`Run the node again to request a new image, ${BILLED}`,
	).with({ hint: { isFinal: true } });
}
