import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { ApiResponse } from '../apiResponse.ts';
import type { RequestBody } from '../body.ts';
import type { Job } from '../jobs.ts';
import type { Operation } from '../models.ts';
import type { Painter } from './painter.ts';

/**
 * A service that speaks another dialect than OpenAI's, below a path of its own: `/xai/v1/…`. Each is
 * written from the documentation of the service, and refuses what that refuses.
 */
export interface Profile {
	/** The first segment of its paths. */
	readonly name: string;
	/** Public documents that it was written from. */
	readonly sources: readonly string[];
	readonly routes: readonly ProfileRoute[];
	/** Headers of every response. */
	headers?(): Record<string, string>;
	/** The key that a request carries, without its scheme; undefined = none. */
	keyOf(headers: IncomingHttpHeaders): string | undefined;
	/** The refusal of a request with another key, or without one. */
	unauthorized(hasKey: boolean, path: string): Refusal;
	/** The refusal of a path that does not exist. */
	notFound(method: string, path: string): Refusal;
	/** The response of this service to a bare status, for faults that name no body of their own. */
	failure(status: number): Refusal;
}

export interface ProfileRoute {
	readonly method: 'GET' | 'POST' | 'PUT';
	/** Matches the path behind the profile's name: `^/v1/images/edits$`. */
	readonly pattern: RegExp;
	/** Content types of the body; a route without them, such as one with GET, reads none. */
	readonly accepts?: ReadonlyArray<'json' | 'multipart' | 'bytes'>;
	/** A link that is signed, or public. */
	readonly needsNoKey?: boolean;
	/** @throws Refusal, which becomes the response */
	respond(call: ProfileCall): Promise<ApiResponse> | ApiResponse;
}

export interface JobWork {
	readonly operation: Operation;
	readonly prompt: string;
	readonly images: number;
	/** Becomes the job's `result`; what it throws does, too. */
	draw(): Promise<unknown>;
}

/** One request to a route. */
export interface ProfileCall {
	readonly headers: IncomingHttpHeaders;
	readonly query: URLSearchParams;
	/** What the pattern captured. */
	readonly captured: readonly string[];
	/** Empty for GET. */
	readonly body: RequestBody;
	/** The body of a route that accepts bytes; else empty. */
	readonly bytes: Buffer;
	readonly painter: Painter;
	/** Tells what a request asks for, so that faults find it, and that it is billed. Call it once, after every check. */
	accept(work: { operation: Operation; prompt: string; images: number }): Promise<void>;
	/** Accepts a request that is answered with a ticket. It is billed when the job begins to run. */
	submit(work: JobWork): Promise<Job>;
	/** The job that a request asks for, which faults can disturb; undefined = unknown, or forgotten. */
	poll(id: string): Promise<Job | undefined>;
	/** Ends a job; false = it had ended before. */
	cancel(job: Job): boolean;
	/** The address of a path of this profile, as the client reaches it. */
	url(path: string): string;
	/** Aborted when the client hangs up. */
	readonly signal: AbortSignal;
}

/** A response that refuses a request, in the shape of its service. */
export class Refusal extends Error {
	readonly status: number;
	readonly body: unknown;
	readonly headers: Record<string, string>;

	constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
		super(`HTTP ${status}`);
		this.status = status;
		this.body = body;
		this.headers = headers;
	}
}

/**
 * Checks the fields of a JSON body. Objects of the schema are strict: `z.strictObject`.
 *
 * @param refuse makes the service's refusal of the first wrong field: its path with dots, and what is
 *   wrong with it
 */
export function checkFields<Schema extends z.ZodTypeAny>(
	schema: Schema,
	body: RequestBody,
	refuse: (path: string, problem: string) => Refusal,
): z.output<Schema> {
	const result = schema.safeParse(body.kind === 'json' ? body.fields : {});
	if (result.success) return result.data as z.output<Schema>;
	const [issue] = result.error.issues;
	const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
	throw refuse([...(issue?.path ?? []), ...unknown].join('.'), issue?.message ?? 'invalid');
}
