import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { imagesAskedFor } from '../request/split';
import { withoutUnsupported } from '../request/unsupported';
import type { ValidRequest } from '../request/validate';
import { failureOf } from '../response/failure';
import { withRetries } from '../transport/retry';
import { send, type Answer } from '../transport/send';
import type { Turn } from '../transport/turn';
import { OPERATIONS } from './index';

/** A request that a server has begun to answer with success, so that it is never repeated. */
export interface Order {
	/** What was sent in the end. */
	readonly request: ValidRequest;
	readonly answer: Answer;
	readonly warnings: readonly string[];
}

/**
 * Sends a request until the server takes it: again after refusals that cannot have been billed,
 * and without parameters that the server does not know.
 *
 * @param turn begins before each request; after a success it goes on until the caller ends it
 * @param counted called before each request
 * @throws CallFailure, ExecutionCanceled, NeverSent
 */
export async function placeOrder(
	context: IExecuteFunctions,
	wanted: ValidRequest,
	credentials: ICredentialDataDecryptedObject,
	turn: Turn,
	counted: () => void,
): Promise<Order> {
	const { path, encode } = OPERATIONS[wanted.operation];
	const { timeout, maxRetryWait, retryServerErrors } = wanted.settings;
	const warnings: string[] = [];
	let request = wanted;

	const attempt = async (): Promise<Answer> => {
		await turn.begin(imagesAskedFor(request));
		const encoded = await encode(request);
		counted();
		const answer = await send(context, { ...encoded, path, credentials, timeout });
		if (answer.status >= 200 && answer.status <= 299) return answer;
		const failure = await failureOf(answer);
		turn.failed(failure);
		const reduced = withoutUnsupported(request, failure);
		if (!reduced) throw failure;
		request = reduced.request;
		warnings.push(reduced.warning);
		turn.end();
		return await attempt();
	};
	const answer = await withRetries(
		attempt,
		{ maxWait: maxRetryWait, serverErrors: retryServerErrors },
		{
			random: () => Math.random(),
			pause: async (wait, failure) => await turn.pause(wait, failure),
		},
	);
	turn.succeeded();
	return { request, answer, warnings };
}
