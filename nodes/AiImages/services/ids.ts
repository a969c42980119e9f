import type { Service } from './types';

/** What a service that serves models of many makers calls some of them: `openai/gpt-image-2`. */
export function prefixed(
	prefix: string,
	models: readonly string[],
): Readonly<Record<string, string>> {
	return Object.fromEntries(models.map((model) => [model, `${prefix}${model}`]));
}

/** What a service calls a model; an ID that it has no other name for stays as it is. */
export function idAt({ models }: Pick<Service, 'models'>, id: string): string {
	return (models && Object.hasOwn(models, id) && models[id]) || id;
}
