import type { JsonRecord } from '../values/json';
import type { Path } from './path';

/** How the result of a job is asked for, by what the responses say. */
export interface JobKeys {
	/** Where the response to the request has the ID of the job. */
	readonly id: Path;
	/** The address of the job's status, which has the result in the end. */
	readonly statusUrl: JobAddress;
	/** The address of the result, where the status does not have it. */
	readonly resultUrl?: JobAddress;
	/**
	 * Whether an error response of that address says that the job failed. All others but refusals of the
	 * key: it is asked for again.
	 */
	readonly isFailure?: (body: JsonRecord, status: number) => boolean;
	/** Where a status has the state. */
	readonly state: Path;
	/** Where a status has the error of a failed job, if not where other errors are. */
	readonly reason?: Path;
	/** What states mean. All others: the job is not done yet. */
	readonly states: Readonly<Record<string, JobState>>;
	/** How a failed job is told apart that moderation refused, where the state does not tell. */
	readonly refusal?: { readonly at: Path; readonly matches: RegExp };
	/** How a job is canceled as long as that saves its cost. Absent: it never does. */
	readonly cancel?: JobCancellation;
	/** Keys that tell what the job costs: of the last status, or else of the response with the ticket. */
	readonly usage?: readonly string[];
	/** Milliseconds between two questions at first. */
	readonly pace: number;
}

/**
 * Where the response to the request has an address; or, with a slash in front, a path of the API, in
 * which `{id}` is filled in.
 */
export type JobAddress = Path;

export interface JobCancellation {
	readonly method: 'POST' | 'PUT';
	readonly url: JobAddress;
	/** The states in which a job costs nothing yet. */
	readonly states: readonly string[];
}

/** `gone`: the service does not know the job, or not any more. */
export type JobState = 'done' | 'failed' | 'refused' | 'gone';
