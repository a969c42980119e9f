import { z } from 'zod';

/** What the inputs of all endpoints have, as far as a picture depends on it. */
export interface FalInput {
	readonly prompt: string;
	readonly seed?: number | undefined;
	readonly sync_mode?: boolean | undefined;
	readonly image_size?: string | { width?: number; height?: number } | undefined;
	readonly aspect_ratio?: string | undefined;
	readonly resolution?: string | undefined;
	readonly resolution_mode?: string | undefined;
	readonly image_url?: string | undefined;
	readonly image_urls?: string[] | undefined;
	readonly num_images?: number | undefined;
	readonly max_images?: number | undefined;
	readonly output_format?: 'jpeg' | 'png' | 'webp' | undefined;
	readonly enable_safety_checker?: boolean | undefined;
}

type Check = (input: FalInput, refuse: (field: string, problem: string) => void) => void;

export function checked<Shape extends z.ZodRawShape>(shape: Shape, check: Check) {
	return z.strictObject(shape).superRefine((input, context) => {
		const refuse = (field: string, message: string) =>
			context.addIssue({ code: 'custom', path: [field], message });
		check(input as unknown as FalInput, refuse);
	}) as unknown as z.ZodType<FalInput, z.ZodTypeDef, unknown>;
}

/** Width and height, where a request gives them. */
function given({ image_size: size }: FalInput): [number, number] | undefined {
	return typeof size === 'object' ? [size.width ?? 512, size.height ?? 512] : undefined;
}

export const checkFlux2: Check = (input, refuse) => {
	if (given(input)?.some((length) => length < 512 || length > 2048)) {
		refuse('image_size', 'width and height must be between 512 and 2048');
	}
};

export const checkTotal: Check = (
	{ image_urls: inputs = [], num_images: n = 1, max_images: m = 1 },
	no,
) => {
	if (Math.min(inputs.length, 10) + n * m > 15) {
		no('max_images', 'input and output images must not exceed 15');
	}
};

export const checkSeedream4: Check = (input, refuse) => {
	const [width, height] = given(input) ?? [960, 960];
	if (width * height < 960 ** 2 || width * height > 4096 ** 2) {
		refuse('image_size', 'total pixels must be between 960x960 and 4096x4096');
	}
};

export const checkSeedream45: Check = (input, refuse) => {
	const size = given(input) ?? [1920, 1920];
	const total = size[0] * size[1];
	const fits = size.every((length) => length >= 1920 && length <= 4096);
	if (fits || (total >= 2560 * 1440 && total <= 4096 ** 2)) return;
	refuse('image_size', 'width and height must be between 1920 and 4096');
};
