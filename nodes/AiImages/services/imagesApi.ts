import type { ParameterName } from '../models';
import type { Path } from './path';
import type { EmbeddedFile, Endpoint, Service } from './types';

export const SDK = 'https://www.npmjs.com/package/openai/v/7.57.0 (resources/images.d.ts)';

/** Parameters that the API nests (SDK). */
const NESTED_PATHS = {
	svgModel: 'svg.model',
	svgReasoningEffort: 'svg.reasoning.effort',
} as const satisfies { readonly [Name in ParameterName]?: Path };

/** All others have the API's name in snake case. */
const PARAMETER_PATHS = {
	prompt: 'prompt',
	n: 'n',
	size: 'size',
	quality: 'quality',
	background: 'background',
	outputFormat: 'output_format',
	outputCompression: 'output_compression',
	frameCount: 'frame_count',
	frameDurationMs: 'frame_duration_ms',
	...NESTED_PATHS,
	complexity: 'complexity',
	style: 'style',
	stream: 'stream',
	partialImages: 'partial_images',
	inputFidelity: 'input_fidelity',
	moderation: 'moderation',
	responseFormat: 'response_format',
	safetyIdentifier: 'safety_identifier',
	user: 'user',
	watermark: 'watermark',
} as const satisfies { readonly [Name in ParameterName]?: Path };

const ENDPOINTS = {
	generate: { path: '/images/generations', model: 'model', parameters: PARAMETER_PATHS },
	edit: {
		path: '/images/edits',
		model: 'model',
		parameters: PARAMETER_PATHS,
		// Every gateway takes a single `image`; several go to OpenAI only as `image[]`.
		form: { image: 'image', images: 'image[]', mask: 'mask', markup: 'markup' },
		content: ({ images, mask, markup }) => ({
			images: images.map(fileOf),
			...(mask ? { mask: fileOf(mask) } : {}),
			...(markup ? { markup: fileOf(markup) } : {}),
		}),
		files: {
			mask: true,
			markup: true,
			fileIds: true,
			links: true,
			// https://developers.openai.com/api/reference/resources/images/methods/edit.md
			maxUrlChars: 20_971_520,
		},
	},
} as const satisfies Service['endpoints'];

function fileOf({ url, fileId }: EmbeddedFile) {
	return fileId === undefined ? { image_url: url } : { file_id: fileId };
}

/** The same endpoint with further parameters. */
export function withParameters(endpoint: Endpoint, parameters: Endpoint['parameters']): Endpoint {
	return { ...endpoint, parameters: { ...endpoint.parameters, ...parameters } };
}

/** For accounts with several organizations or projects. */
export const ACCOUNT_HEADERS = {
	organization: 'OpenAI-Organization',
	project: 'OpenAI-Project',
} as const;

/** What OpenAI's Images API and all that imitate it have in common. */
export const IMAGES_API = {
	basePath: 'v1',
	auth: { header: 'Authorization', prefix: 'Bearer ' },
	endpoints: ENDPOINTS,
	modelList: {
		path: '/models',
		missing: [404, 405, 501],
		keylessHeaders: /^(openai-(organization|project)|api-version)$/i,
	},
	headers: {
		/**
		 * In this order: OpenAI and most others; Anthropic and APIs modelled on it; New API and One
		 * API; Azure, at its front door and behind it; DashScope; Volcengine; SiliconFlow
		 * (https://docs.siliconflow.cn/cn/api-reference/images/images-generations); fal; LiteLLM
		 * (https://docs.litellm.ai/docs/proxy/response_headers); Bedrock; OpenRouter; Kong; MiniMax;
		 * Z.ai; proxies; and Cloudflare, whose ID says least.
		 */
		requestId: [
			...['x-request-id', 'request-id', 'x-oneapi-request-id', 'apim-request-id'],
			...['x-ms-request-id', 'x-dashscope-request-id', 'x-tt-logid', 'x-siliconcloud-trace-id'],
			...['x-fal-request-id', 'x-litellm-call-id', 'x-amzn-requestid', 'x-generation-id'],
			...['x-kong-request-id', 'x-trace-id', 'trace-id', 'x-log-id', 'x-correlation-id'],
			...['x-vercel-id', 'cf-ray'],
		],
		shouldRetry: 'x-should-retry',
	},
	results: {
		list: 'data',
		base64: 'b64_json',
		url: 'url',
		/**
		 * `data` (OpenAI), `images` (SiliconFlow, fal), `output` (Replicate, DashScope), `artifacts`
		 * (Stability), `choices[].message` (chat completions), and what gateways make of them.
		 */
		containers: [
			...['data', 'images', 'image', 'output', 'outputs', 'result', 'results', 'response'],
			...['artifacts', 'generations', 'predictions', 'choices', 'message', 'image_urls', 'urls'],
		],
		links: [
			...['url', 'b64_json', 'image_url', 'imageUrl', 'image', 'image_urls', 'urls', 'uri', 'link'],
			...['download_url', 'output', 'result', 'images'],
		],
		/**
		 * xAI (https://docs.x.ai/developers/model-capabilities/images), Ideogram
		 * (https://developer.ideogram.ai/api-reference), and Stability, whose image is blurred
		 * (https://platform.stability.ai/docs/api-reference).
		 */
		withheld: {
			respect_moderation: false,
			is_image_safe: false,
			finishReason: 'CONTENT_FILTERED',
			finish_reason: 'CONTENT_FILTERED',
		},
		metadata: {
			created: 'created',
			createdAt: 'created_at',
			size: 'size',
			quality: 'quality',
			background: 'background',
			outputFormat: 'output_format',
			revisedPrompt: 'revised_prompt',
			// Not OpenAI's; some gateways report it.
			seed: 'seed',
			usage: 'usage',
			svgUsage: 'svg_usage',
		},
	},
	// https://www.npmjs.com/package/openai/v/7.57.0 (resources/images.d.ts, ImageGenStreamEvent)
	events: {
		preview: /partial_image/,
		previewIndex: 'partial_image_index',
		error: /(^error|[._]failed)$/,
		end: '[DONE]',
	},
	usage: {
		inputTokens: 'input_tokens',
		inputTextTokens: 'input_tokens_details.text_tokens',
		inputImageTokens: 'input_tokens_details.image_tokens',
		outputTokens: 'output_tokens',
		outputTextTokens: 'output_tokens_details.text_tokens',
		outputImageTokens: 'output_tokens_details.image_tokens',
		costs: [
			// OpenRouter: https://openrouter.ai/docs/use-cases/usage-accounting
			{ at: 'cost', perDollar: 1 },
			// DeepInfra
			{ at: 'estimated_cost', perDollar: 1 },
			// xAI: https://docs.x.ai/docs/guides/image-generations
			{ at: 'cost_in_usd_ticks', perDollar: 1e10 },
		],
	},
	// https://developers.openai.com/api/docs/guides/error-codes and, where no source is given, the
	// section on errors of https://developers.openai.com/api/docs/guides/image-generation
	errorCodes: {
		unsupportedParameter: ['unknown_parameter', 'invalid_input_fidelity_model'],
		unknownParameter: ['unknown_parameter', 'unsupported_parameter', 'unrecognized_parameter'],
		invalidValue: ['invalid_value'],
		// The others are Volcengine's, New API's, and LiteLLM's
		// (https://github.com/BerriAI/litellm/blob/main/litellm/proxy/_types.py, ProxyErrorTypes).
		model: [
			...['model_not_found', 'model_not_available', 'ModelNotOpen', 'model_price_error'],
			...['key_model_access_denied', 'team_model_access_denied', 'user_model_access_denied'],
			'org_model_access_denied',
		],
		inputImage: [
			...['invalid_image_file', 'unsupported_image_format', 'image_too_large', 'image_too_small'],
		],
		apiKey: [
			...['invalid_api_key', 'authentication_error'],
			// LiteLLM's
			...['auth_error', 'token_not_found_in_db', 'expired_key'],
		],
		deployment: [],
		overloaded: [],
	},
	// MiniMax: https://platform.minimax.io/docs/api-reference/errorcode
	statusByCode: {
		'base_resp 2013': 400,
		'base_resp 1002': 429,
		'base_resp 1004': 401,
		'base_resp 1008': 402,
		'base_resp 1039': 429,
		'base_resp 2049': 401,
	},
} as const satisfies Omit<
	Service,
	'displayName' | 'sentenceName' | 'sources' | 'recognizedBy' | 'baseUrl' | 'models'
>;
