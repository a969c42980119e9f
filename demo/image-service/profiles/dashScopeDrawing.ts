import type { InputImage } from '../imageRequest.ts';
import { invalid, refusal } from './dashScopeErrors.ts';
import type { Wish } from './dashScopeFields.ts';
import type { ProfileCall } from './profile.ts';
import type { Refusal } from './profile.ts';

/** A picture, or what became of it. */
export type Drawn = { url: string } | { code: string; message: string };

export interface Drawing {
	readonly results: readonly Drawn[];
	readonly width: number;
	readonly height: number;
}

/** Prompts that the service refuses, or fails with. */
export function troubleWith({ prompt }: Wish): Refusal | undefined {
	if (/\bfail\b/i.test(prompt)) {
		const message =
			'An internal error has occured during execution, please try again later or contact service support.';
		return refusal(500, 'InternalError.Algo', message);
	}
	if (/\brefuse one\b/i.test(prompt) || !/\brefuse\b/i.test(prompt)) return undefined;
	return refusal(400, 'DataInspectionFailed', 'Input data may contain inappropriate content.');
}

export async function readInputs(call: ProfileCall, wish: Wish): Promise<InputImage[]> {
	const { edges, megabytes } = wish.model;
	const inputs = [];
	for (const source of wish.sources) {
		const bytes = await call.painter.load(source);
		if (!bytes) {
			const message = 'Unable to download the media resource during the data inspection process.';
			throw refusal(400, 'InvalidParameter.DataInspection', message);
		}
		if (bytes.length > megabytes * 1024 ** 2) throw invalid('Multimodal file size is too large');
		const input = await call.painter.decode(bytes, ['png', 'jpeg', 'webp', 'gif', 'tiff']);
		if (!input) {
			const message = 'Invalid image type. Please ensure the uploaded file is a valid image.';
			throw refusal(400, 'InvalidImage.FileFormat', message);
		}
		const sides = [input.width, input.height];
		if (call.painter.decodesInputs && edges && sides.some((side) => outside(side, edges))) {
			const message = 'The input image resolution is too large or small.';
			throw refusal(400, 'InvalidImageResolution', message);
		}
		inputs.push(input);
	}
	return inputs;
}

function outside(side: number, [least, most]: readonly [number, number]): boolean {
	return side < least || side > most;
}

export async function draw(
	{ painter }: ProfileCall,
	wish: Wish,
	inputs: readonly InputImage[],
): Promise<Drawing> {
	const { id: model, prompt, n, seed } = wish;
	const [width, height] = sizeOf(wish, inputs.at(-1));
	const results: Drawn[] = [];
	for (let index = 0; index < n; index++) {
		const size = { width, height, format: 'png' } as const;
		const { bytes } = await painter.draw({ model, prompt, ...size, index, seed, inputs });
		results.push({ url: painter.publish(bytes, 'png') });
	}
	if (/\brefuse one\b/i.test(prompt)) {
		const message = 'Output data may contain inappropriate content.';
		results[n - 1] = { code: 'DataInspectionFailed', message };
	}
	return { results, width, height };
}

/** Where the size follows an input, only about how many pixels it has is published. */
function sizeOf({ model, size }: Wish, last: InputImage | undefined): [number, number] {
	const { fallback, names = {}, near = 1024, step = 1 } = model.size ?? {};
	const wish = size ?? (last ? undefined : fallback);
	const match = /^(\d+)\*(\d+)$/.exec(wish ?? '');
	if (match) return [rounded(Number(match[1]), step), rounded(Number(match[2]), step)];
	const edge = names[wish ?? ''] ?? near;
	const { width, height } = last ?? { width: 1, height: 1 };
	const unit = Math.sqrt(edge ** 2 / (width * height));
	return [rounded(width * unit, 16), rounded(height * unit, 16)];
}

function rounded(length: number, step: number): number {
	return Math.round(length / step) * step;
}
