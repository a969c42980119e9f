import { NEXT } from '../faults/outcomes';
import type { Message } from './stage';

export const SERVICE = 'Black Forest Labs';

const RESUME =
	"no new image is requested. If the execution goes on, pass 'details.job' of this item to 'Resume Job' in Options";

const FETCH = `Retry this execution to fetch it; ${RESUME}`;

export const RUN_AGAIN =
	"Run the node again without 'Resume Job', which requests a new image, or contact your provider. The image might have been billed";

/** The result is still to come. */
export const STILL: Message = {
	error: `Still being generated at ${SERVICE} (job {job})`,
	advice: FETCH,
};

export const stillBecause = (reason: string): Message => ({
	error: `${STILL.error}. ${reason}`,
	advice: FETCH,
});

/** The service does not say what became of the job; a retry asks again. */
export const lost = (reason: string): Message => ({
	error: `${SERVICE} didn't return the result of job {job}. ${reason}`,
	advice: `Retry this execution to ask for it again; ${RESUME}`,
});

/** The retry heard nothing else. */
export const lostAgain = (reason: string): Message => ({ ...lost(reason), advice: RUN_AGAIN });

export const FAILED: Message = {
	error: 'The service ended the job without an image: Error',
	advice: RUN_AGAIN,
};

export const moderated = (state: string): Message => ({
	error: `${state}: Moderation Reasons: Safety Filter`,
	advice: NEXT.content,
});

export const deadLink = (reason: string, tried = ''): Message => ({
	error: `Image generated, but the download failed: {files} ${reason}`,
	advice: `${NEXT.link}${tried}`,
});
