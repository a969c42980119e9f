import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './apiError.ts';

/** Throws 401 unless the key is sent as `Authorization: Bearer …` or as `api-key` (Azure's header). */
export function authorize(headers: IncomingHttpHeaders, apiKey: string | undefined): void {
	if (apiKey === undefined) return;
	const bearer = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1];
	const given = bearer ?? headers['api-key']?.toString();
	if (given === undefined) {
		throw new ApiError(
			401,
			"You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
			null,
		);
	}
	if (equal(given, apiKey)) return;
	throw new ApiError(
		401,
		`Incorrect API key provided: ${mask(given)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
		'invalid_api_key',
	);
}

/** The API shows the ends of long keys; short ones are hidden whole. */
function mask(key: string): string {
	return key.length < 16 ? '********' : `${key.slice(0, 3)}********${key.slice(-4)}`;
}

function equal(given: string, expected: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
