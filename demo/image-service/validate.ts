import type { RequestBody } from './body.ts';
import { collect } from './collect.ts';
import type { CollectedRequest } from './collect.ts';
import type { SizeRule } from './grammar.ts';
import type { ImageRequest, InputImage, OutputFormat } from './imageRequest.ts';
import { loadImages, loadOverlay, requireAlpha } from './inputs.ts';
import type { FileLookup } from './inputs.ts';
import type { ImageModel, Operation } from './models.ts';
import { checkCombinations } from './rules.ts';
import { automaticSize, checkFrames, checkPixels, defaultFrameSize, readSize } from './sizes.ts';
import type { Size } from './sizes.ts';

export interface ValidationContext {
	served: readonly ImageModel[];
	lookup: FileLookup;
	/** False if no image will be drawn; inputs then need no decoding. */
	decodeInputs: boolean;
}

/**
 * Checks a request as the API does and resolves `auto` and defaults.
 * Throws an ApiError for the first problem found.
 */
export async function validate(
	operation: Operation,
	body: RequestBody,
	context: ValidationContext,
): Promise<ImageRequest> {
	const collected = collect(operation, body, context.served);
	checkCombinations(collected);
	const explicitSize = checkSize(collected);
	const pictures = context.decodeInputs
		? await loadPictures(collected, context.lookup)
		: { images: [], mask: undefined, markup: undefined };
	const { model, values } = collected;
	const number = (param: string, fallback: number) => Number(values.get(param) ?? fallback);
	const text = (param: string) => values.get(param)?.toString();
	const quality = text('quality');
	return {
		operation,
		model,
		prompt: text('prompt')!,
		count: number('n', 1),
		...(explicitSize ?? resolveSize(collected, pictures.images[0])),
		quality: quality === undefined || quality === 'auto' ? model.defaultQuality : quality,
		background: background(collected, pictures.images[0]),
		format: outputFormat(collected),
		compression: number('output_compression', 100),
		stream: values.get('stream') === true,
		partialImages: number('partial_images', 0),
		frameCount: frameCount(collected),
		frameDurationMs: frameDuration(number('frame_duration_ms', 200)),
		svgModel: svgModel(collected),
		responseFormat: responseFormat(collected),
		safetyIdentifier: text('safety_identifier') || text('user') || null,
		...pictures,
	};
}

function checkSize(request: CollectedRequest): Size | undefined {
	const sizes = sizeRule(request);
	const size = readSize(String(request.values.get('size') ?? defaultSize(sizes)), sizes);
	if (size === undefined) return undefined;
	if (outputFormat(request) === 'gif') {
		checkFrames(size, frameCount(request), Number(request.values.get('n') ?? 1), sizes);
	} else {
		checkPixels(size, sizes);
	}
	return size;
}

function resolveSize(request: CollectedRequest, first: InputImage | undefined): Size {
	const sizes = sizeRule(request);
	if (outputFormat(request) !== 'gif') return automaticSize(first, sizes);
	return defaultFrameSize(frameCount(request), Number(request.values.get('n') ?? 1), sizes);
}

function sizeRule({ model }: CollectedRequest): SizeRule {
	const rule = (model.generate ?? model.edit)?.['size'];
	if (rule?.kind !== 'size') throw new Error(`The table gives ${model.id} no sizes.`);
	return rule.sizes;
}

/** DALL·E has no `auto`; both models draw 1024x1024 by default. */
function defaultSize(rule: SizeRule): string {
	return 'fixed' in rule && !rule.fixed.includes('auto') ? '1024x1024' : 'auto';
}

async function loadPictures(request: CollectedRequest, lookup: FileLookup) {
	const { inputs } = request.model;
	const sources = request.images;
	if (!inputs || sources.length === 0) return { images: [], mask: undefined, markup: undefined };
	const images = await loadImages(sources, inputs, lookup);
	const first = images[0]!;
	const mask = await loadOverlay('mask', request.mask, first, inputs, lookup);
	const markup = await loadOverlay('markup', request.markup, first, inputs, lookup);
	if (request.model.id !== 'dall-e-2' || mask) return { images, mask, markup };
	requireAlpha(first);
	return { images, mask: first, markup };
}

function outputFormat({ values }: CollectedRequest): OutputFormat {
	return (values.get('output_format') ?? 'png') as OutputFormat;
}

/** `auto` keeps the transparency of a picture that is edited, where model and format can. */
function background(
	{ model, values }: CollectedRequest,
	first: InputImage | undefined,
): ImageRequest['background'] {
	const wanted = values.get('background') ?? 'auto';
	if (wanted !== 'auto') return wanted === 'transparent' ? 'transparent' : 'opaque';
	const format = values.get('output_format') ?? 'png';
	const canKeep = model.transparency && (format === 'png' || format === 'webp');
	return canKeep && first?.hasTransparency ? 'transparent' : 'opaque';
}

function frameCount({ values }: CollectedRequest): number {
	return Number(values.get('frame_count') ?? 9);
}

/** Rounded to 10 ms, at most 655 350 ms (openai 7.57.0, `frame_duration_ms`). */
function frameDuration(milliseconds: number): number {
	return Math.min(655_350, Math.round(milliseconds / 10) * 10);
}

function svgModel({ values }: CollectedRequest): string | undefined {
	const svg = values.get('svg');
	return typeof svg === 'object' ? svg.model : undefined;
}

function responseFormat({ model, values }: CollectedRequest): 'url' | 'b64_json' {
	const hasChoice = (model.generate ?? model.edit)?.['response_format'] !== undefined;
	if (!hasChoice || values.get('response_format') === 'b64_json') return 'b64_json';
	return 'url';
}
