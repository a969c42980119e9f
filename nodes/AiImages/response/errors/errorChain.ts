import { asRecord, asText, type JsonRecord } from '../../values/json';
import { embeddedJson, parseIfJson } from './embeddedJson';
import { firstOf } from './firstOf';

/** Levels of an error. A gateway behind a gateway makes six. */
export const MAX_LEVELS = 8;

/** Keys of texts that can have the error of the provider behind a gateway. */
const TEXT_KEYS = ['message', 'error', 'detail', 'msg'];

/** A record and the errors nested in it, from the outermost to the innermost. */
export function errorChain(top: JsonRecord): JsonRecord[] {
	const chain = [top];
	for (let record: JsonRecord = top; chain.length <= MAX_LEVELS; chain.push(record)) {
		const { raw } = asRecord(record.metadata);
		const texts = TEXT_KEYS.flatMap((key) => asText(record[key]) ?? []);
		const embedded = firstOf(texts, (text) => embeddedJson(text)?.value);
		const upstream = raw === undefined ? embedded : parseIfJson(raw);
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
		// `errors` as a record: https://github.com/musistudio/claude-code-router/issues/901
		...[record.detail, record.errors].filter(isError),
	];
	return candidates.find((value) => (typeof value === 'object' && value !== null) || asText(value));
}

function isError(value: unknown): boolean {
	const record = asRecord(value);
	return ['message', 'msg', 'error', 'code'].some((key) => key in record);
}
