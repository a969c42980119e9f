import { asRecord } from '../values/json';
import { IMAGES_API } from './imagesApi';
import type { Content, Endpoint, Service } from './types';

const API = 'https://ai.google.dev/api/generate-content';
const GUIDE = 'https://ai.google.dev/gemini-api/docs/image-generation';
const SDK = 'https://www.npmjs.com/package/@google/genai/v/3.3.0 (dist/genai.d.ts)';

/** One message with the prompt, and behind it the images in their order (GUIDE). */
function message({ prompt, images }: Content) {
	const parts = images.map(({ base64, mimeType }) => ({ inlineData: { mimeType, data: base64 } }));
	return { contents: [{ role: 'user', parts: [{ text: prompt }, ...parts] }] };
}

const ENDPOINT = {
	path: '/models/{model}:generateContent',
	model: null,
	fixed: { generationConfig: { responseModalities: ['IMAGE'] } },
	content: message,
	parameters: {
		aspectRatio: 'generationConfig.imageConfig.aspectRatio',
		resolution: 'generationConfig.imageConfig.imageSize',
		seed: 'generationConfig.seed',
		thinkingLevel: {
			at: 'generationConfig.thinkingConfig.thinkingLevel',
			words: { minimal: 'MINIMAL', low: 'LOW', medium: 'MEDIUM', high: 'HIGH' },
		},
	},
} as const satisfies Endpoint;

/** The Gemini API, and Vertex AI with an API key (express mode), whose requests are the same. */
export const GOOGLE = {
	...IMAGES_API,
	displayName: 'Google Gemini',
	sentenceName: 'Google Gemini',
	sources: [API, GUIDE, SDK, 'https://ai.google.dev/gemini-api/docs/thought-signatures'],
	keyPage: 'https://aistudio.google.com/apikey',
	// Below `/openai`, Google speaks OpenAI's API.
	recognizedBy: /^(?:generativelanguage|aiplatform)\.googleapis\.com\/(?!.*\/openai)/,
	baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
	basePath: 'v1beta',
	// https://docs.cloud.google.com/vertex-ai/generative-ai/docs/start/express-mode/overview
	basePaths: { 'aiplatform.googleapis.com': 'v1/publishers/google' },
	auth: { header: 'x-goog-api-key' },
	maker: 'google',
	models: {},
	modelList: { ...IMAGES_API.modelList, path: '/models?pageSize=1000', test: '/models?pageSize=1' },
	endpoints: { generate: ENDPOINT, edit: ENDPOINT },
	// 7 MB for each image in a request:
	// https://docs.cloud.google.com/vertex-ai/generative-ai/docs/models/gemini/3-pro-image
	limits: { inputImageBytes: 7_000_000 },
	results: {
		...IMAGES_API.results,
		list: 'candidates',
		base64: 'inlineData.data',
		url: 'fileData.fileUri',
		containers: ['candidates', 'content', 'parts', ...IMAGES_API.results.containers],
		// Drafts, which are not delivered (SDK, `Part.thought`).
		skips: ({ thought }) => thought === true,
		metadata: { ...IMAGES_API.results.metadata, usage: 'usageMetadata' },
	},
	usage: {
		inputTokens: 'promptTokenCount',
		inputTextTokens: tokensOf('promptTokensDetails', 'TEXT'),
		inputImageTokens: tokensOf('promptTokensDetails', 'IMAGE'),
		outputTokens,
		outputTextTokens: textTokens,
		outputImageTokens: tokensOf('candidatesTokensDetails', 'IMAGE'),
		costs: [],
	},
	errorCodes: {
		...IMAGES_API.errorCodes,
		apiKey: [...IMAGES_API.errorCodes.apiKey, 'API_KEY_INVALID'],
		// "You won't be charged" for requests that fail (https://ai.google.dev/gemini-api/docs/billing).
		overloaded: ['UNAVAILABLE'],
	},
} as const satisfies Service;

/** Tokens of one kind (SDK, `ModalityTokenCount`). */
function tokensOf(list: string, kind: string) {
	return (usage: unknown): unknown => {
		const counts = asRecord(usage)[list];
		if (!Array.isArray(counts)) return undefined;
		const found = counts.map(asRecord).find(({ modality }) => modality === kind);
		return found ? found.tokenCount : 0;
	};
}

/** Thoughts are billed as output (https://ai.google.dev/gemini-api/docs/pricing). */
function outputTokens(usage: unknown): unknown {
	const { candidatesTokenCount, thoughtsTokenCount = 0 } = asRecord(usage);
	return Number(candidatesTokenCount) + Number(thoughtsTokenCount);
}

function textTokens(usage: unknown): unknown {
	const { candidatesTokensDetails } = asRecord(usage);
	if (!Array.isArray(candidatesTokensDetails)) return undefined;
	const images = Number(tokensOf('candidatesTokensDetails', 'IMAGE')(usage));
	return Number(outputTokens(usage)) - images;
}
