import type { IExecuteFunctions } from 'n8n-workflow';
import { asApiError } from '../errors';
import type { CallResult } from '../output/callResult';
import { encode } from '../request/encode';
import { requestedImages } from '../request/split';
import type { Slot } from '../transport/rateLimiter';
import { withLateCancelSignal } from '../transport/deadline';
import { throwIfCanceled } from '../transport/pause';
import { Retries } from '../transport/retry';
import { send } from '../transport/send';
import { fetchResult, readAnswer, withFreshLinks, type Answered } from './answer';
import { pathOf, type Call } from './calls';
import { downloadError, missingImage, toResult, withDownloads } from './collectResult';
import type { CompletedCalls } from './completedCalls';
import { downloadAll } from './downloads';
import type { Reservation } from './costLimit';
import { withJob } from './job';
import { recordOf, type Ticket } from './ticket';
import { ResponseImages } from './responseImages';
import { Uploads } from './uploads';
import { withoutUnknownParameters, withParameterAdvice } from './withoutUnknownParameters';

export interface CallDependencies {
	readonly context: IExecuteFunctions;
	readonly completed: CompletedCalls;
}

/** What a call got before its start. */
export interface Admission {
	/** Acquired and finally released by the caller. */
	readonly slot: Slot;
	/**
	 * The result of the same call in an earlier attempt of the execution; its images are generated,
	 * and only downloads are left.
	 */
	readonly saved: CallResult | undefined;
	/** That of a job which an earlier attempt of the execution submitted, and which has `saved`. */
	readonly ticket: Ticket | undefined;
	/** Of its cost. Absent without a cap, and if nothing is left to be generated. */
	readonly reservation: Reservation | undefined;
}

/**
 * Runs one call, from its first request to its result.
 *
 * Larger input files are uploaded first, where the service wants that. The request is sent until a
 * response brings images: again only if the failed attempt cannot have been billed, and without parameters that the API does not know. The images are stored while the
 * response arrives. Then those that it only links to are downloaded.
 *
 * @throws ApiError, ExecutionCanceledError, RequestNotSentError
 */
export async function runCall(
	call: Call,
	{ slot, saved, ticket, reservation }: Admission,
	dependencies: CallDependencies,
): Promise<CallResult> {
	const { context, completed } = dependencies;
	const { access } = call.item;
	const { operation, model, settings } = call.request;
	const { timeout, maxRetryWait: maxWait, retryServerErrors: serverErrors } = settings;
	const path = pathOf(call);
	const isJob = call.request.service.endpoints[operation].job !== undefined;
	const retries = new Retries({ maxWait, serverErrors }, Math.random);
	const uploads = new Uploads(context, access, timeout);
	const stats = new CallStats(saved);
	const warnings: string[] = [];
	let { request } = call;
	let job = ticket;
	let result = saved;
	try {
		let isFresh = true;
		if (result && ticket) {
			({ result, isFresh } = await withFreshLinks(call, result, ticket, context));
		}
		while (!result) {
			const images = new ResponseImages(context, call, request);
			try {
				const started = performance.now();
				let answer: Answered | Ticket | undefined = ticket;
				if (!answer) {
					const sent = await uploads.applyTo(request);
					const body = await encode(sent);
					stats.attempts++;
					const late = isJob ? withLateCancelSignal(context, TICKET_TIMEOUT_MS) : undefined;
					answer = await send(late?.context ?? context, { ...body, path, access, timeout })
						.then(async (response) => await readAnswer(response, sent, images))
						.finally(() => {
							body.close();
							late?.release();
						});
				}
				slot.succeeded();
				if ('statusUrl' in answer) {
					job = answer;
					await completed.storeTicket(call, answer);
					if (answer !== ticket) logJob(context, answer, call);
					const left = timeout - (performance.now() - started);
					const options = { timeout: left, isResumed: answer === ticket };
					answer = await fetchResult(call, answer, images, dependencies, options);
				}
				const { response, decoded } = answer;
				const attempt = { request, response, decoded, warnings };
				result = { ...toResult(call, attempt), ...stats.total };
				reservation?.billed(result, request);
			} catch (error) {
				// Whatever became of a request whose ticket was awaited.
				throwIfCanceled(context.getExecutionCancelSignal());
				const failure = withParameterAdvice(request, asApiError(error));
				slot.failed(failure);
				const reduced = images.hasBegun ? null : withoutUnknownParameters(request, failure);
				if (reduced) {
					request = reduced.request;
					warnings.push(reduced.warning);
					await slot.renew(requestedImages(request));
				} else {
					const delay = retries.nextDelay(failure);
					reservation?.retry(failure);
					const isNamedByApi = failure.hint.retryAfter !== undefined;
					await slot.renew(requestedImages(request), delay, isNamedByApi);
				}
			}
		}
		// In case the execution ends during the downloads.
		if (result.links.length > 0) await completed.store(call, { ...result, ...stats.total }, job);
		const isExecutionRetry = saved !== undefined && isFresh;
		const { images, failed } = await downloadAll(context, call, result, isExecutionRetry);
		result = { ...withDownloads(result, images, failed), ...stats.total };
		const pending = failed.filter(({ isDiscarded }) => !isDiscarded);
		const discarded = isExecutionRetry ? failed.length - pending.length : 0;
		await completed.store(call, result, job, discarded);
		if (result.images.length === 0 && failed[0]) {
			const error = downloadError(failed[0], result);
			throw job && !failed[0].isDiscarded
				? withJob(error, { service: call.request.service, ticket: job })
				: error;
		}
		return { ...result, missing: [...result.missing, ...pending.map(missingImage)] };
	} catch (error) {
		reservation?.failed(error);
		const failure = asApiError(error);
		const details = { ...failure.details, model, operation, ...stats.total };
		throw failure.with({ details, hint: {} });
	}
}

/**
 * Milliseconds in which a ticket can arrive after the execution was stopped. Without it, nobody could
 * cancel or fetch the job.
 */
const TICKET_TIMEOUT_MS = 10_000;

/**
 * If n8n itself is killed, it keeps nothing of a node that was running. Then the log is the only place
 * that knows the job.
 */
function logJob({ logger }: IExecuteFunctions, ticket: Ticket, { item, request }: Call): void {
	const { service } = request;
	const record = item.access.redactor.redact(JSON.stringify(recordOf(ticket, service)));
	logger.info(`AI Images submitted a job of ${service.displayName}, for 'Resume Job': ${record}`);
}

/** Attempts and duration of a call, those before a retry of the execution included. */
class CallStats {
	attempts: number;
	private readonly durationBefore: number;
	private readonly started = performance.now();

	constructor(saved?: CallResult) {
		this.attempts = saved?.attempts ?? 0;
		this.durationBefore = saved?.durationMs ?? 0;
	}

	get total(): Pick<CallResult, 'attempts' | 'durationMs'> {
		const elapsed = Math.round(performance.now() - this.started);
		return { attempts: this.attempts, durationMs: this.durationBefore + elapsed };
	}
}
