import type { Operation } from '../models';
import type { Service, Variant } from './types';

/** The service as it is spoken to about one model. The same object for models without a variant. */
export function dialectFor(service: Service, modelId: string): Service {
	const variant = service.variants?.find((each) => each.for.test(modelId));
	if (!variant) return service;
	const dialects = DIALECTS.get(service) ?? new Map<Variant, Service>();
	DIALECTS.set(service, dialects);
	const { for: _, ...own } = variant;
	const dialect = dialects.get(variant) ?? { ...service, ...own };
	dialects.set(variant, dialect);
	return dialect;
}

/** Rows are narrowed once for each service, so each variant has one. */
const DIALECTS = new WeakMap<Service, Map<Variant, Service>>();

/**
 * The path of an endpoint, behind the base URL.
 *
 * @param prefix precedes it, see `ApiVersion`
 */
export function endpointPath(
	{ endpoints }: Service,
	operation: Operation,
	modelId: string,
	{ prefix = '', hasMask = false } = {},
): string {
	const { path: usual, maskPath = usual } = endpoints[operation];
	const path = hasMask ? maskPath : usual;
	const [, end = ''] = path.split('{+model}');
	// People also enter what a service calls the endpoint: `fal-ai/flux-2-pro/edit`.
	const id = end && modelId.endsWith(end) ? modelId.slice(0, -end.length) : modelId;
	return withModel(`${prefix}${path}`, id);
}

/** A path with the ID of a model for `{model}`, or for `{+model}`, where its slashes stay. */
export function withModel(path: string, modelId: string): string {
	const id = modelId.replace(/^models\//, '');
	const encode = (text: string) => encodeURIComponent(text);
	return path
		.replace('{model}', () => encode(id))
		.replace('{+model}', () => id.split('/').map(encode).join('/'));
}
