/** Whether nothing under a key is a result. */
export function isIgnoredKey(key: string): boolean {
	const name = key.toLowerCase();
	return ECHO_KEYS.includes(name) || SMALL_VERSION.test(name);
}

/** Keys under which APIs repeat parts of the request. */
const ECHO_KEYS = ['input', 'inputs', 'request', 'prompt', 'metadata'];

/** Keys of a small version of an image that is elsewhere in the response. */
const SMALL_VERSION = /thumb|blur|lqip/;
