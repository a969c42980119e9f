import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RequestBody } from './body.ts';

/** One part of a multipart request as it is recorded; only text parts keep their value. */
export interface RecordedPart {
	name: string;
	filename: string | null;
	contentType: string | null;
	bytes: number;
	sha256: string;
	value?: string;
}

/** One request to an image route, as `GET /control/requests` shows it. */
export interface RecordedRequest {
	id: string;
	method: string;
	path: string;
	/** As received; keys are replaced by `sha256:` and the first 12 digits of their hash. */
	headers: IncomingHttpHeaders;
	credentials: { authorization: boolean; apiKey: boolean };
	contentType: string | null;
	/** The JSON body, or the parts of a multipart body in their order; null if it was unreadable. */
	fields: Record<string, unknown> | RecordedPart[] | null;
	/** Null until the response starts, and if there was none. */
	status: number | null;
	/** Images in a response that was delivered completely. */
	images: number;
	billedImages: number;
	/** Milliseconds since 1970. */
	startedAt: number;
	endedAt: number | null;
	/** True if the client hung up before it had the whole response. */
	aborted: boolean;
	/** How many other image requests were being served when this one arrived. */
	inFlightAtStart: number;
}

/** Most bytes of JSON bodies kept, and most requests; the oldest are forgotten first. */
const capacity = { bytes: 256 * 1024 * 1024, requests: 10_000 };

/** Keeps what image requests looked like and what became of them, in order of arrival. */
export class Recorder {
	private entries: RecordedRequest[] = [];
	private readonly weights = new WeakMap<RecordedRequest, number>();
	private bytes = 0;
	private inFlight = 0;

	begin(id: string, request: IncomingMessage): RecordedRequest {
		const { headers, method = '', url = '' } = request;
		const entry: RecordedRequest = {
			id,
			method,
			path: url,
			headers: redact(headers),
			credentials: {
				authorization: headers.authorization !== undefined,
				apiKey: headers['api-key'] !== undefined,
			},
			contentType: headers['content-type'] ?? null,
			fields: null,
			status: null,
			images: 0,
			billedImages: 0,
			startedAt: Date.now(),
			endedAt: null,
			aborted: false,
			inFlightAtStart: this.inFlight++,
		};
		this.entries.push(entry);
		this.forgetOldest();
		return entry;
	}

	/** Adds the body, which was `length` bytes long. */
	addBody(entry: RecordedRequest, body: RequestBody, length: number): void {
		entry.fields = recordBody(body);
		const weight = body.kind === 'json' ? length : 0;
		this.weights.set(entry, weight);
		this.bytes += weight;
		this.forgetOldest();
	}

	end(entry: RecordedRequest): void {
		entry.endedAt = Date.now();
		this.inFlight--;
	}

	/** Requests for lists are no image requests. */
	forget(entry: RecordedRequest): void {
		this.entries = this.entries.filter((each) => each !== entry);
	}

	list(): readonly RecordedRequest[] {
		return this.entries;
	}

	clear(): void {
		this.entries = [];
		this.bytes = 0;
	}

	private forgetOldest(): void {
		const { entries } = this;
		while (
			entries.length > 1 &&
			(entries.length > capacity.requests || this.bytes > capacity.bytes)
		) {
			this.bytes -= this.weights.get(entries.shift()!) ?? 0;
		}
	}
}

function recordBody(body: RequestBody): RecordedRequest['fields'] {
	if (body.kind === 'json') return body.fields;
	return body.parts.map(({ name, filename, contentType, data }) => ({
		name,
		filename: filename ?? null,
		contentType: contentType ?? null,
		bytes: data.length,
		sha256: createHash('sha256').update(data).digest('hex'),
		...(filename === undefined ? { value: data.toString('utf8') } : {}),
	}));
}

/** Header names whose value is a secret; a leading scheme such as `Bearer` stays readable. */
const secretHeaders = [
	'authorization',
	'proxy-authorization',
	'api-key',
	'x-api-key',
	'x-goog-api-key',
	'x-key',
	'cookie',
];

function redact(headers: IncomingHttpHeaders): IncomingHttpHeaders {
	const copy = { ...headers };
	for (const name of secretHeaders) {
		const value = copy[name];
		if (typeof value === 'string') copy[name] = value.replace(/\S+$/, fingerprint);
	}
	return copy;
}

function fingerprint(secret: string): string {
	return `sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 12)}`;
}
