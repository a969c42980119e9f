import type { IExecuteFunctions } from 'n8n-workflow';
import { asApiError } from '../errors';
import { mayAsk, type ServiceAccess } from '../services/access';
import type { JobKeys } from '../services/jobKeys';
import { withCancelSignal } from '../transport/deadline';
import { discard } from '../transport/fetchFile';
import { isSuccess } from '../transport/httpResponse';
import { send } from '../transport/send';
import type { Ticket } from './ticket';

interface Cancellation {
	readonly access: ServiceAccess;
	readonly keys: JobKeys;
	readonly ticket: Ticket;
	/** The last state that the service told. */
	readonly state: string | undefined;
}

/** The job had begun, and might still end with an image (https://www.rfc-editor.org/rfc/rfc9110#status.202). */
const ACCEPTED = 202;

/** Milliseconds for the request. n8n has ended the execution already. */
const CANCEL_TIMEOUT_MS = 10_000;

/**
 * Cancels a job of an execution that was stopped, if it costs nothing yet. What is being generated
 * is billed anyway, so that its ticket is better kept.
 *
 * @returns whether the service canceled it
 */
export async function cancelJob(
	context: IExecuteFunctions,
	{ access, keys, ticket: { cancelUrl }, state }: Cancellation,
): Promise<boolean> {
	const { cancel } = keys;
	if (!cancel || cancelUrl === undefined || state === undefined) return false;
	if (!cancel.states.includes(state) || !mayAsk(access, cancelUrl)) return false;
	// The signal of the execution has been raised, and would end this request, too.
	const own = withCancelSignal(context, AbortSignal.timeout(CANCEL_TIMEOUT_MS));
	const request = { method: cancel.method, path: cancelUrl, access, timeout: CANCEL_TIMEOUT_MS };
	return await send(own, request).then(
		async (response) => {
			await discard(response);
			return isSuccess(response.status) && response.status !== ACCEPTED;
		},
		(error: unknown) => {
			asApiError(error);
			return false;
		},
	);
}
