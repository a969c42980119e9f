import type { ApiResponse } from './apiResponse.ts';
import { jsonChunks, jsonResponse } from './apiResponse.ts';
import type { ImageRequest, OutputFormat, Picture } from './imageRequest.ts';
import type { Production } from './produce.ts';
import { countUsage } from './usage.ts';

/** Stores a picture and returns the address it is served from. */
export type Publish = (bytes: Buffer, format: OutputFormat) => string;

/** The response to a request that does not stream, in the shape of `ImagesResponse`. */
export function imagesResponse(
	request: ImageRequest,
	pictures: Picture[],
	publish?: Publish,
): ApiResponse {
	const revised = request.model.revisesPrompt
		? { revised_prompt: revisePrompt(request.prompt) }
		: {};
	const data = pictures.map(({ bytes, base64 }) => ({
		...(publish ? { url: publish(bytes, request.format) } : { b64_json: base64 }),
		...revised,
	}));
	const created = unixSeconds();
	const usage = countUsage(request, pictures.length);
	if (usage === undefined) return jsonResponse(200, { created, data }, data.length);
	const { background, output_format, quality, size } = description(request);
	return jsonResponse(
		200,
		{
			created,
			background,
			data,
			output_format,
			quality,
			safety_identifier: request.safetyIdentifier,
			size,
			usage,
			...svgUsage(request, pictures),
		},
		data.length,
	);
}

/**
 * The response to a request with `stream`: for each image its previews, then the picture itself.
 * Events and fields: openai 7.57.0, `ImageGenStreamEvent` and `ImageEditStreamEvent`.
 */
export function streamResponse(
	request: ImageRequest,
	productions: Iterable<Production> | AsyncIterable<Production>,
): ApiResponse {
	return {
		status: 200,
		headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
		body: events(request, productions),
		images: request.count,
	};
}

async function* events(
	request: ImageRequest,
	productions: Iterable<Production> | AsyncIterable<Production>,
): AsyncGenerator<Buffer> {
	const name = request.operation === 'edit' ? 'image_edit' : 'image_generation';
	for await (const { partials, final } of productions) {
		for (const [index, { base64 }] of partials.entries()) {
			yield* event(`${name}.partial_image`, {
				b64_json: base64,
				partial_image_index: index,
				created_at: unixSeconds(),
				...description(request),
			});
		}
		yield* event(`${name}.completed`, {
			b64_json: final.base64,
			created_at: unixSeconds(),
			...description(request),
			usage: streamUsage(request),
			safety_identifier: request.safetyIdentifier,
		});
	}
}

function* event(type: string, fields: Record<string, unknown>): Generator<Buffer> {
	yield Buffer.from(`event: ${type}\ndata: `);
	yield* jsonChunks({ type, ...fields });
	yield Buffer.from('\n\n');
}

/** The event's usage covers its own image and has no output details. */
function streamUsage(request: ImageRequest) {
	const usage = countUsage(request, 1);
	if (usage === undefined) return undefined;
	const { output_tokens_details: _, ...rest } = usage;
	return rest;
}

function description({ background, format, quality, width, height }: ImageRequest) {
	return { size: `${width}x${height}`, quality, background, output_format: format };
}

/** Usage of the author model, only if the request named one. */
function svgUsage({ svgModel, prompt }: ImageRequest, pictures: Picture[]) {
	if (svgModel === undefined) return {};
	const input = Math.ceil([...prompt].length / 4);
	const output = Math.ceil(pictures.reduce((sum, { bytes }) => sum + bytes.length, 0) / 4);
	const usage = { input_tokens: input, output_tokens: output, reasoning_tokens: 0 };
	return { svg_usage: { model: svgModel, ...usage, total_tokens: input + output } };
}

function revisePrompt(prompt: string): string {
	return `A demo image that shows these words: ${prompt}`;
}

function unixSeconds(): number {
	return Math.floor(Date.now() / 1000);
}
