import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import { ApiError } from '../apiError.ts';
import { largestBody, parseBody, readBytes } from '../body.ts';
import { deliver, resetConnection, waitForHangUp } from '../deliver.ts';
import { faultHeaders, faultResponse } from '../faultResponse.ts';
import type { Fault } from '../faults.ts';
import { newRequestId } from '../headers.ts';
import type { Job } from '../jobs.ts';
import type { RecordedRequest } from '../recorder.ts';
import type { Service } from '../service.ts';
import { painterFor } from './painter.ts';
import { Refusal } from './profile.ts';
import type { JobWork, Profile, ProfileCall, ProfileRoute } from './profile.ts';

/** Serves one request below the path of a profile, from its arrival to its record. */
export async function serveProfile(
	profile: Profile,
	service: Service,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const isRecorded = request.method === 'POST';
	const entry = service.recorder.begin(newRequestId(), request);
	const client = new AbortController();
	response.once('close', () => client.abort(new Error('The client is gone.')));
	const exchange = { profile, service, request, entry, signal: client.signal };
	const state: State = { fault: undefined, isJob: false };
	try {
		const apiResponse = await respond(exchange, state);
		const { fault } = state;
		if (fault?.reset === 'before-headers') return resetConnection(response);
		const headers = {
			...profile.headers?.(),
			...apiResponse.headers,
			...(fault ? faultHeaders(fault) : {}),
		};
		entry.status = apiResponse.status;
		const whole = await deliver(response, { ...apiResponse, headers }, fault, client.signal);
		if (whole) entry.images = apiResponse.images;
	} catch {
		entry.aborted = client.signal.aborted;
		response.destroy();
	} finally {
		request.resume();
		service.recorder.end(entry);
		if (!isRecorded) service.recorder.forget(entry);
	}
}

interface Exchange {
	readonly profile: Profile;
	readonly service: Service;
	readonly request: IncomingMessage;
	readonly entry: RecordedRequest;
	readonly signal: AbortSignal;
}

/** The fault that the request met, and whether it became a job. */
interface State {
	fault: Fault | undefined;
	isJob: boolean;
}

/** Thrown where a fault responds instead of the service. */
class Disturbed extends Error {}

async function respond(exchange: Exchange, state: State): Promise<ApiResponse> {
	const { profile, signal } = exchange;
	try {
		return await callRoute(exchange, state);
	} catch (error) {
		signal.throwIfAborted();
		const { fault } = state;
		if (error instanceof Disturbed && fault) {
			const bare = fault.status !== undefined && fault.body === undefined;
			const { status, body } = profile.failure(fault.status ?? 500);
			return bare ? jsonResponse(status, body) : (faultResponse(fault) as ApiResponse);
		}
		const refusal = error instanceof Refusal ? error : failureOf(error, profile);
		const { headers, ...shown } = jsonResponse(refusal.status, refusal.body);
		return { ...shown, headers: { ...headers, ...refusal.headers } };
	}
}

function failureOf(error: unknown, profile: Profile): Refusal {
	const { status, body } = profile.failure(error instanceof ApiError ? error.status : 500);
	// Nobody should have to guess what broke in this service itself.
	return error instanceof ApiError
		? new Refusal(status, body)
		: new Refusal(500, { ...(body as object), cause: String(error) });
}

async function callRoute(exchange: Exchange, state: State): Promise<ApiResponse> {
	const { profile, service, request, signal } = exchange;
	const method = request.method ?? 'GET';
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	const path = pathname.slice(profile.name.length + 1);
	const key = profile.keyOf(request.headers);
	const route = profile.routes.find((each) => each.method === method && each.pattern.test(path));
	if (service.apiKey !== undefined && key !== service.apiKey && !route?.needsNoKey) {
		throw profile.unauthorized(key !== undefined, path);
	}
	if (!route) throw profile.notFound(method, path);
	const host = hostOf(exchange);
	return await route.respond({
		submit: async (work) => await submit(exchange, state, work),
		poll: async (id) => await poll(exchange, state, id),
		cancel: (job) => service.jobs.cancel(job),
		url: (rest) => `http://${host}/${profile.name}${rest}`,
		headers: request.headers,
		query: searchParams,
		captured: route.pattern.exec(path)?.slice(1) ?? [],
		...(await receive(exchange, route)),
		painter: painterFor(service.byteMode, publisher(exchange), drawingSignal(exchange, state)),
		accept: async (work) => await accept(exchange, state, work),
		signal,
	});
}

/** Aborted when the client hangs up, but for a job: that goes on without the client. */
function drawingSignal({ signal }: Exchange, state: State): AbortSignal {
	const drawing = new AbortController();
	signal.addEventListener('abort', () => {
		if (!state.isJob) drawing.abort(signal.reason);
	});
	return drawing.signal;
}

async function receive(
	{ profile, service, request, entry }: Exchange,
	{ method, accepts = [] }: ProfileRoute,
): Promise<Pick<ProfileCall, 'body' | 'bytes'>> {
	const none = { body: { kind: 'json', fields: {} }, bytes: Buffer.alloc(0) } as const;
	if (method === 'GET') return none;
	const bytes = await readBytes(request, largestBody.edit);
	if (accepts.length === 0) return none;
	if (accepts.includes('bytes')) return { ...none, bytes };
	const type = request.headers['content-type'] ?? '';
	const isForm = /^multipart\/form-data\b/i.test(type);
	if (!accepts.includes(isForm ? 'multipart' : 'json')) throw profile.failure(415);
	const body = parseBody(bytes, type, isForm);
	service.recorder.addBody(entry, body, bytes.length);
	return { ...none, body };
}

async function submit(exchange: Exchange, state: State, work: JobWork): Promise<Job> {
	const { service, profile, entry } = exchange;
	const { operation, prompt, images } = work;
	await accept(exchange, state, { operation, prompt, images: 0 });
	state.isJob = true;
	const begin = () => void (entry.billedImages = images);
	return service.jobs.submit({ profile: profile.name, prompt, work: work.draw, begin });
}

async function poll(exchange: Exchange, state: State, id: string): Promise<Job | undefined> {
	const { service, profile } = exchange;
	const job = service.jobs.find(profile.name, id);
	if (!job) return undefined;
	job.polls++;
	await meetFault(exchange, state, service.faults.take('poll', job.prompt));
	return job;
}

/** Meets the fault that waits for such a request; without one, the images are billed. */
async function accept(
	exchange: Exchange,
	state: State,
	{ operation, prompt, images }: Parameters<ProfileCall['accept']>[0],
): Promise<void> {
	const { service, entry } = exchange;
	const fault = service.faults.take(operation, prompt);
	if (fault?.billed ?? !replaces(fault)) entry.billedImages = images;
	await meetFault(exchange, state, fault);
}

async function meetFault(
	{ signal }: Exchange,
	state: State,
	fault: Fault | undefined,
): Promise<void> {
	state.fault = fault;
	if (fault?.delayMs) await sleep(fault.delayMs, undefined, { signal });
	if (fault?.hang) await waitForHangUp(signal);
	if (replaces(fault)) throw new Disturbed();
}

/** Whether the fault responds instead of the service. */
function replaces(fault: Fault | undefined): boolean {
	return fault?.status !== undefined || fault?.body !== undefined;
}

/** Files are on the host under which the client reached this service, but on another port. */
function publisher(exchange: Exchange) {
	const { hostname } = new URL(`http://${hostOf(exchange)}`);
	const { files, filesPort } = exchange.service;
	return (bytes: Buffer, format: string) => {
		const id = files.add(bytes, format, `image/${format}`);
		return `http://${hostname}:${filesPort}/files/${id}`;
	};
}

function hostOf({ request }: Exchange): string {
	return request.headers.host ?? `127.0.0.1:${request.socket.localPort}`;
}
