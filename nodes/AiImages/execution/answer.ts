import type { IExecuteFunctions } from 'n8n-workflow';
import { asApiError } from '../errors';
import type { CallResult, NamedImage } from '../output/callResult';
import type { ValidRequest } from '../request/types';
import type { Decoded } from '../response/types';
import type { JobKeys } from '../services/jobKeys';
import type { Metadata } from '../services/types';
import { readArrived } from '../transport/byteStreams';
import { isSuccess, type HttpResponse } from '../transport/httpResponse';
import type { Call } from './calls';
import type { CompletedCalls } from './completedCalls';
import { fetchJob, lostResult } from './job';
import { ResponseImages } from './responseImages';
import { MAX_STATUS_BYTES, readTicket, type Ticket } from './ticket';

/** A response, and the images that it brought. */
export interface Answered {
	readonly response: HttpResponse;
	readonly decoded: Decoded<NamedImage, Metadata>;
}

/**
 * Reads the response to a request: the images that it brings, or the ticket of a job.
 *
 * @throws ApiError, ExecutionCanceledError
 */
export async function readAnswer(
	response: HttpResponse,
	{ service, operation }: ValidRequest,
	images: ResponseImages,
): Promise<Answered | Ticket> {
	const { job } = service.endpoints[operation];
	if (job && isSuccess(response.status)) {
		const arrived = await readArrived(response.body, MAX_STATUS_BYTES);
		const { text } = arrived;
		try {
			return readTicket(text, response, job, service);
		} catch (error) {
			if ('error' in arrived) throw arrived.error;
			// Some services have a host that waits for the result. What it generated is billed, too.
			const whole = { ...response, body: bytesOf(text) };
			const decoded = await images.readFrom(whole).catch(() => Promise.reject(error));
			return { response, decoded };
		}
	}
	return { response, decoded: await images.readFrom(response) };
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
	yield Buffer.from(text);
}

/**
 * Asks for the job of a ticket and reads its result.
 *
 * @throws ApiError, ExecutionCanceledError
 */
export async function fetchResult(
	call: Call,
	ticket: Ticket,
	images: ResponseImages,
	{
		context,
		completed,
	}: { readonly context: IExecuteFunctions; readonly completed: CompletedCalls },
	{ timeout, isResumed }: { readonly timeout: number; readonly isResumed: boolean },
): Promise<Answered> {
	const { access } = call.item;
	const { service, operation } = call.request;
	// Only endpoints with jobs make tickets.
	const keys = service.endpoints[operation].job as JobKeys;
	const outcome = await fetchJob(context, { access, service, keys, ticket, timeout, isResumed });
	if ('pending' in outcome) throw outcome.pending;
	if ('canceled' in outcome) {
		await completed.forgetTicket(call);
		throw outcome.canceled;
	}
	const read = async (): Promise<Answered> => {
		if ('ended' in outcome) throw outcome.ended;
		const { response } = outcome;
		return { response, decoded: await images.readFrom(response) };
	};
	return await read().catch(async (error: unknown) => {
		const failure = asApiError(error);
		const { isUnexplained, mayBeBilled } = failure.hint;
		const isAnswered = 'ended' in outcome || !(isUnexplained || mayBeBilled);
		if (!isAnswered && !isResumed) throw lostResult({ service, ticket }, failure);
		await completed.forgetTicket(call);
		throw failure;
	});
}

/**
 * A result of an earlier attempt with the links that its job names now, since links expire. If the
 * service no longer tells, those that are known might still lead to the images.
 *
 * @returns it, and whether the service has told; if not, it can still do so
 * @throws ExecutionCanceledError
 */
export async function withFreshLinks(
	call: Call,
	result: CallResult,
	ticket: Ticket,
	context: IExecuteFunctions,
): Promise<{ readonly result: CallResult; readonly isFresh: boolean }> {
	const { item, request } = call;
	const { service, operation } = request;
	const outcome = await fetchJob(context, {
		access: item.access,
		service,
		keys: service.endpoints[operation].job as JobKeys,
		ticket,
		timeout: FRESH_LINKS_TIMEOUT_MS,
		isResumed: true,
	});
	if (!('response' in outcome)) return { result, isFresh: !('pending' in outcome) };
	const images = new ResponseImages(context, call, request);
	const { entries } = await images.readFrom(outcome.response).catch(() => ({ entries: [] }));
	const links = result.links.map((linked) => ({
		...linked,
		link: entries[linked.index]?.link ?? linked.link,
	}));
	return { result: { ...result, links }, isFresh: true };
}

const FRESH_LINKS_TIMEOUT_MS = 10_000;
