/** Longer than an ID of n8n's storage, and shorter than the smallest image. */
const BASE64 = /[A-Za-z0-9+/=_-]{100,}/g;

const DATA_URL = /data:[a-z]+\/[\w.+-]+[;,]/g;

/** What might be a file in a text, or in the JSON of a value: data URLs, and long Base64. */
export function base64In(value: unknown): string[] {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return [...text.matchAll(BASE64), ...text.matchAll(DATA_URL)].map(([match]) => match);
}
