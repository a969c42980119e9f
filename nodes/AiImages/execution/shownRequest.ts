import type { IDataObject } from 'n8n-workflow';
import { bodyOf } from '../request/body';
import { mimeTypeOf, type InputFile } from '../request/files/inputFile';
import { EmbeddedBytes } from '../request/jsonBody';
import { withCredential } from '../services/access';
import { maskedAccess } from '../services/maskedAccess';
import type { Service } from '../services/types';
import { httpOptions } from '../transport/send';
import { isRecord, mapTexts } from '../values/json';
import { pathOf, type Call } from './calls';
import { isUploaded } from './uploads';

/** A request as a preview shows it. */
export interface ShownRequest {
	readonly method: string;
	readonly url: string;
	/** Those that the node and the credential set. */
	readonly headers: Readonly<Record<string, string>>;
	/** JSON, or the parts of a form in their order; with facts in place of files. */
	readonly body: unknown;
}

/** The request of a call, from what sends it, with `***` in place of secrets. */
export function shownRequest(call: Call): ShownRequest {
	const { access } = call.item;
	const { redactError } = access.redactor;
	const { service, operation } = call.request;
	const { headers: own } = service.endpoints[operation];
	const body = bodyOf(call.request);
	const isForm = body.kind === 'form';
	const shown = isForm
		? body.parts.map(([name, value]) =>
				typeof value === 'string' ? { name, value } : { name, ...shownFile(value) },
			)
		: shownTree(body.tree, service);
	const {
		method = '',
		baseURL = '',
		url,
		qs,
		headers,
	} = withCredential(
		maskedAccess(access),
		httpOptions({
			path: redactError(pathOf(call)),
			headers: { ...(isForm ? {} : { 'Content-Type': 'application/json' }), ...own },
			timeout: call.request.settings.timeout,
		}),
	);
	const query = new URLSearchParams(qs as Record<string, string>).toString();
	return {
		method,
		url: `${baseURL}${url}${query && `?${query}`}`,
		headers: withoutRepeats([
			...Object.entries(headers as Record<string, string>),
			// n8n's request helper adds it, whatever the credential says, and the boundary.
			...(isForm ? [['Content-Type', 'multipart/form-data'] as const] : []),
		]),
		body: mapTexts(shown, redactError),
	};
}

/** As n8n's request helper sends headers whose names differ only in case: the last value wins. */
function withoutRepeats(
	headers: ReadonlyArray<readonly [name: string, value: string]>,
): Record<string, string> {
	const result: Record<string, string> = {};
	for (const [name, value] of headers) {
		const known = Object.keys(result).find((each) => each.toLowerCase() === name.toLowerCase());
		result[known ?? name] = value;
	}
	return result;
}

/** A JSON body in which files are told by what they are, and how they are sent. */
function shownTree(value: unknown, service: Service): unknown {
	if (value instanceof EmbeddedBytes) {
		const { file, prefix } = value;
		const inline = prefix ? 'dataUrl' : 'base64';
		return { ...shownFile(file), sentAs: isUploaded(file, service) ? 'url' : inline };
	}
	if (Array.isArray(value)) return value.map((each) => shownTree(each, service));
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [key, shownTree(each, service)]),
	);
}

function shownFile(file: InputFile): IDataObject {
	const { pendingUrl, fileName, bytes } = file;
	if (pendingUrl !== undefined) return { url: pendingUrl };
	return { fileName, mimeType: mimeTypeOf(file), fileSize: bytes };
}
