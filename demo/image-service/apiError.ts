/** The error object of the API: https://developers.openai.com/api/docs/guides/error-codes */
export interface ErrorBody {
	error: { message: string; type: string; param: string | null; code: string | null };
}

/** An error with the HTTP status and the body of the API's response. */
export class ApiError extends Error {
	readonly status: number;
	readonly body: ErrorBody;

	constructor(
		status: number,
		message: string,
		code: string | null,
		param: string | null = null,
		type = 'invalid_request_error',
	) {
		super(message);
		this.status = status;
		this.body = { error: { message, type, param, code } };
	}
}

/** 400 `invalid_value`: the value's type is right, the value is not. */
export function invalidValue(param: string, message: string): ApiError {
	return new ApiError(400, message, 'invalid_value', param);
}

/** 400 `invalid_value` in the wording for enumerations. */
export function unsupportedValue(
	param: string,
	value: string,
	values: readonly string[],
): ApiError {
	const quoted = values.map((allowed) => `'${allowed}'`);
	const last = quoted.pop() ?? '';
	const list = quoted.length > 0 ? `${quoted.join(', ')}, and ${last}` : last;
	return invalidValue(param, `Invalid value: '${value}'. Supported values are: ${list}.`);
}

export function unknownParameter(param: string): ApiError {
	return new ApiError(400, `Unknown parameter: '${param}'.`, 'unknown_parameter', param);
}

export function missingParameter(param: string): ApiError {
	const message = `Missing required parameter: '${param}'.`;
	return new ApiError(400, message, 'missing_required_parameter', param);
}

/** 400 `invalid_type`, for example "expected an integer, but got a string instead". */
export function invalidType(param: string, expected: string, got: string): ApiError {
	const message = `Invalid type for '${param}': expected ${expected}, but got ${got} instead.`;
	return new ApiError(400, message, 'invalid_type', param);
}

export function modelNotFound(id: string): ApiError {
	const message = `The model \`${id}\` does not exist or you do not have access to it.`;
	return new ApiError(404, message, 'model_not_found');
}

/** 400 of the picture pipeline itself; such requests must be changed, not repeated. */
export function userError(message: string, code: string, param: string | null = null): ApiError {
	return new ApiError(400, message, code, param, 'image_generation_user_error');
}

/** The usual error for a bare status, for faults that name no body of their own. */
export function errorForStatus(status: number): ApiError {
	const known = statusErrors[status];
	if (known) return new ApiError(status, ...known);
	if (status >= 500) {
		const message = 'The server had an error while processing your request. Sorry about that!';
		return new ApiError(status, message, 'server_error', null, 'server_error');
	}
	return new ApiError(status, `The request was answered with status ${status}.`, null);
}

const statusErrors: Record<number, [message: string, code: string, param: null, type: string]> = {
	401: ['Incorrect API key provided.', 'invalid_api_key', null, 'invalid_request_error'],
	413: ['The request body is too large.', 'request_too_large', null, 'invalid_request_error'],
	429: [
		'Rate limit reached for images on images per min: Limit 5, Used 5, Requested 1. Please try again in 12s.',
		'rate_limit_exceeded',
		null,
		'requests',
	],
	503: [
		'The server is currently overloaded with other requests. Sorry about that!',
		'server_is_overloaded',
		null,
		'service_unavailable_error',
	],
};
