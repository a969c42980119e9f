import type { IExecuteFunctions } from 'n8n-workflow';
import { ExecutionCanceledError } from '../errors';
import { connectionError } from './connectionError';
import { idleError, type IdleTimeout } from './idleTimeout';

/** Ends one attempt early: on a timeout, on silence, or when the execution is canceled. */
export interface Deadline {
	readonly signal: AbortSignal;
	/** The error to report for what the attempt threw. */
	explain(error: unknown): Error;
	/** Releases the timers. To be called when the attempt has ended. */
	clear(): void;
}

export interface DeadlineOptions {
	/** Milliseconds until the last byte must have arrived. */
	readonly timeout: number;
	/** The host that errors name. */
	readonly host: string;
	/** Removes secrets from the messages of n8n's request helper. */
	redact(text: string): string;
	readonly idle?: IdleTimeout;
}

export function startDeadline(
	context: IExecuteFunctions,
	{ timeout, host, redact, idle }: DeadlineOptions,
): Deadline {
	const canceled = context.getExecutionCancelSignal();
	const expired = AbortSignal.timeout(Math.ceil(timeout));
	// A listener keeps the timer of a timeout signal alive, and the request helper never removes its
	// own. So the helper gets a separate signal.
	const combined = new AbortController();
	const abort = () => combined.abort();
	const sources = [canceled, idle?.signal, expired].filter((signal) => signal !== undefined);
	for (const source of sources) source.addEventListener('abort', abort, { once: true });
	if (canceled?.aborted) abort();
	return {
		signal: combined.signal,
		explain: (error) => {
			if (canceled?.aborted) return new ExecutionCanceledError();
			if (idle?.signal.aborted) return idleError(idle.maxIdle, host);
			return connectionError(error, host, expired.aborted ? timeout : null, redact);
		},
		clear: () => {
			idle?.stop();
			for (const source of sources) source.removeEventListener('abort', abort);
		},
	};
}

/**
 * A context that hears later that the execution is canceled, so that the response to a request that was
 * sent can still arrive.
 *
 * @param milliseconds by how much
 * @returns it with `release`, after which it listens no longer
 */
export function withLateCancelSignal(
	context: IExecuteFunctions,
	milliseconds: number,
): { readonly context: IExecuteFunctions; release(): void } {
	const canceled = context.getExecutionCancelSignal();
	if (!canceled || canceled.aborted) return { context, release: () => {} };
	const late = new AbortController();
	const abort = () => {
		const elapsed = AbortSignal.timeout(milliseconds);
		elapsed.addEventListener('abort', () => late.abort(), { once: true });
	};
	canceled.addEventListener('abort', abort, { once: true });
	return {
		context: withCancelSignal(context, late.signal),
		release: () => canceled.removeEventListener('abort', abort),
	};
}

/**
 * The authenticated request helper takes its abort signal from the context and ignores the one in
 * the request options. This context carries the signal of the deadline.
 */
export function withCancelSignal(
	context: IExecuteFunctions,
	signal: AbortSignal,
): IExecuteFunctions {
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;
}
