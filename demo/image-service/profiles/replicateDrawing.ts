import type { InputImage } from '../imageRequest.ts';
import type { ProfileCall } from './profile.ts';
import type { ReplicateModel } from './replicateSchemas.ts';
import { readMask } from './mask.ts';
import { fileOf } from './replicateFiles.ts';

export type Input = Readonly<Record<string, unknown>>;

/** What a prediction fails with; the message becomes its `error`. */
export class ModelError extends Error {}

/** The links of the input pictures. */
export function sourcesOf({ inputs }: ReplicateModel, input: Input): string[] {
	return inputs
		.flatMap((name) => input[name] ?? [])
		.filter((source): source is string => typeof source === 'string');
}

export function countOf(input: Input): number {
	const count = input.num_outputs ?? input.number_of_images;
	if (typeof count === 'number') return count;
	const isSequence = input.sequential_image_generation === 'auto';
	return isSequence && typeof input.max_images === 'number' ? input.max_images : 1;
}

/** Draws the pictures of a prediction, which is where models look at their input. */
export async function drawOutputs(
	call: ProfileCall,
	name: string,
	model: ReplicateModel,
	given: Input,
): Promise<string[]> {
	const input = withDefaults(model, given);
	const prompt = String(input.prompt);
	refuseSome(model, input, prompt);
	const sources = sourcesOf(model, input);
	if (sources.length > model.maxInputs) {
		throw new ModelError(`Maximum ${model.maxInputs} input images are allowed.`);
	}
	// "2 is currently the maximum allowed when input images are used" (flux-kontext-pro in SCHEMAS)
	if (typeof input.input_image === 'string' && Number(input.safety_tolerance) > 2) {
		throw new ModelError('safety_tolerance can be at most 2 with an input image.');
	}
	const inputs = await Promise.all(sources.map(async (source) => await decode(call, source)));
	const mask = await maskOf(call, input, inputs[0]);
	const count = countOf(input);
	if (input.max_images !== undefined && count + inputs.length > 15) {
		throw new ModelError('Total images (input + generated) cannot exceed 15.');
	}
	// What a mask leaves alone stays where it is.
	const [width, height] = mask ? [mask.width, mask.height] : sizeOf(model, input, inputs[0]);
	const wish = String(input.output_format ?? 'jpg').replace(/^jpg$/, 'jpeg');
	const format = wish as 'jpeg' | 'png' | 'webp';
	const seed = typeof input.seed === 'number' ? input.seed : undefined;
	const links = [];
	for (let index = 0; index < count; index++) {
		const commission = { model: name, prompt, width, height, format, index, seed, inputs, mask };
		const { bytes } = await call.painter.draw(commission);
		links.push(call.painter.publish(bytes, format));
	}
	return links;
}

/** White is what is painted (flux-fill-pro in PACKAGE). */
async function maskOf(
	call: ProfileCall,
	{ mask: source }: Input,
	image: InputImage | undefined,
): Promise<InputImage | undefined> {
	if (typeof source !== 'string') return undefined;
	const mask = await decode(call, source);
	if (mask.width !== image?.width || mask.height !== image.height) {
		throw new ModelError('The mask must have the same size as the image.');
	}
	if (!call.painter.decodesInputs) return mask;
	const painted = await readMask(mask, 'white', mask);
	if (!painted) throw new ModelError('The mask must be black and white.');
	return painted;
}

function withDefaults({ fields }: ReplicateModel, input: Input): Input {
	const defaults = Object.entries(fields).map(([name, field]) => [name, field.default]);
	return { ...Object.fromEntries(defaults), ...input };
}

function refuseSome({ fields }: ReplicateModel, input: Input, prompt: string): void {
	if (/\bfail\b/i.test(prompt)) throw new ModelError('The model could not draw this.');
	if (!/\brefuse\b/i.test(prompt) || input.disable_safety_checker === true) return;
	throw new ModelError(
		// Models that run at Replicate, and those of other makers' APIs:
		// https://github.com/replicate/cog-stable-diffusion/pull/24
		fields.disable_safety_checker && fields.num_inference_steps
			? 'NSFW content detected. Try running it again, or try a different prompt.'
			: 'The input or output was flagged as sensitive. Please try again with different inputs. (E005)',
	);
}

async function decode(call: ProfileCall, source: string): Promise<InputImage> {
	const bytes = fileOf(source) ?? (await call.painter.load(source));
	const input = bytes && (await call.painter.decode(bytes, ['jpeg', 'png', 'gif', 'webp']));
	if (!input) throw new ModelError('The input image could not be read.');
	return input;
}

/** The pixels of a ratio are not published, so they are this service's own. */
function sizeOf(model: ReplicateModel, input: Input, first?: InputImage): [number, number] {
	const ratio = String(input.aspect_ratio ?? '1:1').replace('auto', '1:1');
	if (ratio === 'custom' || input.size === 'custom' || isFree(model)) {
		return [whole(Number(input.width ?? 1024)), whole(Number(input.height ?? 1024))];
	}
	const [, width, height] = /^(\d+)x(\d+)$/.exec(ratio) ?? [];
	if (width) return [Number(width), Number(height)];
	const follows = first && (ratio === 'match_input_image' || model.followsInput);
	const [across = 1, down = 1] = follows
		? [first.width, first.height]
		: ratio === 'match_input_image'
			? []
			: ratio.split(':').map(Number);
	const unit = Math.sqrt((megapixelsOf(input, first) * 1024 ** 2) / (across * down));
	return [whole(across * unit), whole(down * unit)];
}

function isFree({ fields }: ReplicateModel): boolean {
	return fields.width !== undefined && fields.aspect_ratio === undefined;
}

function megapixelsOf(
	{ resolution, megapixels, size, image_size: aim }: Input,
	first?: InputImage,
) {
	if (resolution === 'match_input_image') {
		const given = first ? (first.width * first.height) / 1024 ** 2 : 1;
		return Math.min(4, Math.max(0.5, given));
	}
	if (size !== undefined) return size === '4K' ? 16 : 4;
	if (aim === 'optimize_for_quality') return 1.5;
	const [, edge] = /^([124])K$/.exec(String(resolution)) ?? [];
	if (edge) return Number(edge) ** 2;
	return Number.parseFloat(String(resolution ?? megapixels ?? '1'));
}

function whole(length: number): number {
	return Math.round(length / 16) * 16;
}
