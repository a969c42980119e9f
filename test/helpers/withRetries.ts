import { ApiError, asApiError } from '../../nodes/AiImages/errors';
import { Retries, type RetryPolicy } from '../../nodes/AiImages/transport/retry';

interface Timers {
	pause(milliseconds: number, error: ApiError): Promise<void>;
	random(): number;
}

/** Makes attempts as a call does: until one succeeds, or the policy allows no other. */
export async function withRetries<Result>(
	attempt: (number: number) => Promise<Result>,
	policy: RetryPolicy,
	{ pause, random }: Timers,
): Promise<Result> {
	const retries = new Retries(policy, random);
	for (let number = 1; ; number++) {
		const outcome = await attempt(number).catch(asApiError);
		if (!(outcome instanceof ApiError)) return outcome;
		await pause(retries.nextDelay(outcome), outcome);
	}
}
