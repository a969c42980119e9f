export { nearestSize, parseRatio, RESOLUTIONS } from './aspectRatio';
export { DEFAULT_FAMILY, FAMILIES, OTHER_FAMILY, type FamilyId } from './families';
export { outputTokensOf } from './outputTokens';
export { IMAGE_WORDS, resolveModel } from './resolve';
export { frameRule, parseSize, sizeError, type Edges } from './sizes';
export { specOf } from './spec';
export { MODELS, type ModelId } from './table';
export type * from './types';
export { uncheckedRow, UNVALIDATED_MODEL } from './unvalidated';
