import { randomBytes } from 'node:crypto';

const windowMs = 60_000;
const requestsPerWindow = 10_000;
const tokensPerWindow = 2_000_000;

/**
 * Tells clients the state of a limit in the headers of the API's reference
 * (https://developers.openai.com/api/reference/overview.md). It is generous and never enforced;
 * add a fault to see a 429.
 */
export class RateLimit {
	private windowStart = 0;
	private requests = 0;

	headers(): Record<string, string> {
		const now = Date.now();
		if (now - this.windowStart >= windowMs) {
			this.windowStart = now;
			this.requests = 0;
		}
		this.requests += 1;
		const reset = `${((this.windowStart + windowMs - now) / 1000).toFixed(3)}s`;
		return {
			'x-ratelimit-limit-requests': String(requestsPerWindow),
			'x-ratelimit-limit-tokens': String(tokensPerWindow),
			'x-ratelimit-remaining-requests': String(Math.max(0, requestsPerWindow - this.requests)),
			'x-ratelimit-remaining-tokens': String(Math.max(0, tokensPerWindow - this.requests * 1000)),
			'x-ratelimit-reset-requests': reset,
			'x-ratelimit-reset-tokens': reset,
		};
	}
}

export function newRequestId(): string {
	return `req_${randomBytes(16).toString('hex')}`;
}

/** Headers of every response below `/v1`. */
export function apiHeaders(requestId: string, startedAt: number): Record<string, string> {
	return {
		'x-request-id': requestId,
		'openai-processing-ms': String(Date.now() - startedAt),
		'openai-version': '2020-10-01',
		'openai-organization': 'demo-organization',
	};
}
