import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, ExecutionCanceledError, SsrfBlockedError } from '../errors';
import { endedJobError, REQUEST_ANEW } from '../response/errors/jobError';
import { parseErrorText } from '../response/errors/parseError';
import { isAddress, mayAsk, type ServiceAccess } from '../services/access';
import type { JobKeys, JobState } from '../services/jobKeys';
import { valueAt } from '../services/spelling';
import type { Service } from '../services/types';
import { peekText, readStart } from '../transport/byteStreams';
import { isSuccess, type HttpResponse } from '../transport/httpResponse';
import { pause } from '../transport/pause';
import { poll, type Answer } from '../transport/poll';
import { parseRetryAfter } from '../transport/retryAfter';
import { send } from '../transport/send';
import { asRecord, asText, isRecord, parseJson } from '../values/json';
import { cancelJob } from './cancelJob';
import { MAX_STATUS_BYTES, pick, recordOf, type Ticket } from './ticket';

export interface JobRequest {
	readonly access: ServiceAccess;
	readonly service: Service;
	readonly keys: JobKeys;
	readonly ticket: Ticket;
	/** Milliseconds until the last byte of the result must have arrived. */
	readonly timeout: number;
	/** Whether an earlier attempt of the execution submitted the job. */
	readonly isResumed: boolean;
}

/**
 * The response with the result; or that the job has ended without one, could not be fetched, or was
 * canceled along with the execution.
 */
export type JobOutcome =
	| { readonly response: HttpResponse }
	| { readonly ended: ApiError }
	| { readonly pending: ApiError }
	| { readonly canceled: ExecutionCanceledError };

/**
 * Asks for a job until it has ended.
 *
 * @throws ExecutionCanceledError if the job goes on
 */
export async function fetchJob(
	context: IExecuteFunctions,
	request: JobRequest,
): Promise<JobOutcome> {
	const { keys, ticket, timeout, isResumed } = request;
	const foreign = foreignHost(request);
	if (foreign) return { pending: withJob(foreign, request) };
	const canceled = context.getExecutionCancelSignal();
	const seen: Seen = { state: ticket.state, isNotFound: false };
	const ask = async (left: number): Promise<Answer<HttpResponse>> =>
		await askForStatus(context, request, seen, left).catch((error: unknown) => {
			if (error instanceof SsrfBlockedError) return { kind: 'denied', error };
			throw error;
		});
	const polled = await poll(ask, {
		firstDelay: isResumed ? 0 : keys.pace,
		pace: keys.pace,
		age: Date.now() - ticket.submittedAt,
		timeout,
		now: () => performance.now(),
		pause: async (milliseconds) => await pause(milliseconds, canceled),
	}).catch(async (error: unknown) => {
		const isOver = error instanceof ExecutionCanceledError;
		if (!isOver || !(await cancelJob(context, { ...request, state: seen.state }))) throw error;
		return { kind: 'canceled', error } as const;
	});
	switch (polled.kind) {
		case 'done':
			return { response: polled.result };
		case 'ended':
			return { ended: polled.error };
		case 'canceled':
			return { canceled: polled.error };
		case 'lost':
			return lostJob(request, seen, polled.error);
		case 'denied':
			return { pending: pendingError(request, polled.error, `${polled.error.advice}. Then retry`) };
		default:
			return { pending: pendingError(request, polled.error) };
	}
}

/** What the last answer said. */
interface Seen {
	state: string | undefined;
	/** There is no such job. */
	isNotFound: boolean;
}

/** One question, and the one for the result if that has an address of its own. */
async function askForStatus(
	context: IExecuteFunctions,
	request: JobRequest,
	seen: Seen,
	left: number,
): Promise<Answer<HttpResponse>> {
	const { access, service, keys, ticket } = request;
	const started = performance.now();
	const get = async (path: string) => {
		const timeout = left - (performance.now() - started);
		const response = await send(context, { method: 'GET', path, access, timeout });
		seen.isNotFound = response.status === 404;
		return response;
	};
	const response = await get(ticket.statusUrl);
	const text = await readStart(response.body, MAX_STATUS_BYTES);
	const source = { ...response, service };
	if (!isSuccess(response.status)) return failedAnswer(response.status, text, source);
	const body = parseJson(text);
	const state = asText(valueAt(body, keys.state)) ?? '';
	seen.state = state;
	const kind = kindOf(state, body, keys);
	if (kind === undefined) {
		const header = (name: string) => response.header(name);
		return { kind: 'wait', retryAfter: parseRetryAfter(header, '', Date.now()) };
	}
	if (kind === 'gone') {
		seen.isNotFound = true;
		return { kind: 'unknown', error: endedJobError(text, state, kind, source) };
	}
	if (kind !== 'done') {
		return { kind: 'ended', error: endedJobError(text, state, kind, source, keys.reason) };
	}
	if (ticket.resultUrl === undefined) {
		return { kind: 'done', result: withBody(response, text, request) };
	}
	return await readResult(await get(ticket.resultUrl), request);
}

/** The answer of the address that has only the result. */
async function readResult(
	response: HttpResponse,
	request: JobRequest,
): Promise<Answer<HttpResponse>> {
	const { service, keys } = request;
	const { status } = response;
	const { text, isEnded, whole } = await peekText(response.body, MAX_STATUS_BYTES);
	const source = { ...response, service };
	if (!isSuccess(status)) return failedAnswer(status, text, source, keys.isFailure);
	// Images as data URLs.
	if (!isEnded) return { kind: 'done', result: { ...response, body: whole } };
	// Whoever answered with something else than JSON didn't know the result.
	if (parseJson(text) === undefined) throw parseErrorText(text, source);
	return { kind: 'done', result: withBody(response, text, request) };
}

/** What a state means; undefined = the job is not done yet. */
function kindOf(state: string, body: unknown, { states, refusal }: JobKeys): JobState | undefined {
	const kind = Object.hasOwn(states, state) ? states[state] : undefined;
	const reason = kind === 'failed' && refusal ? asText(valueAt(body, refusal.at)) : undefined;
	return reason && refusal?.matches.test(reason) ? 'refused' : kind;
}

/** The addresses that a service names are not trusted: the key goes to its own hosts alone. */
function foreignHost({ access, service, ticket }: JobRequest): ApiError | undefined {
	const foreign = [ticket.statusUrl, ticket.resultUrl].find(
		(address) => address !== undefined && !mayAsk(access, address),
	);
	if (foreign === undefined) return undefined;
	const host = isAddress(foreign) ? new URL(foreign).host : 'something else';
	return new ApiError(
		`${service.displayName} named ${host} as the host of its job, which isn't its own`,
		"Your API key isn't sent there. Contact your provider, or check 'Base URL' in the credential",
		{},
		{ isFinal: true, mayBeBilled: true },
	);
}

/**
 * What an error response says: whether the job is unknown, over, or to be asked for again.
 *
 * @param isFailure whether it says that the job failed. Absent: every error that is not temporary does
 */
function failedAnswer(
	status: number,
	text: string,
	source: Parameters<typeof parseErrorText>[1],
	isFailure?: JobKeys['isFailure'],
): Answer<HttpResponse> {
	const error = parseErrorText(text, source);
	if (isFailure?.(asRecord(parseJson(text)), status)) {
		return { kind: 'ended', error: error.with({ hint: { isFinal: true } }) };
	}
	if (status === 401 || status === 403) return { kind: 'denied', error };
	if (status === 404) return { kind: 'unknown', error };
	const isTemporary =
		status < 400 || status === 408 || status === 425 || status === 429 || status >= 500;
	// The service is asked again.
	if (isTemporary || isFailure) throw error;
	return { kind: 'unknown', error };
}

/**
 * A job that the service doesn't tell about, although it might have made the image. Unless it says that
 * there is no such job, one retry of the execution asks again, which is free, before another one submits
 * anew.
 */
function lostJob(request: JobRequest, { isNotFound }: Seen, cause: ApiError): JobOutcome {
	const { isResumed, service, ticket } = request;
	if (!isResumed && !isNotFound) return { pending: lostResult(request, cause) };
	const advice = REQUEST_ANEW;
	const message = lostMessage(service, ticket, cause);
	return { ended: new ApiError(message, advice, cause.details, LOST) };
}

/** The service says that a job is done, but doesn't return its image. A retry asks once more. */
export function lostResult(
	request: Pick<JobRequest, 'service' | 'ticket'>,
	cause: ApiError,
): ApiError {
	const { service, ticket } = request;
	const message = lostMessage(service, ticket, cause);
	const advice = `Retry this execution to ask for it again; ${NO_NEW_IMAGE}`;
	return withJob(new ApiError(message, advice, cause.details, LOST), request);
}

const LOST = { isFinal: true, mayBeBilled: true } as const;

function lostMessage({ displayName }: Service, { id }: Ticket, { message }: ApiError): string {
	return `${displayName} didn't return the result of job ${id}. ${message}`;
}

/**
 * The result is still to come, or could not be fetched.
 *
 * @param retry the start of the advice
 */
function pendingError(request: JobRequest, cause: ApiError | undefined, retry = 'Retry'): ApiError {
	const reason = cause ? `. ${cause.message}` : '';
	const error = new ApiError(
		`Still being generated at ${request.service.displayName} (job ${request.ticket.id})${reason}`,
		`${retry} this execution to fetch it; ${NO_NEW_IMAGE}`,
		cause?.details,
		{ isFinal: true, mayBeBilled: true },
	);
	return withJob(error, request);
}

const NO_NEW_IMAGE =
	"no new image is requested. If the execution goes on, pass 'details.job' of this item to 'Resume Job' in Options";

/** An error item with the record tells _Resume Job_ what to fetch. */
export function withJob(
	error: ApiError,
	{ service, ticket }: Pick<JobRequest, 'service' | 'ticket'>,
): ApiError {
	return error.with({ details: { ...error.details, job: recordOf(ticket, service) } });
}

/**
 * A result that has been read as a whole, so that a connection that breaks is no reason to give the job
 * up, and with what the ticket said of its cost.
 */
function withBody(
	response: HttpResponse,
	text: string,
	{ service, keys, ticket }: JobRequest,
): HttpResponse {
	const body = parseJson(text);
	const { usage: key } = service.results.metadata;
	const usage = { ...ticket.usage, ...pick(asRecord(body), keys.usage) };
	const isTold = isRecord(body) && Object.keys(usage).length > 0;
	const whole = isTold ? JSON.stringify({ [key]: usage, ...body }) : text;
	async function* bytes(): AsyncGenerator<Buffer> {
		yield Buffer.from(whole);
	}
	return { ...response, body: bytes() };
}
