import { asApiError } from '../errors';
import type { NamedImage } from '../output/callResult';
import { encode } from '../request/encode';
import type { ValidRequest } from '../request/types';
import type { Decoded } from '../response/types';
import { endpointPath } from '../services/dialect';
import type { JobKeys, Metadata } from '../services/types';
import { isSuccess, type HttpResponse } from '../transport/httpResponse';
import { send } from '../transport/send';
import type { CallDependencies } from './call';
import type { Call } from './calls';
import { fetchJob, readTicket, type Ticket } from './job';
import type { ResponseImages } from './responseImages';

/** A response, and the images that it brought. */
export interface Answered {
	readonly response: HttpResponse;
	readonly decoded: Decoded<NamedImage, Metadata>;
}

/**
 * Sends a request and reads its response. Where the service answers with a ticket, that is kept before
 * its job is asked for.
 *
 * @param accepted called when there is a ticket: from then on, the request is billed
 * @throws ApiError, ExecutionCanceledError
 */
export async function sendRequest(
	call: Call,
	request: ValidRequest,
	images: ResponseImages,
	dependencies: CallDependencies,
	accepted: () => void,
): Promise<Answered> {
	const { access } = call.item;
	const { operation, model, service, settings } = request;
	const path = endpointPath(service, operation, model, access.pathPrefix);
	const { job } = service.endpoints[operation];
	const body = await encode(request);
	const started = performance.now();
	const { timeout } = settings;
	const answer = await send(dependencies.context, { ...body, path, access, timeout })
		.then(async (response) =>
			job && isSuccess(response.status)
				? await readTicket(response, job, service)
				: { response, decoded: await images.readFrom(response) },
		)
		.finally(body.close);
	if ('response' in answer) return answer;
	accepted();
	await dependencies.completed.storeTicket(call, answer);
	const timeLeft = timeout - (performance.now() - started);
	return await fetchResult(call, answer, images, dependencies, { timeout: timeLeft });
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
	{ context, completed }: CallDependencies,
	{ timeout, isResumed = false }: { timeout: number; isResumed?: boolean },
): Promise<Answered> {
	const { access } = call.item;
	const { service, operation } = call.request;
	// Only endpoints with jobs make tickets.
	const keys = service.endpoints[operation].job as JobKeys;
	const outcome = await fetchJob(context, { access, service, keys, ticket, timeout, isResumed });
	if ('pending' in outcome) throw outcome.pending;
	const read = async (): Promise<Answered> => {
		if ('ended' in outcome) throw outcome.ended;
		const { response } = outcome;
		return { response, decoded: await images.readFrom(response) };
	};
	return await read().catch(async (error: unknown) => {
		const failure = asApiError(error);
		await completed.forgetTicket(call);
		throw failure;
	});
}
