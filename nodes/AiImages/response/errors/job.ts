import { asRecord, asText, type JsonRecord } from '../../values/json';
import { wrappedRecords } from './wrappers';

/** A job that a provider started instead of answering. */
export interface Job {
	/** Absent if the provider does not say. */
	readonly id?: string | undefined;
}

/**
 * The job that a response tells of: by an ID of its own (relays, DashScope, Z.ai), by an address to
 * ask at (Black Forest Labs, fal, Replicate), or by an ID with a status (Luma).
 *
 * @param isAccepted the HTTP status is 202
 */
export function findJob(body: unknown, isAccepted: boolean): Job | undefined {
	const records = wrappedRecords(body);
	const jobs = records.flatMap((record) => {
		const own = idOf(record, OWN_IDS);
		const states = STATUS_FIELDS.map((name) => asText(record[name]) ?? '');
		const isWaiting = states.some((state) => WAITING.test(state));
		const isAskedFor = ADDRESSES.some((name) => asText(record[name])) || hasGetAddress(record);
		const isJob = own !== undefined || isWaiting || isAskedFor;
		const hasEnded = states.some((state) => ENDED.test(state));
		return isJob && !hasEnded ? [{ id: own ?? idOf(record, IDS) }] : [];
	});
	const job = jobs.find(({ id }) => id !== undefined) ?? jobs[0];
	if (job) return job;
	const id = records.map((record) => idOf(record, IDS)).find(Boolean);
	return isAccepted ? { id } : undefined;
}

function idOf(record: JsonRecord, names: readonly string[]): string | undefined {
	return names
		.map((name) => record[name])
		.map((id) => (typeof id === 'number' ? String(id) : asText(id)))
		.find((id) => id !== undefined);
}

function hasGetAddress({ urls }: JsonRecord): boolean {
	return asText(asRecord(urls).get) !== undefined;
}

const OWN_IDS: readonly string[] = ['task_id', 'taskId', 'job_id', 'jobId', 'taskID', 'jobID'];
const IDS: readonly string[] = [
	...OWN_IDS,
	...['id', 'prediction_id', 'generation_id', 'request_id', 'requestId', 'uuid'],
];
const ADDRESSES: readonly string[] = ['status_url', 'polling_url', 'poll_url', 'response_url'];
const STATUS_FIELDS: readonly string[] = ['status', 'state', 'task_status', 'taskStatus'];

const WAITING =
	/^(?:in[ _-]?)?(?:queue|queued|queueing|submitted|submit|pending|processing|progress|running|starting|started|created|accepted|waiting|scheduled|not[ _]start(?:ed)?|dreaming)$/i;

const ENDED = /fail|error|cancel|abort|moderated|reject|expired|succe|complete|finish|done|ready/i;
