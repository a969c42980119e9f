import { asRecord, asText, type JsonRecord } from '../../values/json';
import { embeddedJson, parseIfJson } from './embeddedJson';

/** Levels of an error. A gateway behind a gateway makes six. */
export const MAX_LEVELS = 8;

/** A record and the errors nested in it, from the outermost to the innermost. */
export function errorChain(top: JsonRecord): JsonRecord[] {
	const chain = [top];
	for (let record: JsonRecord = top; chain.length <= MAX_LEVELS; chain.push(record)) {
		const { raw } = asRecord(record.metadata);
		const text = asText(record.message) ?? asText(record.error) ?? '';
		const upstream = raw === undefined ? embeddedJson(text)?.value : parseIfJson(raw);
		const next = [nestedError(record), upstream, asRecord(upstream).error]
			.map((value) => asRecord(Array.isArray(value) ? value[0] : value))
			.find((candidate) => Object.keys(candidate).length > 0);
		if (!next) break;
		record = next;
	}
	return chain;
}

/** The error directly inside a record: an object, a list or a text. Undefined if there is none. */
export function nestedError(record: JsonRecord): unknown {
	const detail = asRecord(record.detail);
	const candidates = [
		record.error,
		record.Error,
		record.fault,
		record.base_resp,
		asRecord(record.data).error,
		asRecord(record.response).error,
		// Tencent: https://cloud.tencent.com/document/api/1729/101843
		asRecord(record.Response).Error,
		record.innererror,
		...(['message', 'msg', 'error', 'code'].some((key) => key in detail) ? [detail] : []),
	];
	return candidates.find((value) => (typeof value === 'object' && value !== null) || asText(value));
}
