import type { ApiError } from '../../../nodes/AiImages/errors';
import { parseErrorText } from '../../../nodes/AiImages/response/errors/parseError';
import { OPENAI } from '../../../nodes/AiImages/services/openai';
import { connectionError } from '../../../nodes/AiImages/transport/connectionError';
import type { RetryPolicy } from '../../../nodes/AiImages/transport/retry';

/** An error response. */
export interface Refusal {
	readonly status: number;
	readonly code?: string;
	readonly type?: string;
	readonly message?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

export const POLICY: RetryPolicy = { maxWait: 600_000, serverErrors: false };
export const ALL: RetryPolicy = { ...POLICY, serverErrors: true };

/** The error that the node makes of an error response. */
export function refused({ status, headers = {}, message = 'No.', ...words }: Refusal): ApiError {
	const text = JSON.stringify({ error: { message, param: null, ...words } });
	const header = (name: string) => headers[name] ?? '';
	const redact = (text: string) => text;
	const url = 'https://api.example.com';
	return parseErrorText(text, {
		service: OPENAI,
		status,
		url,
		header,
		requestId: '',
		redact,
		redactError: redact,
	});
}

/** The failure that the node makes of an error of Node.js. */
export function unconnected(code: string): ApiError {
	return connectionError(Object.assign(new Error('raw'), { code }), 'api.example.com', null);
}
