import type { InputImage } from '../imageRequest.ts';
import type { BflModel } from './blackForestLabsModels.ts';
import type { Refusal } from './profile.ts';

/** What a request says about its size. */
interface Wish {
	readonly width?: number | null;
	readonly height?: number | null;
	readonly aspect_ratio?: string | null;
}

type Refuse = (field: string, problem: string) => Refusal;

/** "Maximum: 4MP total" (SKILL in blackForestLabs.ts), of which 2048 × 2048 is one. */
const MAX_PIXELS = 2048 * 2048;

/** The pixels of a ratio are not published, so they are this service's own. */
export function sizeOf(
	{ megapixels, ratio: usual, inputs: names }: BflModel,
	{ width, height, aspect_ratio: wish }: Wish,
	[first]: readonly InputImage[],
	refuse: Refuse,
): [number, number] {
	const source = first && !names.includes('image_prompt') ? first : undefined;
	const [across, down] =
		!wish && source ? [source.width, source.height] : proportions(wish ?? usual, refuse);
	const pixels = megapixels * 1024 ** 2;
	const isSmall = !wish && source && source.width * source.height <= pixels;
	const unit = isSmall ? 1 : Math.sqrt(pixels / (across * down));
	const size = [width ?? across * unit, height ?? down * unit] as const;
	// A ratio can miss the megapixels by a little.
	if ((width ?? height) && size[0] * size[1] > MAX_PIXELS) {
		throw refuse('width', 'width x height must be at most 4 megapixels.');
	}
	return [whole(size[0]), whole(size[1])];
}

/** Multiples of 16 (SKILL), though the examples there have others: 1920 × 1080. */
function whole(length: number): number {
	return Math.max(64, Math.floor(length / 16) * 16);
}

/** "between 21:9 and 9:21" (OPENAPI in blackForestLabs.ts) */
function proportions(ratio: string, refuse: Refuse): [number, number] {
	const [, across, down] = /^(\d+):(\d+)$/.exec(ratio) ?? [];
	const quotient = Number(across) / Number(down);
	if (!(quotient >= 9 / 21 && quotient <= 21 / 9)) {
		throw refuse('aspect_ratio', 'The aspect ratio must be between 21:9 and 9:21.');
	}
	return [Number(across), Number(down)];
}

/** In credits of one US cent. How the service rounds megapixels is not published. */
export function costOf(
	{ credits: [first, more] }: BflModel,
	pixels: number,
	inputs: readonly InputImage[],
) {
	const given = inputs.reduce((sum, { width, height }) => sum + width * height, 0);
	const billed = (count: number) => Math.ceil(count / 1024 ** 2);
	const cost = first + more * (Math.max(1, billed(pixels)) - 1 + billed(given));
	const megapixels = (count: number) => Math.round(count / 10_000) / 100;
	return { cost, input_mp: megapixels(given), output_mp: megapixels(pixels) };
}
