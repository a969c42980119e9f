import sharp from 'sharp';
import { ApiError, userError } from './apiError.ts';
import type { ImageSource } from './collect.ts';
import type { InputImage } from './imageRequest.ts';
import type { InputRule } from './models.ts';

/** Looks up a stored file by its id; undefined if there is none. */
export type FileLookup = (id: string) => Buffer | undefined;

/** Timeout for the download of an `image_url`, in milliseconds. */
const downloadTimeoutMs = 20_000;

/** Loads and decodes the pictures to edit, in their order. Throws the API's refusals. */
export function loadImages(
	sources: readonly ImageSource[],
	rule: InputRule,
	lookup: FileLookup,
): Promise<InputImage[]> {
	return Promise.all(
		sources.map(async (source, index) => {
			const bytes = await loadBytes(source, sources.length > 1 ? index : -1, rule, lookup);
			const image = await decode(bytes, rule.types);
			if (!image) {
				throw userError(
					`Invalid image file or mode for image ${index + 1}, please check your image file.`,
					'invalid_image_file',
					'image',
				);
			}
			if (rule.square && image.width !== image.height) {
				throw userError('Uploaded image must be square.', 'invalid_image_file', 'image');
			}
			return image;
		}),
	);
}

/** Loads a mask or markup: a PNG with an alpha channel, as large as the first picture. */
export async function loadOverlay(
	name: 'mask' | 'markup',
	source: ImageSource | undefined,
	first: InputImage,
	rule: InputRule,
	lookup: FileLookup,
): Promise<InputImage | undefined> {
	if (source === undefined) return undefined;
	const pngOnly = { ...rule, types: ['image/png'] };
	const image = await decode(await loadBytes(source, -1, pngOnly, lookup), pngOnly.types);
	const refuse = (reason: string) =>
		userError(
			`Invalid ${name} image format - ${name} ${reason}`,
			`invalid_${name}_image_format`,
			name,
		);
	if (!image) throw refuse('image is not a valid PNG file');
	if (image.width !== first.width || image.height !== first.height) {
		throw refuse('size does not match image size');
	}
	if (!image.hasAlpha) throw refuse('image missing alpha channel');
	if (name === 'markup' && !image.hasTransparency) {
		throw refuse('image contains no transparent pixels');
	}
	return image;
}

/**
 * DALL·E 2 edits the transparent pixels of the picture itself if no mask is sent, so it refuses a
 * picture without alpha (https://www.npmjs.com/package/openai/v/4.0.0, `ImageEditParams.image`).
 */
export function requireAlpha(image: InputImage): void {
	if (image.hasAlpha) return;
	throw userError(
		"Invalid input image - format must be in ['RGBA', 'LA', 'L'], got RGB.",
		'invalid_image_file',
		'image',
	);
}

async function loadBytes(
	source: ImageSource,
	index: number,
	rule: InputRule,
	lookup: FileLookup,
): Promise<Buffer> {
	const param = index < 0 ? source.param.replace('[]', '') : `image[${index}]`;
	const { bytes, type } = await fetchSource(source, lookup);
	if (type !== undefined && !rule.types.includes(type)) throw unsupportedType(param, type, rule);
	if (bytes.length >= rule.bytesBelow) {
		const limit = `less than ${rule.bytesBelow / 1_000_000} MB`;
		throw userError(
			`Invalid file '${param}': the file must be ${limit}.`,
			'image_too_large',
			param,
		);
	}
	return bytes;
}

/** A part without a type is treated as `application/octet-stream`, as by the API. */
async function fetchSource(
	source: ImageSource,
	lookup: FileLookup,
): Promise<{ bytes: Buffer; type: string | undefined }> {
	if ('bytes' in source) {
		return { bytes: source.bytes, type: source.contentType ?? 'application/octet-stream' };
	}
	if ('fileId' in source) {
		const bytes = lookup(source.fileId);
		if (bytes) return { bytes, type: undefined };
		throw userError(`No such File object: ${source.fileId}`, 'image_not_found', source.param);
	}
	const data = /^data:([^;,]*);base64,(.*)$/s.exec(source.url);
	if (data) return { bytes: Buffer.from(data[2]!, 'base64'), type: data[1]!.toLowerCase() };
	return { bytes: await download(source.url, source.param), type: undefined };
}

async function download(url: string, param: string): Promise<Buffer> {
	if (!/^https?:\/\//i.test(url)) {
		const message = `Invalid '${param}'. Expected a URL or a base64-encoded data URL.`;
		throw new ApiError(400, message, 'invalid_value', param);
	}
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(downloadTimeoutMs) });
		if (!response.ok) throw new Error(`status ${response.status}`);
		return Buffer.from(await response.arrayBuffer());
	} catch {
		throw userError(`Error while downloading ${url}.`, 'image_download_failed', param);
	}
}

/** Decodes every pixel once, to reject a damaged file before anything is drawn. */
async function decode(bytes: Buffer, types: readonly string[]): Promise<InputImage | undefined> {
	try {
		const image = sharp(bytes, { failOn: 'truncated' });
		const { format, autoOrient, hasAlpha } = await image.metadata();
		if (!types.includes(`image/${format}`)) return undefined;
		const hasTransparency = hasAlpha && !(await image.clone().stats()).isOpaque;
		await image.resize(1, 1, { fit: 'fill', kernel: 'nearest' }).raw().toBuffer();
		return { bytes, width: autoOrient.width, height: autoOrient.height, hasAlpha, hasTransparency };
	} catch {
		return undefined;
	}
}

function unsupportedType(param: string, type: string, rule: InputRule): ApiError {
	const quoted = rule.types.map((allowed) => `'${allowed}'`);
	const last = quoted.pop()!;
	const list = quoted.length > 0 ? `${quoted.join(', ')}, and ${last}` : last;
	return new ApiError(
		400,
		`Invalid file '${param}': unsupported mimetype ('${type}'). Supported file formats are ${list}.`,
		'unsupported_file_mimetype',
		param,
	);
}
