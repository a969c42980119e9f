import { randomInt } from 'node:crypto';
import type { InputImage } from '../imageRequest.ts';
import type { FalEndpoint } from './falFields.ts';
import type { FalInput } from './falInput.ts';
import { modelError, requestError } from './falErrors.ts';
import { uploadAt } from './falStorage.ts';
import type { ProfileCall } from './profile.ts';

/** Draws what a request asks for, which is where a model looks at its input. */
export async function draw(
	call: ProfileCall,
	model: string,
	endpoint: FalEndpoint,
	input: FalInput,
): Promise<Record<string, unknown>> {
	const { prompt, output_format: format = endpoint.format } = input;
	if (/\bfail\b/i.test(prompt)) {
		const detail = 'The runner encountered an internal server error.';
		throw requestError(500, detail, 'runner_server_error');
	}
	if (/\brefuse\b/i.test(prompt)) {
		const msg = 'The content was flagged by a content checker.';
		throw modelError(['prompt'], { type: 'content_policy_violation', msg }, prompt);
	}
	const inputs = await inputsOf(call, endpoint, input);
	const [width, height] = sizeOf(endpoint, input, inputs[0]);
	const seed = input.seed ?? randomInt(2 ** 31);
	const images = [];
	for (let index = 0; index < countOf(input); index++) {
		const commission = { model, prompt, width, height, format, index, seed, inputs };
		const { bytes } = await call.painter.draw(commission);
		const url = input.sync_mode
			? `data:image/${format};base64,${bytes.toString('base64')}`
			: call.painter.publish(bytes, format);
		const name = input.sync_mode ? null : (url.split('/').at(-1) ?? null);
		images.push({
			...{ url, content_type: `image/${format}`, file_name: name, file_size: bytes.length },
			...{ width, height },
		});
	}
	const unsafe = input.enable_safety_checker !== false && /\bnsfw\b/i.test(prompt);
	const told = {
		...{ seed, prompt, timings: { inference: 0.1 } },
		has_nsfw_concepts: images.map(() => unsafe),
	};
	return { images, ...Object.fromEntries(endpoint.tells.map((name) => [name, told[name]])) };
}

export function countOf({ num_images: count = 1, max_images: each = 1 }: FalInput): number {
	return count * each;
}

async function inputsOf(
	call: ProfileCall,
	{ uses }: FalEndpoint,
	{ image_url: image, image_urls: images = [] }: FalInput,
): Promise<InputImage[]> {
	const field = image === undefined ? 'image_urls' : 'image_url';
	const all = image === undefined ? images : [image];
	const used = uses?.[0] === 'last' ? all.slice(-uses[1]) : all.slice(0, uses?.[1]);
	const inputs = [];
	for (const source of used) {
		const bytes = uploadAt(source) ?? (await call.painter.load(source));
		const input = bytes && (await call.painter.decode(bytes, ['png', 'jpeg', 'webp', 'gif']));
		if (!input) {
			const msg = 'Failed to download the file.';
			const path = field === 'image_urls' ? [field, all.indexOf(source)] : [field];
			throw modelError(path, { type: 'file_download_error', msg }, source);
		}
		inputs.push(input);
	}
	return inputs;
}

/** Of `fal.toolkit` (SIZES). */
const presets: Readonly<Record<string, readonly [number, number]>> = {
	square_hd: [1024, 1024],
	square: [512, 512],
	portrait_4_3: [768, 1024],
	portrait_16_9: [576, 1024],
	landscape_4_3: [1024, 768],
	landscape_16_9: [1024, 576],
	auto_2K: [2048, 2048],
	auto_4K: [4096, 4096],
};

/** Pixels that a picture with the size of its input has at least. */
const smallest = 64 ** 2;

/** The pixels of ratios and of the "auto" sizes are not published, so they are this service's own. */
function sizeOf(
	{ size: fallback, pixels = 0 }: FalEndpoint,
	{ image_size: wish = fallback, ...input }: FalInput,
	first?: InputImage,
): [number, number] {
	if (typeof wish === 'object') {
		return enlarged([wish.width ?? 512, wish.height ?? 512], pixels);
	}
	const shape = input.aspect_ratio ?? input.resolution_mode ?? wish;
	if (/^\d+x\d+$/.test(shape)) return shape.split('x').map(Number) as [number, number];
	if (shape.includes(':')) {
		const [across = 1, down = 1] = shape.split(':').map(Number);
		const scale = Number.parseFloat(input.resolution ?? '1K') ** 2;
		const unit = Math.sqrt((pixels * scale) / (across * down));
		return [across * unit, down * unit].map((length) => Math.round(length / 16) * 16) as [
			number,
			number,
		];
	}
	const { width, height } = first ?? { width: 2048, height: 2048 };
	return enlarged(presets[shape] ?? [width, height], Math.max(pixels, smallest));
}

function enlarged([width, height]: readonly [number, number], pixels: number): [number, number] {
	const scale = Math.sqrt(pixels / (width * height));
	if (scale <= 1) return [width, height];
	return [Math.ceil((width * scale) / 8) * 8, Math.ceil((height * scale) / 8) * 8];
}
