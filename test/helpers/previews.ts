import type { IDataObject } from 'n8n-workflow';

import type { RecordedPart, RecordedRequest } from '../../demo/image-service/recorder.ts';

/** The JSON of a preview, as far as tests look at it. */
export interface Preview {
	readonly requestCount: number;
	readonly leftOut?: readonly string[];
	readonly warnings?: readonly string[];
	readonly requests: readonly PreviewedRequest[];
}

interface PreviewedRequest {
	readonly count: number;
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
}

/** A request in a form in which a previewed one and a recorded one are equal, or not. */
interface Comparable {
	readonly method: string;
	readonly path: string;
	/** Without those that n8n's request helper and Node.js add. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
}

/** Headers that neither the node nor the credential sets. */
const ADDED = ['host', 'connection', 'user-agent', 'accept-encoding', 'content-length'];

/** The requests that a preview announces. */
export function announced(json: IDataObject): Comparable[] {
	const { requests } = json as unknown as Preview;
	return inOrder(
		requests.flatMap(({ count, method, url, headers, body }) => {
			const { pathname, search } = new URL(url);
			const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
			const request = { method, path: pathname + search, headers: Object.fromEntries(lower), body };
			return Array.from({ length: count }, () => request);
		}),
	);
}

/** The requests that arrived, with facts in place of their files. */
export function arrived(
	requests: readonly RecordedRequest[],
	files: ReadonlyMap<string, Buffer>,
	secrets: readonly string[],
): Comparable[] {
	return inOrder(
		requests.map(({ method, path, headers, fields }) => ({
			method,
			path,
			headers: Object.fromEntries(
				Object.entries(headers)
					.filter(([name]) => !ADDED.includes(name))
					.map(([name, value]) => [name, shownHeader(String(value), secrets)]),
			),
			body: Array.isArray(fields) ? fields.map(shownPart) : withFacts(fields, files),
		})),
	);
}

/** The recorder replaces keys by their hash, and a boundary is random. */
function shownHeader(value: string, secrets: readonly string[]): string {
	if (secrets.includes(value)) return '***';
	return value.replace(/sha256:[\da-f]{12}$/, '***').replace(/; boundary=.*$/, '');
}

function shownPart({ name, filename, contentType, bytes, value }: RecordedPart) {
	if (filename === null) return { name, value };
	return { name, fileName: filename, mimeType: contentType, fileSize: bytes };
}

/** Finds the files inside of a JSON body by their bytes. */
function withFacts(value: unknown, files: ReadonlyMap<string, Buffer>): unknown {
	if (Array.isArray(value)) return value.map((each) => withFacts(each, files));
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value);
		return Object.fromEntries(entries.map(([key, each]) => [key, withFacts(each, files)]));
	}
	if (typeof value !== 'string') return value;
	const [, mimeType = 'image/png', base64 = value] = /^data:([^;]+);base64,(.*)$/.exec(value) ?? [];
	const found = [...files].find(([, bytes]) => bytes.toString('base64') === base64);
	if (!found) return value;
	const [fileName, bytes] = found;
	const sentAs = base64 === value ? 'base64' : 'dataUrl';
	return { fileName, mimeType, fileSize: bytes.length, sentAs };
}

/** Parallel requests arrive in any order. */
function inOrder(requests: readonly Comparable[]): Comparable[] {
	return requests.toSorted((a, b) => (JSON.stringify(a.body) < JSON.stringify(b.body) ? -1 : 1));
}
