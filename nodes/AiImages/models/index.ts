export { nearestSize, parseRatio, RESOLUTIONS } from './aspectRatio';
export { outputTokensOf } from './outputTokens';
export { IMAGE_WORDS, resolveModel } from './resolve';
export { frameRule, parseSize, sizeError } from './sizes';
export { specOf } from './spec';
export { DEFAULT_MODEL, MODELS, type ModelId } from './table';
export type * from './types';
export { UNVALIDATED_MODEL } from './unvalidated';
