export { nearestSize, parseRatio, RESOLUTIONS, type Resolution } from './aspectRatio';
export { frameRule } from './animation';
export { IMAGE_WORDS, resolveModel, type ResolvedModel } from './resolve';
export { refuseSize } from './size';
export { specOf } from './specOf';
export { DEFAULT_MODEL, MODELS, PERMISSIVE_ROW, type ModelId } from './table';
export type * from './types';
