import type { Fault } from '../../../demo/image-service/faults';

/** Long enough for a busy machine to make a job, and for some questions. */
export const SHORT = { options: { timeout: 2 }, takesItsTime: true } as const;

/**
 * The questions of a try with that timeout: after half a second, one, and one and three quarters. A busy
 * machine leaves some of them to the next try.
 */
export const QUESTIONS = 3;

/** Every question of the first try, or of all tries. */
export const ofTheFirstTry = { operation: 'poll', times: QUESTIONS } satisfies Fault;
export const ofEveryTry = { operation: 'poll', times: 1000 } satisfies Fault;

export const STILL_RUNNING = { body: { id: 'x', status: 'Pending', result: null } } satisfies Fault;
