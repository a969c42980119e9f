import { OPENAI_MODELS } from './makers/openai';
import type { ModelTable } from './types';

/**
 * One row per model, by its ID on its maker's API. The fields of the node, its checks and its
 * requests all follow from these rows, and the model dropdown keeps their order.
 */
export const MODELS = { ...OPENAI_MODELS } as const satisfies ModelTable;

/** An ID that has a row of its own. */
export type ModelId = keyof typeof MODELS;
