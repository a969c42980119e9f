import { NEXT } from '../faults/outcomes';
import type { Message } from './stage';

export const SERVICE = 'Black Forest Labs';

const RESUME =
	"no new image is requested. If the execution goes on, pass 'details.job' of this item to 'Resume Job' in Options";

const FETCH = `Retry this execution to fetch it; ${RESUME}`;

const BILLED = 'or contact your provider. The image might have been billed';

export const NO_TICKET = `Run the node again to request a new image, ${BILLED}`;

const REQUEST_ANEW = `Run the node again to request a new image, without 'Resume Job' if it is set, ${BILLED}`;

/** The result is still to come. */
export const STILL: Message = {
	error: `Still being generated at ${SERVICE} (job {job})`,
	advice: FETCH,
};

export const stillBecause = (reason: string): Message => ({
	error: `${STILL.error}. ${reason}`,
	advice: FETCH,
});

/** This key may not ask. */
export const denied = (status: 401 | 403): Message => ({
	error: `${STILL.error}. Failed with status ${status}.`,
	advice: `${status === 401 ? NEXT.key : NEXT.rights}. Then retry this execution to fetch it; ${RESUME}`,
});

/** The service does not say what became of the job; a retry asks again. */
export const lost = (reason: string, job = '{job}'): Message => ({
	error: `${SERVICE} didn't return the result of job ${job}. ${reason}`,
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
