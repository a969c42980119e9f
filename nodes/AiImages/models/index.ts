export { resolveModel, type ResolvedModel } from './resolve';
export { refuseSize } from './size';
export { DEFAULT_MODEL, MODELS, PERMISSIVE_ROW, type ModelId } from './table';
export type * from './types';
