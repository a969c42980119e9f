import fc from 'fast-check';
import { ApiError, type ErrorDetails, type RetryHint } from '../../nodes/AiImages/errors';
import { connectionError } from '../../nodes/AiImages/transport/connectionError';
import { retryDelay } from '../../nodes/AiImages/transport/retry';
import { withRetries } from '../helpers/withRetries';
import { refused } from '../unit/transport/callFailures';
import { everyCase, everyCaseLater, FURTHER_CASES } from './cases';

const OUT_OF_CREDIT = [
	'insufficient_quota',
	'credit_balance_exhausted',
	'organization_spend_limit_exceeded',
	'billing_not_active',
	'billing_hard_limit_reached',
];
const REFUSED = ['moderation_blocked', 'content_policy_violation', 'contentFilter'];
/** These happen before anything is sent: https://nodejs.org/api/errors.html#common-system-errors */
const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const CONNECTED = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'EPROTO', 'UND_ERR', ''];

const words = fc.constantFrom(
	...['', 'server_error', 'rate_limit_exceeded', 'slow_down', 'server_is_overloaded', '429', '503'],
	...OUT_OF_CREDIT,
	...REFUSED,
);

/** The outcome of a call, and the node's error for it. */
interface Outcome {
	readonly status?: number;
	readonly code: string;
	readonly type?: string;
	readonly message?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly isLate?: boolean;
}

const answers: fc.Arbitrary<Outcome> = fc.record({
	status: fc.oneof(
		fc.constantFrom(200, 201, 302, 400, 402, 403, 408, 409, 429, 500, 502, 503, 504, 524, 529),
		fc.integer({ min: 200, max: 599 }),
	),
	code: words,
	type: words,
	message: fc.constantFrom(
		'No.',
		'The engine is overloaded',
		'Please try again in 2s',
		'slow_down',
	),
	headers: fc.dictionary(
		fc.constantFrom('retry-after', 'retry-after-ms', 'x-should-retry'),
		fc.constantFrom('0', '1', '7200', 'true', 'false', 'soon'),
	),
});
const losses: fc.Arbitrary<Outcome> = fc.record({
	code: fc.constantFrom(...NEVER_CONNECTED, ...CONNECTED),
	isLate: fc.boolean(),
});
const outcomes = fc.oneof({ weight: 4, arbitrary: answers }, losses);

function failureFor({ status, headers, message, code, type, isLate }: Outcome): ApiError {
	if (status === undefined) {
		const error = Object.assign(new Error('raw'), { code });
		return connectionError(error, 'api.example.com', isLate ? 1000 : null);
	}
	return refused({ status, headers, message, code, type });
}

/** Refused for its rate, by its status or by what a gateway says behind another one. */
function isRateLimit({ status = 0, code, type = '' }: Outcome): boolean {
	const isNamed = [code, type].some((word) => /^(rate_limit_exceeded|slow_down)$/.test(word));
	if (status >= 300) {
		const isVague = status === 400 || status === 403 || status >= 500;
		return status === 429 || (isVague && (isNamed || [code, type].includes('429')));
	}
	const number = [code, type].find((word) => /^\d+$/.test(word));
	return status > 0 && (number === undefined ? isNamed : number === '429');
}

/** Whether an image may have been made, and so billed, though none arrived. */
function mayBeBilled(outcome: Outcome): boolean {
	const { status, code, type, message, headers = {}, isLate } = outcome;
	if (status === undefined) return isLate === true || !NEVER_CONNECTED.includes(code);
	if (isRateLimit(outcome)) return false;
	const says = `${code} ${type} ${message}`;
	const asksForLater =
		/^\d+$/.test(headers['retry-after'] ?? '') ||
		/^\d+$/.test(headers['retry-after-ms'] ?? '') ||
		headers['x-should-retry'] === 'true' ||
		/overloaded|slow_down|try again in/.test(says);
	return status !== 529 && (status !== 503 || !asksForLater);
}

/** Whether the same request would be refused again. */
const isPointless = (outcome: Outcome) => {
	const { status = 503, code, type = '', headers = {} } = outcome;
	return (
		(status < 429 && !isRateLimit(outcome)) ||
		headers['x-should-retry'] === 'false' ||
		[...OUT_OF_CREDIT, ...REFUSED].some((word) => word === code || word === type)
	);
};

const attempts = fc.integer({ min: 1, max: 30 });
const shares = fc.double({ min: 0, max: 1, noNaN: true });

describe('a failed call', () => {
	it('is never repeated if it might be billed or is pointless', () => {
		const policy = { maxWait: 86_400_000, serverErrors: false };
		everyCase(
			fc.property(outcomes, attempts, shares, (outcome, attempt, random) => {
				const wait = retryDelay(failureFor(outcome), attempt, policy, random);
				if (mayBeBilled(outcome) || isPointless(outcome)) expect(wait).toBeNull();
				else if (outcome.status !== undefined) expect(wait).not.toBeNull();
			}),
		);
	});

	it('is repeated although it might be billed only if the user allows it and the server failed', () => {
		const policy = { maxWait: 86_400_000, serverErrors: true };
		everyCase(
			fc.property(outcomes, attempts, shares, (outcome, attempt, random) => {
				const wait = retryDelay(failureFor(outcome), attempt, policy, random);
				const { status = 0 } = outcome;
				const isAllowed = !mayBeBilled(outcome) || status >= 500;
				if (!isAllowed || isPointless(outcome)) expect(wait).toBeNull();
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('is not repeated for messages that no server sends', () => {
		const details: fc.Arbitrary<ErrorDetails> = fc.record(
			{ status: fc.constantFrom(0, 100, 200, 204, 399, NaN), code: words, type: words },
			{ requiredKeys: [] },
		);
		const hint: fc.Arbitrary<RetryHint> = fc.record(
			{ retryAfter: fc.nat(), shouldRetry: fc.constant(true), isFinal: fc.boolean() },
			{ requiredKeys: [] },
		);
		everyCase(
			fc.property(details, hint, attempts, fc.boolean(), (said, hints, attempt, serverErrors) => {
				const failure = new ApiError('overloaded', 'Wait', said, hints);
				expect(retryDelay(failure, attempt, { maxWait: 1e9, serverErrors }, 1)).toBeNull();
			}),
			[],
			FURTHER_CASES,
		);
	});
});

describe('a series of attempts', () => {
	const policies = fc.record({
		maxWait: fc.oneof(fc.constantFrom(0, 1, 600_000), fc.nat({ max: 10_000 })),
		serverErrors: fc.boolean(),
	});
	const busy = fc.constantFrom<Outcome>(
		{ status: 429, code: 'slow_down' },
		{ status: 429, code: 'slow_down', headers: { 'retry-after': '2' } },
		{ status: 503, code: 'server_is_overloaded' },
		{ code: 'ECONNREFUSED' },
	);
	const series = fc.array(
		fc.oneof({ weight: 4, arbitrary: busy }, outcomes, fc.constant('image' as const)),
		{ minLength: 1, maxLength: 8, size: 'max' },
	);

	it('ends with the first image, requests no second one, and waits no longer than allowed', async () => {
		await everyCaseLater(
			fc.asyncProperty(series, policies, shares, async (outcomesInTurn, policy, random) => {
				const waits: number[] = [];
				const made: Array<Outcome | 'image'> = [];
				const attempt = async (number: number) => {
					expect(number).toBe(made.length + 1);
					const outcome = outcomesInTurn[made.length] ?? 'image';
					made.push(outcome);
					if (outcome === 'image') return outcome;
					throw failureFor(outcome);
				};
				const tools = {
					pause: async (wait: number) => void waits.push(wait),
					random: () => random,
				};
				const end = await withRetries(attempt, policy, tools).catch((error: unknown) => error);
				expect(end).toBe(made.at(-1) === 'image' ? 'image' : end);
				if (end !== 'image') expect(end).toBeInstanceOf(ApiError);
				const before = made.slice(0, -1);
				expect(before).not.toContain('image');
				const billed = before.filter((each) => each !== 'image' && mayBeBilled(each));
				if (!policy.serverErrors) expect(billed).toEqual([]);
				expect(waits).toHaveLength(before.length);
				expect(waits.every((wait) => wait >= 0)).toBe(true);
				expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(policy.maxWait);
			}),
			[],
			FURTHER_CASES,
		);
	});
});
