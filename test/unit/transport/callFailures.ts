import type { CallFailure } from '../../../nodes/AiImages/errors';
import { failureFrom } from '../../../nodes/AiImages/response/failure';
import { connectionFailure } from '../../../nodes/AiImages/transport/failures';
import type { RetryPolicy } from '../../../nodes/AiImages/transport/retry';

/** An error answer. */
export interface Refusal {
	readonly status: number;
	readonly code?: string;
	readonly type?: string;
	readonly message?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

export const POLICY: RetryPolicy = { maxWait: 600_000, serverErrors: false };
export const ALL: RetryPolicy = { ...POLICY, serverErrors: true };

/** The failure that the node makes of an error answer. */
export function refused({ status, headers = {}, message = 'No.', ...words }: Refusal): CallFailure {
	const text = JSON.stringify({ error: { message, param: null, ...words } });
	const header = (name: string) => headers[name] ?? '';
	const clean = (said: string) => said;
	const address = 'https://api.example.com';
	const cleaners = { clean, cleanError: clean };
	return failureFrom(text, { status, address, header, requestId: '', ...cleaners });
}

/** The failure that the node makes of an error of Node.js. */
export function unconnected(code: string): CallFailure {
	return connectionFailure(Object.assign(new Error('raw'), { code }), 'api.example.com', null);
}
