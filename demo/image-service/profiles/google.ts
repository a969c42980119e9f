import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { jsonChunks, jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { InputImage, Picture } from '../imageRequest.ts';
import { googleModels } from './googleModels.ts';
import type { GoogleModel } from './googleModels.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

const API = 'https://ai.google.dev/api/generate-content';
const GUIDE = 'https://ai.google.dev/gemini-api/docs/image-generation';
const DEPRECATIONS = 'https://ai.google.dev/gemini-api/docs/deprecations';
const THINKING = 'https://ai.google.dev/gemini-api/docs/thinking';
const SDK = 'https://www.npmjs.com/package/@google/genai/v/3.3.0 (dist/genai.d.ts)';

const inlineData = z.strictObject({ mimeType: z.string(), data: z.string() });

/** A part that a user can send, and the names that the API takes for it in snake case, too (API). */
const part = z.union([
	z.strictObject({ text: z.string() }),
	z.strictObject({ inlineData }),
	z.strictObject({
		fileData: z.strictObject({ mimeType: z.string().optional(), fileUri: z.string() }),
	}),
]);

const imageConfig = z.strictObject({
	aspectRatio: z.string().optional(),
	imageSize: z.string().optional(),
});

const generationConfig = z.strictObject({
	responseModalities: z.array(z.enum(['TEXT', 'IMAGE', 'AUDIO'])).optional(),
	imageConfig: imageConfig.optional(),
	thinkingConfig: z
		.strictObject({
			// Documents and clients spell it both ways (THINKING, SDK).
			thinkingLevel: z
				.string()
				.transform((level) => level.toUpperCase())
				.pipe(z.enum(['MINIMAL', 'LOW', 'MEDIUM', 'HIGH']))
				.optional(),
			includeThoughts: z.boolean().optional(),
			thinkingBudget: z.number().int().optional(),
		})
		.optional(),
	seed: z.number().int().min(-2_147_483_648).max(2_147_483_647).optional(),
	temperature: z.number().min(0).max(2).optional(),
	topP: z.number().optional(),
	topK: z.number().int().optional(),
	candidateCount: z.literal(1).optional(),
	maxOutputTokens: z.number().int().optional(),
	stopSequences: z.array(z.string()).optional(),
});

const content = z.strictObject({
	role: z.enum(['user', 'model']).optional(),
	parts: z.array(part).min(1),
});

/** https://ai.google.dev/api/generate-content#request-body, and what images use of it. */
const body = z.strictObject({
	contents: z.array(content).min(1),
	systemInstruction: content.optional(),
	safetySettings: z
		.array(z.strictObject({ category: z.string(), threshold: z.string() }))
		.optional(),
	tools: z.array(z.strictObject({ googleSearch: z.object({}).passthrough() })).optional(),
	generationConfig: generationConfig.optional(),
});

type Body = z.output<typeof body>;

/** Bytes of the signature on an image part: as long as some that were seen. */
const signatureBytes = 300_000;

/**
 * The Gemini API, and Vertex AI in express mode, whose bodies are the same.
 *
 * Some words in a prompt make it refuse with status 200, as the service does: `refuse: SAFETY` blocks
 * the prompt for that reason, `finish: IMAGE_SAFETY` ends the candidate with that reason, and
 * `words only` answers with a text instead of an image.
 */
export const google: Profile = {
	name: 'google',
	sources: [API, GUIDE, DEPRECATIONS, THINKING, SDK],
	keyOf: (headers) => headers['x-goog-api-key']?.toString(),
	unauthorized: (hasKey) =>
		hasKey
			? refusal(400, 'API key not valid. Please pass a valid API key.', 'INVALID_ARGUMENT', [
					{
						'@type': 'type.googleapis.com/google.rpc.ErrorInfo',
						reason: 'API_KEY_INVALID',
						domain: 'googleapis.com',
					},
				])
			: refusal(
					403,
					"Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
					'PERMISSION_DENIED',
				),
	notFound: (method, path) => refusal(404, `${method} ${path} was not found.`, 'NOT_FOUND'),
	failure: (status) =>
		refusal(status, `The request failed with status ${status}.`, statusNames[status] ?? 'INTERNAL'),
	routes: [
		...['/v1beta/models', '/v1/models', '/v1/publishers/google/models'].map((models) => ({
			method: 'POST' as const,
			pattern: new RegExp(`^${models}/([^/:]+):(generateContent|streamGenerateContent)$`),
			accepts: ['json' as const],
			respond: generate,
		})),
		{
			method: 'GET',
			pattern: /^\/v1(?:beta)?\/models$/,
			respond: ({ query }) => listModels(Number(query.get('pageSize') ?? 50)),
		},
	],
};

/** https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const statusNames: Readonly<Record<number, string>> = {
	400: 'INVALID_ARGUMENT',
	401: 'UNAUTHENTICATED',
	403: 'PERMISSION_DENIED',
	404: 'NOT_FOUND',
	409: 'ABORTED',
	415: 'INVALID_ARGUMENT',
	429: 'RESOURCE_EXHAUSTED',
	500: 'INTERNAL',
	503: 'UNAVAILABLE',
	504: 'DEADLINE_EXCEEDED',
};

function refusal(
	code: number,
	message: string,
	status: string,
	details?: readonly object[],
): Refusal {
	return new Refusal(code, { error: { code, message, status, ...(details ? { details } : {}) } });
}

function invalid(message: string): Refusal {
	return refusal(400, message, 'INVALID_ARGUMENT');
}

/** The API's words for an unknown name, and for anything else. */
function refuseField(path: string, problem: string): Refusal {
	const keys = path.split('.');
	const place = keys
		.slice(0, -1)
		.join('.')
		.replace(/\.(\d+)/g, '[$1]');
	const where = place ? ` at '${place}'` : '';
	return /unrecognized/i.test(problem)
		? invalid(
				`Invalid JSON payload received. Unknown name "${keys.at(-1)}"${where}: Cannot find field.`,
			)
		: invalid(`Invalid value at '${path}': ${problem}`);
}

function listModels(pageSize: number): ApiResponse {
	const models = Object.entries(googleModels).map(([id, { displayName }]) => ({
		name: `models/${id}`,
		displayName,
		supportedGenerationMethods: ['generateContent', 'countTokens'],
	}));
	const others = [
		{
			name: 'models/gemini-3.1-pro',
			displayName: 'Gemini 3.1 Pro',
			supportedGenerationMethods: ['generateContent'],
		},
	];
	const page = [...models, ...others].slice(0, pageSize);
	const rest = page.length < models.length + others.length ? { nextPageToken: 'next' } : {};
	return jsonResponse(200, { models: page, ...rest });
}

async function generate(call: ProfileCall): Promise<ApiResponse> {
	const [id = '', method = ''] = call.captured;
	const model = googleModels[decodeURIComponent(id)];
	if (!model) {
		throw refusal(
			404,
			`models/${id} is not found for API version v1beta, or is not supported for ${method}. Call ListModels to see the list of available models and their supported methods.`,
			'NOT_FOUND',
		);
	}
	const fields = checkFields(body, call.body, refuseField);
	const { width, height } = checkConfig(fields, id, model);
	const prompt = textOf(fields);
	if (!prompt) throw invalid('Unable to submit request because it must have a text parameter.');
	const inputs = await readInputs(call, fields);
	const operation = inputs.length > 0 ? 'edit' : 'generate';
	await call.accept({ operation, prompt, images: 1 });
	const refused = refusalIn(prompt);
	if (refused) return answer(call, [{ ...refused, ...common(id) }], 0);
	const { base64 } = await call.painter.draw({
		...{ model: id, prompt, width, height, inputs },
		format: 'png',
		seed: fields.generationConfig?.seed,
	});
	const thoughts = fields.generationConfig?.thinkingConfig?.includeThoughts
		? await thoughtsOf(call, { id, prompt, inputs })
		: [];
	return answer(call, [...thoughts, finished(id, base64, inputs.length)], 1);
}

/** The limits of a model, and its pixels for what is asked. */
function checkConfig(
	{ generationConfig = {} }: Body,
	id: string,
	{ ratios, sizes, thinking }: GoogleModel,
): { width: number; height: number } {
	const { imageConfig: image = {}, thinkingConfig, responseModalities } = generationConfig;
	const { aspectRatio, imageSize } = image;
	if (responseModalities?.includes('AUDIO')) {
		throw invalid(
			`The requested combination of response modalities is not supported by the model. models/${id} accepts the following combination of response modalities: IMAGE, TEXT`,
		);
	}
	if (aspectRatio !== undefined && !(aspectRatio in ratios)) {
		throw invalid(
			`aspect_ratio must be one of ${Object.keys(ratios)
				.map((ratio) => `'${ratio}'`)
				.join(', ')}`,
		);
	}
	if (imageSize !== undefined && !(imageSize in sizes)) {
		const allowed = Object.keys(sizes).join(', ');
		throw invalid(
			allowed
				? `image_size must be one of ${allowed}`
				: 'image_size is not supported for this model.',
		);
	}
	const level = thinkingConfig?.thinkingLevel;
	if (level !== undefined && !thinking.includes(level)) {
		throw invalid(`Thinking level ${level} is not supported for this model.`);
	}
	const [width, height] = ratios[aspectRatio ?? '1:1'] as readonly [number, number];
	const times = sizes[imageSize ?? '1K'] ?? 1;
	return { width: width * times, height: height * times };
}

function textOf({ contents }: Body): string {
	return contents
		.flatMap(({ parts }) => parts.flatMap((each) => ('text' in each ? each.text : [])))
		.join('\n');
}

/** Images of one turn, up to 14 (GUIDE). */
async function readInputs(call: ProfileCall, { contents }: Body): Promise<InputImage[]> {
	const files = contents.flatMap(({ parts }) =>
		parts.flatMap((each) => ('inlineData' in each ? each.inlineData : [])),
	);
	if (files.length > 14)
		throw invalid('Too many images in the request. The maximum number of images is 14.');
	const inputs: InputImage[] = [];
	for (const { mimeType, data } of files) {
		if (!/^image\/(?:png|jpeg|webp|heic|heif)$/.test(mimeType)) {
			throw invalid(`Unsupported MIME type: ${mimeType}`);
		}
		if (!/^[\w+/]+={0,2}$/.test(data)) {
			throw invalid(
				"Invalid value at 'contents[0].parts[1].inline_data.data' (TYPE_BYTES), Base64 decoding failed",
			);
		}
		const bytes = Buffer.from(data, 'base64');
		const input = await call.painter.decode(bytes, ['png', 'jpeg', 'webp']);
		if (!input) throw invalid('Provided image is not valid.');
		inputs.push(input);
	}
	return inputs;
}

/** The refusals in a 200 (API, `BlockReason` and `FinishReason`). */
function refusalIn(prompt: string): object | undefined {
	const blockReason = /refuse: ([A-Z_]+)/.exec(prompt)?.[1];
	if (blockReason) return { promptFeedback: { blockReason } };
	const finishReason = /finish: ([A-Z_]+)/.exec(prompt)?.[1];
	if (finishReason) {
		const finishMessage = 'Unable to show the generated image.';
		return { candidates: [{ content: {}, finishReason, finishMessage, index: 0 }] };
	}
	if (!prompt.includes('words only')) return undefined;
	const parts = [{ text: 'I can only describe this picture.' }];
	return { candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0 }] };
}

/** Drafts come before the result, marked behind their data. */
async function thoughtsOf(
	call: ProfileCall,
	{ id, prompt, inputs }: { id: string; prompt: string; inputs: InputImage[] },
): Promise<object[]> {
	const draft = { model: id, prompt: `Draft: ${prompt}`, width: 512, height: 512, inputs };
	const { base64 } = await call.painter.draw({ ...draft, format: 'png' });
	const parts = [
		{ text: 'A first draft of the picture.', thought: true },
		{ inlineData: { mimeType: 'image/png', data: base64 }, thought: true },
	];
	return [{ candidates: [{ content: { parts, role: 'model' }, index: 0 }], ...common(id) }];
}

function finished(id: string, data: Picture['base64'], inputs: number): object {
	const parts = [
		{
			inlineData: { mimeType: 'image/png', data },
			thoughtSignature: randomBytes(signatureBytes).toString('base64'),
		},
	];
	const image = 1120;
	const images = inputs * 560;
	return {
		candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0 }],
		usageMetadata: {
			promptTokenCount: 10 + images,
			candidatesTokenCount: image,
			totalTokenCount: 10 + images + image,
			promptTokensDetails: [
				{ modality: 'TEXT', tokenCount: 10 },
				...(images > 0 ? [{ modality: 'IMAGE', tokenCount: images }] : []),
			],
			candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: image }],
		},
		...common(id),
	};
}

function common(modelVersion: string) {
	return { modelVersion, responseId: randomBytes(12).toString('base64url') };
}

/** As events, or as one response with the parts of all. */
function answer({ captured, query }: ProfileCall, pieces: object[], images: number): ApiResponse {
	if (captured[1] === 'streamGenerateContent' && query.get('alt') === 'sse') {
		const body = pieces.flatMap((piece) => [
			Buffer.from('data: '),
			...jsonChunks(piece),
			Buffer.from('\r\n\r\n'),
		]);
		return { status: 200, headers: { 'content-type': 'text/event-stream' }, body, images };
	}
	const last = pieces.at(-1) as { candidates?: Array<{ content: { parts?: object[] } }> };
	const parts = pieces.flatMap(
		(piece) => (piece as typeof last).candidates?.[0]?.content.parts ?? [],
	);
	if (last.candidates?.[0] && parts.length > 0) last.candidates[0].content.parts = parts;
	return jsonResponse(200, last, images);
}
