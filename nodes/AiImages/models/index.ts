export { nearestSize, parseRatio, RESOLUTIONS, type Resolution } from './aspectRatio';
export { frameRule } from './animation';
export { IMAGE_WORDS, resolveModel, type ResolvedModel } from './resolve';
export { sizeError } from './size';
export { specOf } from './spec';
export { DEFAULT_MODEL, MODELS, UNVALIDATED_MODEL, type ModelId } from './table';
export type * from './types';
