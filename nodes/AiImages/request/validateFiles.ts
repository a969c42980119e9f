import type { InputImageSpec, OverlaySpec } from '../models';
import { firstMatch } from './validateCombinations';
import type { Defect } from '../media/defect';
import type { InputFile } from './files/inputFile';
import type { RawRequest } from './types';

/** What is wrong with the files of an edit, one sentence each. */
export function validateFiles(raw: RawRequest): string[] {
	const { operation, model, row, images, mask, markup } = raw;
	if (operation !== 'edit') return [];
	const spec = row.inputImages;
	const problems: string[] = [];
	const alreadyTold = raw.problems.some((problem) => problem.startsWith('Input Images'));
	if (images.length === 0 && !alreadyTold) {
		problems.push('Input Images: there is none. Add an image to edit');
	}
	if (spec && images.length > spec.maxCount) {
		problems.push(
			`Input Images: ${images.length} images are not possible with ${model}. Allowed: up to ${spec.maxCount}`,
		);
	}
	for (const image of images) if (spec) problems.push(...validateImage(image, spec));
	if (raw.settings.imagesAsJson) problems.push(...validateEmbeddedSize(raw));
	if (mask) problems.push(...validateOverlay(mask, 'Mask', row.mask, raw));
	if (markup) problems.push(...validateOverlay(markup, 'Markup', row.markup, raw));
	if (mask && markup && row.mask !== 'unvalidated') {
		problems.push('Markup: it cannot be combined with a mask. Remove one of them');
	}
	return problems;
}

/** What may go wrong although it was let through. */
export function fileWarnings({
	images,
	mask,
	markup,
	row,
}: Pick<RawRequest, 'images' | 'mask' | 'markup' | 'row'>): string[] {
	// Where nothing is known about the model, files are sent as they are.
	const doubts = [...images, mask, markup].flatMap((file) =>
		file?.defect ? `${file.label}: ${file.defect.text}` : [],
	);
	const limit = row.mask === 'unvalidated' ? undefined : row.mask?.warnAboveBytes;
	if (!mask || !limit || mask.bytes <= limit) return doubts;
	return [...doubts, `${mask.label}: above ${megabytes(limit)}, which some servers refuse`];
}

function validateImage(file: InputFile, spec: InputImageSpec): string[] {
	const { label, mediaType, bytes, reference, defect } = file;
	if (reference) return [];
	const problems: string[] = [];
	const formats: readonly string[] = spec.formats;
	const supported = formats.join(', ').toUpperCase();
	if (mediaType && !formats.includes(mediaType.format)) {
		problems.push(`${label}: the file is ${mediaType.format.toUpperCase()}. Allowed: ${supported}`);
	} else if (defect) {
		problems.push(defectSentence(file, defect, supported));
	}
	if (bytes > spec.maxBytes) problems.push(tooLarge(file, spec.maxBytes));
	if (spec.square && mediaType?.width !== mediaType?.height) {
		problems.push(`${label}: the image is ${pixels(file)}. Allowed: a square image`);
	}
	return problems;
}

function defectSentence(
	{ label }: InputFile,
	{ text, advice, isCutOff }: Defect,
	supported: string,
): string {
	const formats = isCutOff ? '' : `Supported: ${supported}`;
	return [`${label}: ${text}`, formats, advice].filter(Boolean).join('. ');
}

function validateOverlay(
	file: InputFile,
	name: 'Mask' | 'Markup',
	spec: OverlaySpec | 'unvalidated' | null,
	{ model, images, values }: RawRequest,
): string[] {
	if (spec === 'unvalidated') return [];
	if (!spec) return [`${name}: ${model} takes none. Remove it, or choose another model`];
	const { label, mediaType, bytes, reference, defect } = file;
	const problems: string[] = [];
	const refused = firstMatch(spec.notWith, values);
	if (refused) problems.push(`${name}: it cannot be combined with ${refused}. Remove one of them`);
	if (reference) return problems;
	if (defect) {
		problems.push(defectSentence(file, defect, 'a PNG with an alpha channel'));
	} else if (mediaType?.format !== 'png' || mediaType.hasAlpha === false) {
		problems.push(
			`${label}: the file is not a PNG with transparency. Allowed: a PNG with an alpha channel`,
		);
	}
	if (bytes > spec.maxBytes) problems.push(tooLarge(file, spec.maxBytes));
	const first = images[0];
	// A mask lies over the stored pixels, a markup over the picture as it is seen (SDK).
	const wanted = first && pixels(first, name === 'Markup');
	const known = mediaType?.width && first?.mediaType?.width;
	if (known && pixels(file) !== wanted) {
		problems.push(
			`${label}: it is ${pixels(file)}, the first input image ${wanted}. Allowed: the same size`,
		);
	}
	return problems;
}

/** Inside JSON, a file is a data URL, a third longer than itself. */
function validateEmbeddedSize({
	service,
	operation,
	images,
	mask,
	markup,
	row,
}: RawRequest): string[] {
	const maxChars = service.endpoints[operation].files?.json.maxUrlChars;
	if (!row.inputImages || !maxChars) return [];
	return [...images, mask, markup]
		.flatMap((file) => file ?? [])
		.filter(({ bytes }) => (bytes * 4) / 3 + 50 > maxChars)
		.map(
			({ label, bytes }) =>
				`${label}: the file has ${megabytes(bytes)}. Allowed inside JSON: up to 15.7 MB. Turn off Send Images as JSON`,
		);
}

function tooLarge({ label, bytes }: InputFile, maxBytes: number): string {
	return `${label}: the file has ${megabytes(bytes)}. Allowed: up to ${megabytes(maxBytes)}`;
}

function pixels({ mediaType }: InputFile, asSeen = false): string {
	const { width, height } = mediaType ?? {};
	const [across, down] = asSeen && mediaType?.isTurned ? [height, width] : [width, height];
	return `${across ?? '?'} × ${down ?? '?'}`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toLocaleString('en-US', { maximumFractionDigits: 6 })} MB`;
}
