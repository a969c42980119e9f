import { ApiError, invalidValue, userError } from './apiError.ts';
import type { CollectedRequest } from './collect.ts';

/**
 * Refuses parameters that are legal one by one but not together. Sources: the doc comments of
 * openai 7.57.0 `resources/images.d.ts`, and refusals that clients have recorded.
 */
export function checkCombinations(request: CollectedRequest): void {
	const format = request.values.get('output_format') ?? 'png';
	checkTransparency(request, String(format));
	checkCompression(request, String(format));
	checkStreaming(request);
	if (format === 'gif') checkGif(request);
	else refuseGiven(request, ['frame_count', 'frame_duration_ms'], "output_format 'gif'");
	if (format === 'svg') checkSvg(request);
	else refuseGiven(request, ['svg'], "output_format 'svg'");
	if (request.mask && request.markup) {
		throw invalidValue('markup', "The 'markup' parameter cannot be combined with 'mask'.");
	}
}

function checkTransparency({ model, values }: CollectedRequest, format: string): void {
	if (values.get('background') !== 'transparent') return;
	if (!model.transparency) {
		throw invalidValue('background', 'Transparent background is not supported for this model');
	}
	if (format === 'jpeg' || format === 'gif') {
		throw invalidValue(
			'background',
			`Transparent background is not supported for ${format.toUpperCase()} output format`,
		);
	}
}

/** PNG takes 100, the value that changes nothing; SVG takes no compression at all. */
function checkCompression({ values }: CollectedRequest, format: string): void {
	const compression = values.get('output_compression');
	if (compression === undefined || format === 'jpeg' || format === 'webp') return;
	if (format === 'svg') {
		throw invalidValue(
			'output_compression',
			'output_compression is not supported for SVG output format',
		);
	}
	if (compression === 100) return;
	throw userError(
		`Compression less than 100 is not supported for ${format.toUpperCase()} output format`,
		`invalid_${format}_output_compression`,
		'output_compression',
	);
}

/** OpenAI publishes no refusal for this; gateways that check say that previews need a stream. */
function checkStreaming({ values }: CollectedRequest): void {
	if (Number(values.get('partial_images') ?? 0) > 0 && values.get('stream') !== true) {
		throw invalidValue(
			'partial_images',
			"'partial_images' is only supported when 'stream' is true.",
		);
	}
}

function checkGif(request: CollectedRequest): void {
	refuseStream(request, 'GIF');
	if (request.mask) throw invalidValue('mask', 'Masks are not supported for GIF output format');
}

function checkSvg(request: CollectedRequest): void {
	refuseStream(request, 'SVG');
	const count = request.values.get('n') ?? 1;
	if (count !== 1) throw invalidValue('n', 'SVG generation requires n=1.');
}

function refuseStream({ values }: CollectedRequest, format: string): void {
	if (values.get('stream') !== true) return;
	throw invalidValue('stream', `Streaming is not supported for ${format} output format`);
}

function refuseGiven({ values }: CollectedRequest, params: string[], condition: string): void {
	const given = params.find((param) => values.has(param));
	if (given === undefined) return;
	const message = `The '${given}' parameter is only supported with ${condition}.`;
	throw new ApiError(400, message, 'invalid_value', given);
}
