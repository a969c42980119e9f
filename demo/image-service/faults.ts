import { ApiError } from './apiError.ts';
import type { Operation } from './models.ts';

/** What a fault can disturb. By default, it is requests for images. */
type Disturbed = Operation | 'poll' | 'download';

/** A disturbance of the next matching image requests. */
export interface Fault {
	/** `poll`: the question after a job. `download`: of a result by its URL, which has no prompt. */
	operation?: Disturbed;
	promptIncludes?: string;
	/** How many requests it is for; default 1. */
	times?: number;
	/** Wait before the response begins. */
	delayMs?: number;
	/** With `status` or `body` the request is not carried out; this is the response. */
	status?: number;
	body?: unknown;
	/** Added to the response, the real one included. */
	headers?: Record<string, string>;
	contentType?: string;
	/** The `Retry-After` header: seconds or a date. */
	retryAfter?: number | string;
	/** A TCP reset before the response, or after half of its body (of a stream: its first chunk). */
	reset?: 'before-headers' | 'mid-body';
	/** The connection ends after so many bytes of the body. */
	truncateAt?: number;
	/** Nothing more follows after so many bytes of the body, while the connection stays open. */
	stallAfterBytes?: number;
	/** The body is sent in pieces (ten or more, at most 16 KiB) with this delay between them. */
	dripMs?: number;
	/** No response at all, while the connection stays open. */
	hang?: true;
	/** Whether the images count as billed; by default those that were drawn do. */
	billed?: boolean;
}

const kinds: Record<keyof Fault, string[]> = {
	operation: ['string'],
	promptIncludes: ['string'],
	times: ['number'],
	delayMs: ['number'],
	status: ['number'],
	body: ['object', 'string'],
	headers: ['object'],
	contentType: ['string'],
	retryAfter: ['number', 'string'],
	reset: ['string'],
	truncateAt: ['number'],
	stallAfterBytes: ['number'],
	dripMs: ['number'],
	hang: ['boolean'],
	billed: ['boolean'],
};

/** Faults, first in, first out. */
export class FaultQueue {
	private pending: Array<{ fault: Fault; left: number }> = [];

	/** Adds one fault or a list; throws 400 for a misspelt or mistyped property. */
	add(input: unknown): void {
		const faults = (Array.isArray(input) ? input : [input]).map(readFault);
		this.pending.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })));
	}

	/** Takes the first fault that is meant for this request. */
	take(operation: Disturbed, prompt: string): Fault | undefined {
		const isImage = operation === 'generate' || operation === 'edit';
		const found = this.pending.find(
			({ fault }) =>
				(fault.operation ?? (isImage ? operation : undefined)) === operation &&
				prompt.includes(fault.promptIncludes ?? ''),
		);
		if (!found) return undefined;
		found.left -= 1;
		if (found.left <= 0) this.pending = this.pending.filter((entry) => entry !== found);
		return found.fault;
	}

	list(): Array<{ fault: Fault; left: number }> {
		return this.pending;
	}

	clear(): void {
		this.pending = [];
	}
}

function readFault(input: unknown): Fault {
	if (input === null || typeof input !== 'object') throw refuse('a fault must be an object');
	for (const [key, value] of Object.entries(input)) {
		const types = Object.hasOwn(kinds, key) ? kinds[key as keyof Fault] : undefined;
		if (!types) throw refuse(`there is no '${key}'`);
		if (!types.includes(typeof value)) throw refuse(`'${key}' must be a ${types.join(' or ')}`);
	}
	const fault = input as Fault;
	const { operation } = fault;
	if (operation && !['generate', 'edit', 'poll', 'download'].includes(operation)) {
		throw refuse("'operation' must be generate, edit, poll or download");
	}
	if (fault.reset !== undefined && !['before-headers', 'mid-body'].includes(fault.reset)) {
		throw refuse("'reset' must be before-headers or mid-body");
	}
	return fault;
}

function refuse(reason: string): ApiError {
	return new ApiError(400, `This fault cannot be ordered: ${reason}.`, 'invalid_fault');
}
