/** The next step that a refusal has to lead to. */
export const ADVICE = {
	moderation: /safety system.*Change the prompt/,
	credit: /no credit left/,
	wait: /Wait a while/,
	key: /Check the API key/,
	rights: /key may not do this/,
	verify: /organization verified/,
	model: /does not have this model/,
	parameter: /does not know the parameter.*Remove it/,
	files: /Check the input images/,
	change: /Change what the message names/,
	address: /Endpoint not found: https:\/\/api\.example\.com\/v1\/images\/edits\. Check 'Base URL'/,
	redirect: /final address/,
	upload: /too large for this server/,
	gateway: /gateway stopped waiting/,
	firewall: /^A firewall in front of the API blocked.*nothing to do with your API key/,
	unreachable: /could not reach the API behind it/,
	https: /https:\/\/ instead of http:\/\/.*https:\/\/api\.example\.com/,
	endpoint: /^Not an endpoint of the Images API: https:\/\/api\.example\.com\/v1\/images\/edits\./,
	format: /'Send Images as JSON'/,
	query: /address is too long.*'Base URL'/,
	headers: /'Extra Headers'/,
	server: /server failed.*may have been billed/,
} as const;

export interface Expected {
	message: string | RegExp;
	code?: string;
	type?: string;
	param?: string;
	requestId?: string;
	advice: keyof typeof ADVICE;
}

/** Who responds with which status and body, and what the node makes of it. */
export type Refusal = [who: string, status: number, body: unknown, expected: Expected];

/** OpenAI's shape of an error. */
export const openAiError = (
	message: string,
	code: unknown,
	type = 'invalid_request_error',
	param?: string,
) => ({ error: { message, type, param: param ?? null, code } });
