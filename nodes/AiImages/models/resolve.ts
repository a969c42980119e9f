import { MODELS } from './table';
import type { ModelRow, ModelTable } from './types';
import { UNVALIDATED_MODEL } from './unvalidated';

export interface ResolvedModel {
	readonly row: ModelRow;
	/** The ID of the row in the table; null if the table has none. */
	readonly knownAs: string | null;
}

/**
 * Finds the row of a model by its ID or one of its aliases, in any case, with a vendor before it,
 * and with a route, a snapshot date or a relay's suffix after it. Any other ID gets the unvalidated
 * row, so that new models work before the table knows them.
 */
export function resolveModel(id: string, table: ModelTable = MODELS): ResolvedModel {
	const ids = idsOf(table);
	let name = id.trim().toLowerCase();
	for (const affix of AFFIXES) {
		name = name.replace(affix, '');
		const knownAs = ids.get(name);
		if (knownAs !== undefined) return { row: table[knownAs] as ModelRow, knownAs };
	}
	return { row: UNVALIDATED_MODEL, knownAs: null };
}

/** The ID of a row by each of its names. A row's own ID goes before any alias. */
function idsOf(table: ModelTable): ReadonlyMap<string, string> {
	const known = IDS.get(table);
	if (known) return known;
	const rows = Object.entries(table);
	const ids = new Map([
		...rows.flatMap(([id, { aliases = [] }]) => aliases.map((alias) => [alias, id] as const)),
		...rows.map(([id]) => [id, id] as const),
	]);
	IDS.set(table, ids);
	return ids;
}

const IDS = new WeakMap<ModelTable, ReadonlyMap<string, string>>();

/** Matches IDs that most likely belong to image models, whoever serves them. */
export const IMAGE_WORDS =
	/image|banana|dall-?e|flux|diffusion|sdxl|sd3|imagen|seedream|recraft|ideogram|kontext|\b[ti]2i\b/i;

/** Added by routers, and by Google (`models/`): `openai/gpt-image-2`, `azure/openai/gpt-image-2`. */
const VENDOR_PREFIX = /^.*\//;

/** Added by routers: `gpt-image-2:free`, `gpt-image-2@eu`. */
const ROUTE_SUFFIX = /[:@].*$/;

/** Added by relays: https://docs.apiyi.com/en/api-capabilities/gpt-image-2/vs-gpt-image-2-6-all.md */
const RELAY_SUFFIX = /-(all|vip|official)$/;

/**
 * The date of a snapshot: `gpt-image-2-2026-04-21`, `gpt-image-2-20260421`; at Volcengine and
 * BytePlus `seedream-4-5-251128`.
 */
const SNAPSHOT_SUFFIX = /-(\d{4}-?\d{2}-?\d{2}|\d{6})$/;

/** ByteDance's names for its models, in China (Volcengine) and elsewhere (BytePlus). */
const BRAND_PREFIX = /^(doubao|dola)-(?=seedream-)/;

/** In the order in which they are taken off; the first one matches nothing. */
const AFFIXES = [/^$/, VENDOR_PREFIX, ROUTE_SUFFIX, RELAY_SUFFIX, SNAPSHOT_SUFFIX, BRAND_PREFIX];
