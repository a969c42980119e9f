/** What a service that serves models of many makers calls some of them: `openai/gpt-image-2`. */
export function prefixed(
	prefix: string,
	models: readonly string[],
): Readonly<Record<string, string>> {
	return Object.fromEntries(models.map((model) => [model, `${prefix}${model}`]));
}
