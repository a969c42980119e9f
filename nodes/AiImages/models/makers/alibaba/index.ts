import type { ModelRow } from '../../types';
import { QWEN_MODELS } from './qwen';
import { OPEN_WEIGHT_MODELS } from './openWeights';
import { WAN_MODELS } from './wan';
import { Z_IMAGE_MODELS } from './zImage';

/** Alibaba's models by their ID on DashScope, by family, newest and best first. */
export const ALIBABA_MODELS = {
	...QWEN_MODELS,
	...OPEN_WEIGHT_MODELS,
	...WAN_MODELS,
	...Z_IMAGE_MODELS,
} as const satisfies Record<string, ModelRow>;
