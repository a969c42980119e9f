import { MODELS } from './table';
import type { ModelRow, ModelTable } from './types';
import { UNVALIDATED_MODEL } from './unvalidated';

export interface ResolvedModel {
	readonly row: ModelRow;
	/** The ID of the row in the table; null if the table has none. */
	readonly knownAs: string | null;
}

/**
 * Finds the row of a model ID in any case, with a vendor before it, and with a route, a snapshot
 * date or a relay's suffix after it. Any other ID gets the unvalidated row, so that new models
 * work before the table knows them.
 */
export function resolveModel(id: string, table: ModelTable = MODELS): ResolvedModel {
	let name = id.trim().toLowerCase();
	for (const affix of [/^$/, VENDOR_PREFIX, ROUTE_SUFFIX, RELAY_SUFFIX, SNAPSHOT_SUFFIX]) {
		name = name.replace(affix, '');
		if (Object.hasOwn(table, name)) return { row: table[name] as ModelRow, knownAs: name };
	}
	return { row: UNVALIDATED_MODEL, knownAs: null };
}

/** Matches IDs that most likely belong to image models, whoever serves them. */
export const IMAGE_WORDS =
	/image|dall-?e|flux|diffusion|sdxl|imagen|seedream|recraft|ideogram|kontext/i;

/** Added by routers: `openai/gpt-image-2`, `azure/openai/gpt-image-2`. */
const VENDOR_PREFIX = /^.*\//;

/** Added by routers: `gpt-image-2:free`, `gpt-image-2@eu`. */
const ROUTE_SUFFIX = /[:@].*$/;

/** Added by relays: https://docs.apiyi.com/en/api-capabilities/gpt-image-2/vs-gpt-image-2-6-all.md */
const RELAY_SUFFIX = /-(all|vip|official)$/;

/** The date of a snapshot: `gpt-image-2-2026-04-21`, `gpt-image-2-20260421`. */
const SNAPSHOT_SUFFIX = /-\d{4}-?\d{2}-?\d{2}$/;
