/** Whether nothing under a key is a result. */
export function isIgnoredKey(key: string): boolean {
	const name = key.toLowerCase();
	return (
		ECHO_KEYS.includes(name) ||
		SMALL_VERSION.test(name) ||
		SOURCE.test(name) ||
		THOUGHT.test(name) ||
		isOpaqueKey(key)
	);
}

/**
 * Whether the value of a key means something to the API alone: the signatures of Gemini's thoughts
 * (https://ai.google.dev/gemini-api/docs/thought-signatures), which can be longer than the image.
 */
export function isOpaqueKey(key: string): boolean {
	return /^thought_?signature$/i.test(key);
}

/** Keys under which APIs repeat parts of the request. */
const ECHO_KEYS = ['input', 'inputs', 'request', 'prompt', 'metadata'];

/**
 * Keys of what the model looked at: Google's search (https://ai.google.dev/api/generate-content),
 * and the citations of chat models (https://platform.openai.com/docs/api-reference/chat/object).
 */
const SOURCE =
	/^(?:grounding|citation|url_?context|annotation|search_?(?:result|entry)|web_?search)/;

/**
 * Keys of what a model thought, drafts among it: OpenRouter
 * (https://openrouter.ai/docs/guides/best-practices/reasoning-tokens) and those that imitate DeepSeek.
 */
const THOUGHT = /^(?:reasoning|thinking)(?:_|$)/;

/** Keys of a small version of an image that is elsewhere in the response. */
const SMALL_VERSION = /thumb|blur|lqip/;
