import type { JobRecord } from '../errors';
import type { ValidRequest } from '../request/types';
import { noTicketError } from '../response/errors/jobError';
import { completePart } from '../response/repairJson';
import type { JobAddress, JobKeys } from '../services/jobKeys';
import { valueAt } from '../services/spelling';
import type { Service } from '../services/types';
import type { HttpResponse } from '../transport/httpResponse';
import { asRecord, asText, parseJson, type JsonRecord } from '../values/json';

/** What is needed to ask for a job. Plain data: n8n keeps it for a retry of the execution. */
export interface Ticket {
	readonly id: string;
	/** An address, or a path of the API. */
	readonly statusUrl: string;
	/** Where the result is, if the status does not have it. */
	readonly resultUrl?: string | undefined;
	/** Where the job is canceled, if that can save its cost. */
	readonly cancelUrl?: string | undefined;
	/** The state that the service told first, if it did. */
	readonly state?: string | undefined;
	/** What the job costs, as the service says it. */
	readonly usage?: JsonRecord | undefined;
	/** Milliseconds since 1970. */
	readonly submittedAt: number;
}

/**
 * Bytes of a response about a job. Some services repeat its inputs, which can be data URLs
 * (https://replicate.com/docs/reference/http#predictions.get).
 */
export const MAX_STATUS_BYTES = 16_000_000;

/**
 * The ticket in the response to a request, or in the part of it that arrived.
 *
 * @throws ApiError if there is none, although the service might have started a job
 */
export function readTicket(
	text: string,
	response: HttpResponse,
	keys: JobKeys,
	service: Service,
): Ticket {
	const body = parseJson(text) ?? parseJson(completePart(text));
	const id = asText(valueAt(body, keys.id));
	const addressAt = (address: JobAddress | undefined) => {
		if (address === undefined) return undefined;
		if (!address.startsWith('/')) return asText(valueAt(body, address));
		return address.replace('{id}', () => encodeURIComponent(id ?? ''));
	};
	const statusUrl = addressAt(keys.statusUrl);
	const resultUrl = addressAt(keys.resultUrl);
	const isComplete = keys.resultUrl === undefined || resultUrl;
	if (!id || !statusUrl || !isComplete) throw noTicketError(text, { ...response, service });
	return {
		id,
		statusUrl,
		resultUrl,
		cancelUrl: addressAt(keys.cancel?.url),
		state: asText(valueAt(body, keys.state)),
		usage: pick(asRecord(body), keys.usage),
		submittedAt: Date.now(),
	};
}

/** The call of an item that fetches a job of another execution. It was submitted long ago. */
export function resumedCall({ resumedJob }: ValidRequest) {
	if (!resumedJob) return undefined;
	const { url: statusUrl, service: _, ...job } = resumedJob;
	return { ticket: { ...job, statusUrl, submittedAt: 0 }, requested: 1 };
}

/** A ticket as *Resume Job* takes it. */
export function recordOf(ticket: Ticket, { displayName }: Service): JobRecord {
	const { id, statusUrl: url, resultUrl, usage = {} } = ticket;
	return {
		service: displayName,
		id,
		url,
		...(resultUrl === undefined ? {} : { resultUrl }),
		...(Object.keys(usage).length > 0 ? { usage } : {}),
	};
}

/** Fields that are not null. */
export function pick(record: JsonRecord, keys: readonly string[] = []): JsonRecord {
	const known = keys.filter((key) => (record[key] ?? null) !== null);
	return Object.fromEntries(known.map((key) => [key, record[key]]));
}
