import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, SsrfBlockedError } from '../errors';
import { endedJobError, noTicketError } from '../response/errors/jobError';
import { readErrorResponse } from '../response/errors/parseError';
import { mayReach, type ServiceAccess } from '../services/access';
import { valueAt } from '../services/spelling';
import type { JobKeys, Service } from '../services/types';
import { readStart } from '../transport/byteStreams';
import { isSuccess, type HttpResponse } from '../transport/httpResponse';
import { pause } from '../transport/pause';
import { poll, type Answer } from '../transport/poll';
import { parseRetryAfter } from '../transport/retryAfter';
import { send } from '../transport/send';
import { asRecord, asText, isRecord, parseJson, type JsonRecord } from '../values/json';

/** What is needed to ask for a job. Plain data: n8n keeps it for a retry of the execution. */
export interface Ticket {
	readonly id: string;
	readonly statusUrl: string;
	/** What the job costs, as the service says it. */
	readonly usage?: JsonRecord | undefined;
	/** Milliseconds since 1970. */
	readonly submittedAt: number;
}

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

/** The response with the result; or that the job has ended without one, or could not be fetched. */
export type JobOutcome =
	| { readonly response: HttpResponse }
	| { readonly ended: ApiError }
	| { readonly pending: ApiError };

/** Bytes of a status. It has links to images at most. */
const MAX_STATUS_BYTES = 1_000_000;

/** @throws ApiError if the response has no ticket, although the service might have started a job */
export async function readTicket(
	response: HttpResponse,
	{ id, statusUrl, usage }: JobKeys,
	service: Service,
): Promise<Ticket> {
	const text = await readStart(response.body, MAX_STATUS_BYTES);
	const body = parseJson(text);
	const [jobId, address] = [id, statusUrl].map((path) => asText(valueAt(body, path)));
	if (!jobId || !address) throw noTicketError(text, { ...response, service });
	return {
		id: jobId,
		statusUrl: address,
		usage: pick(asRecord(body), usage),
		submittedAt: Date.now(),
	};
}

/**
 * Asks for a job until it has ended.
 *
 * @throws ExecutionCanceledError
 */
export async function fetchJob(
	context: IExecuteFunctions,
	request: JobRequest,
): Promise<JobOutcome> {
	const { keys, ticket, timeout, isResumed } = request;
	const foreign = foreignHost(request);
	if (foreign) return { pending: withJob(foreign, request) };
	const canceled = context.getExecutionCancelSignal();
	const ask = async (left: number): Promise<Answer<HttpResponse>> =>
		await answer(left).catch((error: unknown) => {
			if (error instanceof SsrfBlockedError) return { kind: 'denied', error };
			throw error;
		});
	const answer = async (left: number): Promise<Answer<HttpResponse>> => {
		const response = await send(context, {
			method: 'GET',
			path: ticket.statusUrl,
			access: request.access,
			timeout: left,
		});
		if (!isSuccess(response.status)) return await refusedAnswer(response, request);
		const text = await readStart(response.body, MAX_STATUS_BYTES);
		const state = asText(valueAt(parseJson(text), keys.state)) ?? '';
		const kind = Object.hasOwn(keys.states, state) ? keys.states[state] : undefined;
		const source = { ...response, service: request.service };
		if (kind === undefined) {
			const header = (name: string) => response.header(name);
			return { kind: 'wait', retryAfter: parseRetryAfter(header, '', Date.now()) };
		}
		if (kind === 'gone') {
			return { kind: 'unknown', error: endedJobError(text, state, kind, source) };
		}
		if (kind !== 'done') return { kind: 'ended', error: endedJobError(text, state, kind, source) };
		return { kind: 'done', result: withBody(response, text, request) };
	};
	const polled = await poll(ask, {
		firstDelay: isResumed ? 0 : keys.pace,
		pace: keys.pace,
		age: Date.now() - ticket.submittedAt,
		timeout,
		now: () => performance.now(),
		pause: async (milliseconds) => await pause(milliseconds, canceled),
	});
	if (polled.kind === 'done') return { response: polled.result };
	if (polled.kind === 'ended') return { ended: polled.error };
	return { pending: pendingError(request, polled.error) };
}

/** The address that a service names is not trusted: the key goes to its own hosts alone. */
function foreignHost({ access, service, ticket }: JobRequest): ApiError | undefined {
	const { statusUrl } = ticket;
	const url = URL.canParse(statusUrl) ? new URL(statusUrl) : undefined;
	if (url && mayReach(access, url)) return undefined;
	const host = url?.host || 'something else';
	return new ApiError(
		`${service.displayName} named ${host} as the host of its job, which isn't its own`,
		"Your API key isn't sent there. Contact your provider, or check 'Base URL' in the credential",
		{},
		{ isFinal: true, mayBeBilled: true },
	);
}

/** What a status says that is no success: whether the job is unknown, over, or to be asked for again. */
async function refusedAnswer(
	response: HttpResponse,
	{ service }: JobRequest,
): Promise<Answer<HttpResponse>> {
	const error = await readErrorResponse({ ...response, service });
	const { status } = response;
	if (status === 401 || status === 403) return { kind: 'denied', error };
	if (status === 404) return { kind: 'unknown', error };
	// Temporary: the service is asked again.
	if (status < 400 || status === 408 || status === 425 || status === 429 || status >= 500)
		throw error;
	return { kind: 'ended', error: error.with({ hint: { isFinal: true } }) };
}

/** The result is still to come, or could not be fetched. */
function pendingError(request: JobRequest, cause: ApiError | undefined): ApiError {
	const reason = cause ? `. ${cause.message}` : '';
	const error = new ApiError(
		`Still being generated at ${request.service.displayName} (job ${request.ticket.id})${reason}`,
		'Retry this execution to fetch it; no new image is requested',
		cause?.details,
		{ isFinal: true, mayBeBilled: true },
	);
	return withJob(error, request);
}

function withJob(error: ApiError, { service, ticket }: JobRequest): ApiError {
	const { id, statusUrl: url } = ticket;
	return error.with({
		details: { ...error.details, job: { service: service.displayName, id, url } },
	});
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

/** Fields that are not null. */
function pick(record: JsonRecord, keys: readonly string[] = []): JsonRecord {
	const known = keys.filter((key) => (record[key] ?? null) !== null);
	return Object.fromEntries(known.map((key) => [key, record[key]]));
}
