import { ALIBABA_MODELS } from './makers/alibaba';
import { BLACK_FOREST_LABS_MODELS } from './makers/blackForestLabs';
import { BYTE_DANCE_MODELS } from './makers/byteDance';
import { GOOGLE_MODELS } from './makers/google';
import { IDEOGRAM_MODELS } from './makers/ideogram';
import { OPENAI_MODELS } from './makers/openai';
import { STABILITY_AI_MODELS } from './makers/stabilityAi';
import { XAI_MODELS } from './makers/xai';
import type { ModelTable } from './types';

/**
 * One row per model, by its ID on its maker's API. The fields of the node, its checks and its
 * requests all follow from these rows, and the model dropdown keeps their order.
 */
export const MODELS = {
	...OPENAI_MODELS,
	...GOOGLE_MODELS,
	...BLACK_FOREST_LABS_MODELS,
	...BYTE_DANCE_MODELS,
	...ALIBABA_MODELS,
	...XAI_MODELS,
	...IDEOGRAM_MODELS,
	...STABILITY_AI_MODELS,
} as const satisfies ModelTable;

/** An ID that has a row of its own. */
export type ModelId = keyof typeof MODELS;
