import { NEXT } from '../faults/outcomes';
import type { Message } from './stage';

const BLACK_FOREST_LABS = 'Black Forest Labs';

const RESUME =
	"no new image is requested. If the execution goes on, pass 'details.job' of this item to 'Resume Job' in Options";

const FETCH = `Retry this execution to fetch it; ${RESUME}`;

const BILLED = 'or contact your provider. The image might have been billed';

export const NO_TICKET = `Run the node again to request a new image, ${BILLED}`;

const REQUEST_ANEW = `Run the node again to request a new image, without 'Resume Job' if it is set, ${BILLED}`;

export const RESET: Message = {
	error: '{api} closed the connection before the response was complete',
	advice: NEXT.billed,
};

/** The result is still to come. */
export const still = (service: string): Message => ({
	error: `Still being generated at ${service} (job {job})`,
	advice: FETCH,
});

export const STILL = still(BLACK_FOREST_LABS);

export const stillBecause = (reason: string, service = BLACK_FOREST_LABS): Message => ({
	error: `${still(service).error}. ${reason}`,
	advice: FETCH,
});

/** This key may not ask. */
export const denied = (
	status: 401 | 403,
	reason = `Failed with status ${status}.`,
	service = BLACK_FOREST_LABS,
): Message => ({
	error: `${still(service).error}. ${reason}`,
	advice: `${status === 401 ? NEXT.key : NEXT.rights}. Then retry this execution to fetch it; ${RESUME}`,
});

/** The service does not say what became of the job; a retry asks again. */
export const lost = (reason: string, job = '{job}'): Message => ({
	error: `${BLACK_FOREST_LABS} didn't return the result of job ${job}. ${reason}`,
	advice: `Retry this execution to ask for it again; ${RESUME}`,
});

/** The retry heard nothing else. */
export const lostAgain = (reason: string, job?: string): Message => ({
	...lost(reason, job),
	advice: REQUEST_ANEW,
});

export const FAILED: Message = {
	error: 'The service ended the job without an image: Error',
	advice: REQUEST_ANEW,
};

export const moderated = (state: string): Message => ({
	error: `${state}: Moderation Reasons: Safety Filter`,
	advice: NEXT.content,
});

export const deadLink = (reason: string, tried = ''): Message => ({
	error: `Image generated, but the download failed: {files} ${reason}`,
	advice: `${NEXT.link}${tried}`,
});
