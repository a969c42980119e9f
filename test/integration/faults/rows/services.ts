import { json, raw } from '../../../helpers/imagesApi';
import { picture } from '../../../helpers/pictures';
import { delivers, free, ID, JSON_TYPE, makes, refuses } from '../responders';
import { behind, BOTH, GENERATE, images, INTACT, missing, NEXT, unbilled } from '../outcomes';
import type { Expected, FailedDetails, Row, RowService, Topic } from '../row';
import type { Call, Responder } from '../servers';

const GOOGLE: RowService = { id: 'google', family: 'gemini', model: 'gemini-3-pro-image' };
const XAI: RowService = { id: 'xai', family: 'grok-imagine', model: 'grok-imagine-image-2.0' };
const CHAT: RowService = { id: 'chat', family: 'gemini', model: 'gemini-3-pro-image' };

const FACTS = { status: 200, requestId: 'req_42' };
const BREAKS_OFF = 'The response was truncated or is invalid JSON';

const row = (
	service: RowService,
	name: string,
	server: Row['server'],
	expected: Expected,
	more: Partial<Row> = {},
): Row => ({ name, service, operations: GENERATE, server, expected, ...more });

/** A response with status 200 that delivers nothing. */
const refusedRow = (
	service: RowService,
	name: string,
	body: object | ((photo: string) => object),
	message: string,
	advice: string,
	more: FailedDetails = {},
): Row =>
	row(
		service,
		name,
		[(call) => json(typeof body === 'function' ? body(photoFor(call)) : body, 200, ID), delivers],
		unbilled(message, advice, { ...FACTS, ...more }),
		{ operations: BOTH },
	);

/** https://ai.google.dev/api/generate-content#GenerateContentResponse */
const geminiBody = (parts: readonly object[], more: object = {}) => ({
	candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0, ...more }],
});
const inline = (image: Buffer | undefined) => ({
	inlineData: { mimeType: 'image/png', data: image?.toString('base64') },
});
const gemini: Responder = makes(([image]) => json(geminiBody([inline(image)])));

/** https://cloud.google.com/apis/design/errors */
const googleError = (code: number, status: string, message: string, details: object[] = []) =>
	free(json({ error: { code, message, status, details } }, code));

/** A photo that is there to be downloaded, but not what was asked for. */
const photoFor = ({ publish, item }: Call) =>
	publish(`/photo-${item}.png`, async (request, response) =>
		raw(await picture(), 200, { 'content-type': 'image/png' })(request, response),
	);
const LINK = 'https://photos.example/1.jpg';

/** https://docs.x.ai/developers/model-capabilities/images */
const xaiWithheld: Responder = makes(
	([image], call) =>
		json({
			data: [
				{ b64_json: image!.toString('base64'), respect_moderation: true },
				{ url: photoFor(call), respect_moderation: false },
			],
		}),
	{ count: 1 },
);

/** https://platform.openai.com/docs/api-reference/chat/object */
const chatBody = (message: object, reason = 'stop') => ({
	choices: [{ index: 0, finish_reason: reason, message: { role: 'assistant', ...message } }],
});

/** What services of other makers report, in their own words. */
export const SERVICES: Topic = {
	title: 'Services of other makers',
	about:
		'Google Gemini, xAI and chat models report refusals with status 200, or in errors of their own shape. A link in such a response leads to what the model looked at, and is not downloaded.',
	rows: [
		refusedRow(
			GOOGLE,
			'Gemini blocks the prompt',
			{ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } },
			'The model stopped without an image: PROHIBITED_CONTENT',
			NEXT.content,
		),
		refusedRow(
			GOOGLE,
			'Gemini withholds its image, beside a photo that it found in a search',
			(photo) =>
				geminiBody([], {
					finishReason: 'IMAGE_SAFETY',
					finishMessage: 'Unable to show the generated image.',
					groundingMetadata: { groundingChunks: [{ image: { imageUri: photo } }] },
				}),
			'Unable to show the generated image.',
			NEXT.content,
		),
		refusedRow(
			GOOGLE,
			'Gemini makes no image',
			geminiBody([], { finishReason: 'NO_IMAGE' }),
			'The model stopped without an image: NO_IMAGE',
			NEXT.prompt,
		),
		refusedRow(
			GOOGLE,
			'Gemini answers in words, after thoughts with a link',
			(photo) =>
				geminiBody([
					{ text: `Something like ![this](${photo})`, thought: true },
					{ text: 'I can only describe it.' },
				]),
			'I can only describe it.',
			NEXT.prompt,
		),
		row(
			GOOGLE,
			'Gemini sends a draft before its image',
			[
				makes(([image]) =>
					json(geminiBody([{ ...inline(Buffer.from('draft')), thought: true }, inline(image)])),
				),
			],
			INTACT,
			{ operations: BOTH },
		),
		row(
			GOOGLE,
			"503 when Gemini is busy: 'UNAVAILABLE'",
			[googleError(503, 'UNAVAILABLE', 'The service is currently unavailable.'), gemini],
			{ ...INTACT, calls: 2, items: [images(1, { attempts: 2 })] },
		),
		row(
			GOOGLE,
			"429 with Google's own delay",
			[
				googleError(429, 'RESOURCE_EXHAUSTED', 'You exceeded your quota. Please retry in 0.1s.', [
					{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '0.1s' },
				]),
				gemini,
			],
			{ ...INTACT, calls: 2, items: [images(1, { attempts: 2 })] },
		),
		row(
			GOOGLE,
			"400 for a wrong key of Google's",
			[
				googleError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
					{
						'@type': 'type.googleapis.com/google.rpc.ErrorInfo',
						...{ reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
					},
				]),
			],
			unbilled('API key not valid. Please pass a valid API key.', NEXT.key, {
				status: 400,
				code: '400',
			}),
		),
		row(
			GOOGLE,
			'404 for a model that Google has shut down',
			[
				googleError(
					404,
					'NOT_FOUND',
					'models/gemini-3-pro-image is not found for API version v1beta.',
				),
			],
			unbilled('models/gemini-3-pro-image is not found for API version v1beta.', NEXT.model, {
				status: 404,
				code: '404',
			}),
		),
		row(
			GOOGLE,
			"Gemini's response truncated after its image",
			[
				makes(([image]) =>
					raw(JSON.stringify(geminiBody([inline(image)])).slice(0, -30), 200, JSON_TYPE),
				),
			],
			{ ...INTACT, items: [images(1, { warnings: [behind(BREAKS_OFF, NEXT.cutOff)] })] },
		),
		row(
			XAI,
			'xAI withholds one of two images',
			[xaiWithheld],
			{
				...INTACT,
				items: [
					images(1, {
						warnings: [missing('Moderation withheld the image', NEXT.content)],
					}),
				],
			},
			{ parameters: { n: 2 } },
		),
		refusedRow(
			XAI,
			'xAI withholds its image, but not the link to it',
			(photo) => ({ data: [{ url: photo, respect_moderation: false }] }),
			'Moderation withheld the image',
			NEXT.content,
		),
		row(
			XAI,
			"400 for a wrong key of xAI's",
			[
				free(
					json({ code: 'invalid-argument', error: 'Incorrect API key provided: xa***yz.' }, 400),
				),
			],
			unbilled('Incorrect API key provided: xa***yz.', NEXT.key, {
				status: 400,
				code: 'invalid-argument',
			}),
		),
		refusedRow(
			CHAT,
			'a chat model refuses',
			chatBody({ content: null, refusal: "I can't help with that." }),
			"I can't help with that.",
			NEXT.content,
		),
		refusedRow(
			CHAT,
			'the filter of a chat stops it behind a link',
			chatBody({ content: `Not like ![this](${LINK})` }, 'content_filter'),
			`Not like ![this](${LINK})`,
			NEXT.content,
		),
		refusedRow(
			CHAT,
			'a chat model cites pages instead of making an image',
			(photo) =>
				chatBody({
					content: 'I found a photo.',
					annotations: [{ type: 'url_citation', url_citation: { url: photo } }],
				}),
			'I found a photo.',
			NEXT.prompt,
		),
		row(
			CHAT,
			'a chat model sends its image twice, in its message and in Markdown',
			[
				makes(([image]) => {
					const url = `data:image/png;base64,${image!.toString('base64')}`;
					const pictures = [{ type: 'image_url', image_url: { url } }];
					return json(chatBody({ content: `Here: ![](${url})`, images: pictures }));
				}),
			],
			INTACT,
			{ operations: BOTH },
		),
		row(
			CHAT,
			'429 of a chat server',
			[
				refuses(429, { message: 'Rate limit exceeded', code: '429' }),
				makes(([image]) => {
					const url = `data:image/png;base64,${image!.toString('base64')}`;
					return json(chatBody({ images: [{ type: 'image_url', image_url: { url } }] }));
				}),
			],
			{ ...INTACT, calls: 2, items: [images(1, { attempts: 2 })] },
		),
	],
};
