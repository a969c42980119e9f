import type { Defect } from '../media/defect';
import type { InputImageSpec, OverlaySpec } from '../models';
import { servicesTakingFile, servicesWithFile, takesFile } from '../services/support';
import { formatMegabytes, orList } from '../values/format';
import { isForm } from '../services/spelling';
import { isRead, type InputFile } from './files/inputFile';
import type { RawRequest } from './types';
import { firstMatch } from './validateCombinations';
import { unsupportedBy } from './validateService';

/** The problems with the files of an edit, as sentences. */
export function validateFiles(raw: RawRequest): string[] {
	const { operation, model, row, images, mask, markup, service } = raw;
	if (operation !== 'edit') return [];
	const { content, form } = service.endpoints.edit;
	if (!content && !form) {
		return [
			`'Input Images' isn't supported by ${model} at ${service.sentenceName}. Set 'Operation' to Generate Image, or choose another model`,
		];
	}
	const spec = row.inputImages;
	const maxCount = Math.min(spec?.maxCount ?? Infinity, service.limits?.inputImages ?? Infinity);
	const problems: string[] = [];
	const isReported = raw.problems.some((problem) => problem.startsWith('Input image'));
	if (images.length === 0 && !isReported) {
		problems.push("'Input Images' is empty. Add at least one input image");
	}
	if (images.length > maxCount) {
		problems.push(
			`'Input Images' has ${images.length} images, but ${model} supports up to ${maxCount}`,
		);
	}
	for (const image of images) if (spec) problems.push(...validateImage(image, spec));
	problems.push(...validateEmbeddedSize(raw));
	if (mask) problems.push(...validateOverlay(mask, 'Mask', row.mask, raw));
	else if (isMaskMissing(raw)) problems.push(NO_MASK);
	if (markup) problems.push(...validateOverlay(markup, 'Markup', row.markup, raw));
	if (mask && markup && row.mask !== 'unvalidated') {
		problems.push("'Markup' can't be used together with 'Mask'. Remove one of them");
	}
	return problems;
}

/** Whether an edit would change nothing, because there are no transparent areas either. */
function isMaskMissing({ row, images, problems }: RawRequest): boolean {
	if (row.mask === null || row.mask === 'unvalidated' || !row.mask.isNeeded) return false;
	if (problems.some((problem) => problem.startsWith('Mask'))) return false;
	return images.some(
		({ mediaType }) => mediaType?.hasAlpha === false || mediaType?.format === 'jpeg',
	);
}

const NO_MASK =
	"'Mask' is empty, and the input image has no transparent areas. Add a mask under Options";

/** What may go wrong with files that are sent nevertheless. */
export function fileWarnings({
	images,
	mask,
	markup,
	row,
}: Pick<RawRequest, 'images' | 'mask' | 'markup' | 'row'>): string[] {
	// Known models refuse such files; nothing is known about what others accept.
	const defects = [...images, mask, markup].flatMap((file) =>
		file?.defect ? `${file.label}: ${file.defect.text}` : [],
	);
	const limit = row.mask === 'unvalidated' ? undefined : row.mask?.warnAboveBytes;
	if (!mask || !limit || mask.bytes <= limit) return defects;
	return [
		...defects,
		`${mask.label}: the file is larger than ${formatMegabytes(limit)}; some providers reject it`,
	];
}

function validateImage(file: InputFile, spec: InputImageSpec): string[] {
	const { label, mediaType, bytes, defect } = file;
	if (!isRead(file)) return [];
	const problems: string[] = [];
	const formats: readonly string[] = spec.formats;
	const supported = orList(formats.map((format) => format.toUpperCase()));
	if (mediaType && !formats.includes(mediaType.format)) {
		problems.push(`${label}: ${mediaType.format.toUpperCase()} isn't supported. Use ${supported}`);
	} else if (defect) {
		problems.push(describeDefect(file, defect, supported));
	}
	if (bytes > spec.maxBytes) problems.push(describeTooLarge(file, spec.maxBytes));
	if (spec.square && mediaType?.width !== mediaType?.height) {
		problems.push(`${label}: the image is ${formatSize(file)} px. Use a square image`);
	}
	return problems;
}

function describeDefect(
	{ label, mediaType }: InputFile,
	{ text, advice }: Defect,
	supported: string,
): string {
	const formats = mediaType ? '' : `Use ${supported}`;
	return [`${label}: ${text}`, formats, advice].filter(Boolean).join('. ');
}

function validateOverlay(
	file: InputFile,
	name: 'Mask' | 'Markup',
	spec: OverlaySpec | 'unvalidated' | null,
	raw: RawRequest,
): string[] {
	const { model, images, values, service } = raw;
	if (spec === 'unvalidated') return [];
	if (!spec) {
		const kind = name === 'Mask' ? 'mask' : 'markup';
		return raw.ownRow[kind]
			? [unsupportedBy(raw, `'${name}'`, servicesTakingFile(raw, kind))]
			: [`'${name}' isn't supported by ${model}. Remove it, or choose ${otherModel(kind, raw)}`];
	}
	const { label, mediaType, bytes, defect } = file;
	const needsAlpha = name === 'Markup' || service.endpoints.edit.files?.mask === true;
	const problems: string[] = [];
	const conflict = firstMatch(spec.notWith, values);
	if (conflict) {
		problems.push(
			`'${name}' can't be used together with ${conflict}. Remove or change one of them`,
		);
	}
	if (!isRead(file)) return problems;
	if (defect) {
		problems.push(describeDefect(file, defect, 'a PNG with an alpha channel'));
	} else if (mediaType?.format !== 'png' || (needsAlpha && mediaType.hasAlpha === false)) {
		problems.push(
			name === 'Mask'
				? `${label}: the file isn't a PNG. Use a PNG whose transparent areas are edited, or whose white ones are`
				: `${label}: the file isn't a PNG with transparency. Use a PNG with an alpha channel`,
		);
	}
	if (bytes > spec.maxBytes) problems.push(describeTooLarge(file, spec.maxBytes));
	const first = images[0];
	// A mask has the size of the stored pixels, a markup that of the displayed image
	// (https://www.npmjs.com/package/openai/v/7.57.0, resources/images.d.ts).
	const expected = first && formatSize(first, name === 'Markup');
	const isKnown = mediaType?.width && first?.mediaType?.width;
	if (isKnown && formatSize(file) !== expected) {
		problems.push(
			`${label}: the file is ${formatSize(file)} px, but the first input image is ${expected} px. Use the same size`,
		);
	}
	return problems;
}

/** Another model does not help where the service takes no such file for any. */
function otherModel(kind: 'mask' | 'markup', { service }: RawRequest): string {
	if (takesFile(service, kind)) return 'another model';
	return `another model with a credential for ${servicesWithFile(kind)}`;
}

/** Inside JSON, a file is a data URL, a third longer than itself. */
function validateEmbeddedSize({
	service,
	operation,
	images,
	mask,
	markup,
	row,
	settings,
}: RawRequest): string[] {
	const endpoint = service.endpoints[operation];
	const maxChars = endpoint.files?.maxUrlChars;
	if (!row.inputImages || !maxChars || isForm(endpoint, settings.imagesAsJson)) return [];
	const instead = endpoint.form ? "Turn off 'Send Images as JSON' in Options, or use" : 'Use';
	const maxBytes = ((maxChars - MAX_DATA_URL_PREFIX_CHARS) * 3) / 4;
	return [...images, mask, markup]
		.flatMap((file) => file ?? [])
		.filter(({ bytes }) => bytes > maxBytes)
		.map(
			({ label, bytes }) =>
				`${label}: the file is ${formatMegabytes(bytes)}, but JSON requests support up to ${formatMegabytes(maxBytes, 1)}. ${instead} a smaller file`,
		);
}

/** More than `data:image/jpeg;base64,` has. */
const MAX_DATA_URL_PREFIX_CHARS = 50;

function describeTooLarge({ label, bytes }: InputFile, maxBytes: number): string {
	return `${label}: the file is ${formatMegabytes(bytes)}. Use a file of up to ${formatMegabytes(maxBytes)}`;
}

function formatSize({ mediaType }: InputFile, asDisplayed = false): string {
	const { width, height, isTurned } = mediaType ?? {};
	const [across, down] = asDisplayed && isTurned ? [height, width] : [width, height];
	return `${across ?? '?'} × ${down ?? '?'}`;
}
