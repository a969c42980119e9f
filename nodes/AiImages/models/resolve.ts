import { MODELS, UNVALIDATED_MODEL } from './table';
import type { ModelRow } from './types';

/** The row for a model id, and the id under which it stands in the table (null = none). */
export interface ResolvedModel {
	readonly row: ModelRow;
	readonly knownAs: string | null;
}

/** `openai/gpt-image-2` and `azure/openai/gpt-image-2`: what routers put before an id. */
const VENDOR_PREFIX = /^.*\//;
/** `gpt-image-2:free`, `gpt-image-2@eu`: what routers put behind it. */
const ROUTE_SUFFIX = /[:@].*$/;
/** The day of a snapshot: `gpt-image-2-2026-04-21`, `gpt-image-2-20260421`. */
const SNAPSHOT_SUFFIX = /-\d{4}-?\d{2}-?\d{2}$/;
/** Routes of relays: https://docs.apiyi.com/en/api-capabilities/gpt-image-2/vs-gpt-image-2-6-all.md */
const RELAY_SUFFIX = /-(all|vip|official)$/;

/**
 * Finds the row of an id as people write it: with a vendor before it, with a snapshot's date or
 * a relay's suffix behind it, in any case. An id without a row gets the permissive one, so that
 * tomorrow's model works today.
 */
export function resolveModel(
	id: string,
	table: Readonly<Record<string, ModelRow>> = MODELS,
): ResolvedModel {
	let name = id.trim().toLowerCase();
	for (const affix of [/^$/, VENDOR_PREFIX, ROUTE_SUFFIX, RELAY_SUFFIX, SNAPSHOT_SUFFIX]) {
		name = name.replace(affix, '');
		if (Object.hasOwn(table, name)) return { row: table[name] as ModelRow, knownAs: name };
	}
	return { row: UNVALIDATED_MODEL, knownAs: null };
}

/** Ids that most likely make images, whoever serves them. */
export const IMAGE_WORDS =
	/image|dall-?e|flux|diffusion|sdxl|imagen|seedream|recraft|ideogram|kontext/i;
