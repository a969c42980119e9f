import type { InputImageSpec, MaskSpec } from '../models';
import type { InputFile } from './inputFile';
import type { RawRequest } from './read';

/** What is wrong with the files of an edit, one sentence each. */
export function problemsOfFiles({ operation, model, row, images, mask }: RawRequest): string[] {
	if (operation !== 'edit') return [];
	const spec = row.inputImages;
	const problems: string[] = [];
	if (images.length === 0) problems.push('Input Images: there is none. Add an image to edit');
	if (spec && images.length > spec.maxCount) {
		problems.push(
			`Input Images: ${images.length} images are not possible with ${model}. Allowed: up to ${spec.maxCount}`,
		);
	}
	for (const image of images) if (spec) problems.push(...problemsOfImage(image, spec));
	if (mask) problems.push(...problemsOfMask(mask, row.mask, images[0], model));
	return problems;
}

function problemsOfImage(file: InputFile, spec: InputImageSpec): string[] {
	const { label, mediaType, bytes } = file;
	const problems: string[] = [];
	const allowed: readonly string[] = spec.formats;
	if (!mediaType || !allowed.includes(mediaType.format)) {
		const found = mediaType ? mediaType.format.toUpperCase() : 'no image';
		problems.push(`${label}: the file is ${found}. Allowed: ${allowed.join(', ').toUpperCase()}`);
	}
	if (bytes > spec.maxBytes) {
		problems.push(
			`${label}: the file has ${megabytes(bytes)}. Allowed: up to ${megabytes(spec.maxBytes)}`,
		);
	}
	if (spec.square && mediaType?.width !== mediaType?.height) {
		problems.push(`${label}: the image is ${pixels(file)}. Allowed: a square image`);
	}
	return problems;
}

function problemsOfMask(
	mask: InputFile,
	spec: MaskSpec | 'unchecked' | null,
	first: InputFile | undefined,
	model: string,
): string[] {
	if (spec === 'unchecked') return [];
	if (!spec) return [`Mask: ${model} takes none. Remove it, or choose another model`];
	const { label, mediaType, bytes } = mask;
	const problems: string[] = [];
	if (mediaType?.format !== 'png' || !mediaType.hasAlpha) {
		problems.push(
			`${label}: the file is not a PNG with transparency. Allowed: a PNG whose transparent pixels mark what to edit`,
		);
	}
	if (bytes > spec.maxBytes) {
		problems.push(
			`${label}: the file has ${megabytes(bytes)}. Allowed: up to ${megabytes(spec.maxBytes)}`,
		);
	}
	if (mediaType && first?.mediaType && pixels(mask) !== pixels(first)) {
		problems.push(
			`${label}: the mask is ${pixels(mask)}, the first input image ${pixels(first)}. Allowed: the same size`,
		);
	}
	return problems;
}

function pixels({ mediaType }: InputFile): string {
	return `${mediaType?.width ?? '?'} × ${mediaType?.height ?? '?'}`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toLocaleString('en-US', { maximumFractionDigits: 6 })} MB`;
}
