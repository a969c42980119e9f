/** The next step that a refusal has to lead to. */
export const ADVICE = {
	moderation: /safety system.*Edit the prompt/,
	credit: /no credit left/,
	wait: /^Rate limit exceeded\. Try again later/,
	key: /Check that the API key/,
	rights: /API key lacks permission/,
	verify: /organization must be verified/,
	model: /doesn't offer this model/,
	parameter: /doesn't support this parameter.*Remove it/,
	files: /Check the input images/,
	change: /Fix the value named in the message/,
	address: /Endpoint not found: https:\/\/api\.example\.com\/v1\/images\/edits\. Check 'Base URL'/,
	redirect: /final URL/,
	upload: /too large for the API/,
	gateway: /^Gateway timeout/,
	firewall: /^A firewall in front of the API blocked the request; your API key isn't the cause/,
	unreachable: /couldn't reach the API behind it/,
	https: /https:\/\/ instead of http:\/\/.*https:\/\/api\.example\.com/,
	endpoint: /^Not an endpoint of the Images API: https:\/\/api\.example\.com\/v1\/images\/edits\./,
	format: /'Send Images as JSON'/,
	query: /URL is too long.*'Base URL'/,
	headers: /'Extra Headers'/,
	server: /couldn't process the request.*might have been generated and billed/,
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
