import { asRecord, asText, type JsonRecord } from '../../values/json';
import { wrappedRecords } from './wrappers';

/** An asynchronous job that a provider started instead of returning an image. */
export interface Job {
	/** Absent if the response has none. */
	readonly id?: string | undefined;
}

/**
 * The unfinished job that a response describes: by a job ID (gateways, DashScope, Z.ai), by a URL to
 * poll (Black Forest Labs, fal, Replicate), or by an ID with a status (Luma).
 *
 * @param isAccepted whether the HTTP status is 202
 */
export function findJob(body: unknown, isAccepted: boolean): Job | undefined {
	const records = wrappedRecords(body);
	const jobs = records.flatMap((record) => {
		const jobId = firstId(record, JOB_ID_KEYS);
		const states = STATUS_KEYS.map((key) => asText(record[key]) ?? '');
		const isPending = states.some((state) => PENDING.test(state));
		const hasUrl = POLLING_URL_KEYS.some((key) => asText(record[key])) || hasGetUrl(record);
		const isJob = jobId !== undefined || isPending || hasUrl;
		const isFinished = states.some((state) => FINISHED.test(state));
		return isJob && !isFinished ? [{ id: jobId ?? firstId(record, ID_KEYS) }] : [];
	});
	const job = jobs.find(({ id }) => id !== undefined) ?? jobs[0];
	if (job) return job;
	const id = records.map((record) => firstId(record, ID_KEYS)).find(Boolean);
	return isAccepted ? { id } : undefined;
}

/** Keys that only jobs have. */
const JOB_ID_KEYS: readonly string[] = ['task_id', 'taskId', 'job_id', 'jobId', 'taskID', 'jobID'];
const ID_KEYS: readonly string[] = [
	...JOB_ID_KEYS,
	...['id', 'prediction_id', 'generation_id', 'request_id', 'requestId', 'uuid'],
];
const POLLING_URL_KEYS: readonly string[] = [
	'status_url',
	'polling_url',
	'poll_url',
	'response_url',
];
const STATUS_KEYS: readonly string[] = ['status', 'state', 'task_status', 'taskStatus'];

const PENDING =
	/^(?:in[ _-]?)?(?:queue|queued|queueing|submitted|submit|pending|processing|progress|running|starting|started|created|accepted|waiting|scheduled|not[ _]start(?:ed)?|dreaming)$/i;

const FINISHED =
	/fail|error|cancel|abort|moderated|reject|expired|succe|complete|finish|done|ready/i;

function firstId(record: JsonRecord, keys: readonly string[]): string | undefined {
	return keys
		.map((key) => record[key])
		.map((id) => (typeof id === 'number' ? String(id) : asText(id)))
		.find((id) => id !== undefined);
}

/** Replicate: `{urls: {get}}`. */
function hasGetUrl({ urls }: JsonRecord): boolean {
	return asText(asRecord(urls).get) !== undefined;
}
