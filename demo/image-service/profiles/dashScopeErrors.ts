import { randomUUID } from 'node:crypto';
import { Refusal } from './profile.ts';

/** Codes and messages. */
export const ERRORS = 'https://help.aliyun.com/zh/model-studio/error-code';

export function refusal(status: number, code: string, message: string): Refusal {
	return new Refusal(status, { code, message, request_id: randomUUID() });
}

export function invalid(message: string): Refusal {
	return refusal(400, 'InvalidParameter', message);
}

/** The shape of the paths that are compatible with OpenAI. */
export function compatible(status: number, code: string, message: string): Refusal {
	const error = { message, type: 'invalid_request_error', param: null, code };
	return new Refusal(status, { error, request_id: randomUUID() });
}

const failures: Readonly<Record<number, readonly [code: string, message: string]>> = {
	400: ['InvalidParameter', 'Required body invalid, please check the request body format.'],
	401: ['InvalidApiKey', 'Invalid API-key provided.'],
	403: ['AccessDenied', 'Access denied.'],
	404: ['NotFound', 'Not found!'],
	413: ['BadRequest.TooLarge', 'Payload Too Large.'],
	415: ['BadRequest.IllegalInput', 'The input parameter requires json format.'],
	429: ['Throttling.RateQuota', 'Requests rate limit exceeded, please try again later.'],
	503: ['ModelUnavailable', 'Model is unavailable, please try again later.'],
};

export function failure(status: number): Refusal {
	const [code, message] = failures[status] ?? [
		'InternalError',
		'An internal error has occured, please try again later or contact service support.',
	];
	// A body that is no JSON is a 400.
	return refusal(status === 415 ? 400 : status, code, message);
}
