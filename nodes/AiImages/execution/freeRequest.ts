import { asApiError, type ApiError } from '../errors';
import { isSuccess, type HttpResponse } from '../transport/httpResponse';
import { readErrorResponse } from '../response/errors/parseError';
import type { Service } from '../services/types';
import { readStart } from '../transport/byteStreams';
import { parseJson } from '../values/json';

/**
 * The JSON that answers a request which costs nothing and comes before the one for an image.
 *
 * @throws ApiError that says that nothing was billed, ExecutionCanceledError
 */
export async function readFree(
	sent: Promise<HttpResponse>,
	service: Service,
	maxBytes: number,
): Promise<unknown> {
	try {
		const response = await sent;
		if (isSuccess(response.status)) return parseJson(await readStart(response.body, maxBytes));
		throw await readErrorResponse({ ...response, service });
	} catch (error) {
		throw asFree(asApiError(error));
	}
}

function asFree(error: ApiError): ApiError {
	const { status = 500 } = error.details;
	const { mayBeBilled: _, ...hint } = error.hint;
	const advice = status >= 500 && !hint.beforeConnection ? NOTHING_BILLED : error.advice;
	return error.with({ advice, hint: { ...hint, isFree: true } });
}

const NOTHING_BILLED =
	'No image was requested, so nothing was billed. Run the node again later, or contact your provider';
