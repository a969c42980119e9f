import { asRecord, asText, type JsonRecord } from '../values/json';
import { isNoError } from '../response/errors/isNoError';

/**
 * The ids in a list of models; null = the value is no such list. Forms seen: OpenAI
 * `{object: "list", data: [{id}]}`, a bare array (https://docs.together.ai/reference/models-1), texts
 * in place of objects, `{models: [{name}]}` (Ollama, and Google, where the name begins with
 * `models/`), the list inside `data`, and models by their ids or by channels.
 */
export function modelIdsOf(value: unknown): string[] | null {
	const entries = entriesIn(value);
	const ids = (entries ?? []).flatMap((entry) => idOf(entry) ?? []);
	if (!entries || (ids.length === 0 && (entries.length > 0 || isError(asRecord(value)))))
		return null;
	return [...new Set(ids)];
}

function isError({ success, error }: JsonRecord): boolean {
	return success === false || !isNoError(error);
}

const LISTS = ['data', 'models', 'items', 'list', 'results', 'result', 'model_list'];

/** Levels of objects around a list; two have been seen. */
const MAX_DEPTH = 4;

function entriesIn(value: unknown, depth = 0): readonly unknown[] | null {
	if (Array.isArray(value)) return value as unknown[];
	if (depth === MAX_DEPTH || typeof value !== 'object') return null;
	const record = asRecord(value);
	for (const name of LISTS) {
		const entries = entriesIn(record[name], depth + 1) ?? byKey(asRecord(record[name]));
		if (entries) return entries;
	}
	// A server without models may have no list either.
	return record.object === 'list' && record.data === null ? [] : null;
}

const NO_IDS = [...LISTS, 'error', 'errors', 'detail', 'meta', 'page', 'pagination'];

/** `{"flux-1": {…}}`, or `{"1": ["flux-1", …]}` */
function byKey(models: Readonly<Record<string, unknown>>): unknown[] | null {
	if (asText(models.id)) return [models];
	const entries = Object.entries(models);
	const isMap = entries.every(
		([id, model]) => typeof model === 'object' && model !== null && !NO_IDS.includes(id),
	);
	if (!isMap || entries.length === 0) return null;
	return entries.flatMap(([id, model]) =>
		Array.isArray(model) ? model : { id, ...asRecord(model) },
	);
}

function idOf(model: unknown): string | undefined {
	const record = asRecord(model);
	const text = asText(model) ?? IDS.map((name) => asText(record[name])).find(Boolean);
	return text?.trim().replace(/^models\//, '');
}

const IDS = ['id', 'modelId', 'model_id', 'model_name', 'name', 'model', 'slug'];
