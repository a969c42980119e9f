/**
 * Where providers name a response, the most telling first: OpenAI and most others; Anthropic and
 * what is made after it; New API and One API; Azure, at its front door and behind it; DashScope;
 * Volcengine; SiliconFlow (https://docs.siliconflow.cn/cn/api-reference/images/images-generations);
 * fal; LiteLLM (https://docs.litellm.ai/docs/proxy/response_headers); Bedrock;
 * OpenRouter; Kong; MiniMax; Z.ai; what stands before others; and Cloudflare's
 * name for what went through it, whoever answered.
 */
const HEADERS: readonly string[] = [
	'x-request-id',
	'request-id',
	'x-oneapi-request-id',
	'apim-request-id',
	'x-ms-request-id',
	'x-dashscope-request-id',
	'x-tt-logid',
	'x-siliconcloud-trace-id',
	'x-fal-request-id',
	'x-litellm-call-id',
	'x-amzn-requestid',
	'x-generation-id',
	'x-kong-request-id',
	'x-trace-id',
	'trace-id',
	'x-log-id',
	'x-correlation-id',
	'x-vercel-id',
	'cf-ray',
];

/** How the provider names a response, or an empty text. */
export function requestIdOf(header: (name: string) => string): string {
	for (const name of HEADERS) {
		const id = header(name).trim();
		if (id) return id;
	}
	return '';
}
