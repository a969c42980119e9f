import type { IExecuteFunctions } from 'n8n-workflow';
import { asApiError, SsrfBlockedError, ValidationError } from '../../errors';
import { collect } from '../../transport/byteStreams';
import { fetchFile } from '../../transport/fetchFile';
import { openBinaryFields } from './binaryFields';
import type { FileRow } from './fileRow';
import { fromBase64, fromBinary, fromReference, type InputFile } from './inputFile';
import { formatValue } from '../../values/format';

/** How files are found and sent. */
export interface FileSettings {
	/** The request is JSON, which can contain URLs and file IDs in place of files. */
	readonly asJson: boolean;
	/** Limit for a download, in milliseconds. */
	readonly timeout: number;
}

/**
 * Opens the files of one row.
 *
 * @param place the row's name in messages: `Mask`, `Input image 2`
 * @throws ValidationError if a file is missing or can't be read, ExecutionCanceledError
 */
export async function openFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	row: FileRow,
	place: string,
	settings: FileSettings,
): Promise<InputFile[]> {
	switch (row.source ?? 'binary') {
		case 'binary':
			return await openBinaryFields(context, itemIndex, row, place);
		case 'url':
			return [await openUrl(context, requireText(row.url, place, 'URL'), place, settings)];
		case 'base64':
			return [fromBase64(requireText(row.base64, place, 'Base64'), place)];
		case 'fileId': {
			const fileId = requireText(row.fileId, place, 'File ID');
			if (settings.asJson) return [fromReference({ fileId }, place)];
			throw new ValidationError([
				`${place}: 'File ID' requires 'Send Images as JSON' in Options. Turn it on, or change 'Source'`,
			]);
		}
		default:
			throw new ValidationError([
				`${place}: 'Source' ${formatValue(row.source)} isn't valid. Use one of: binary, url, base64, fileId`,
			]);
	}
}

/**
 * Downloads a file into n8n's binary data store, where it is checked like any other and doesn't take
 * up memory until it is sent.
 */
async function openUrl(
	context: IExecuteFunctions,
	url: string,
	place: string,
	{ asJson, timeout }: FileSettings,
): Promise<InputFile> {
	if (/^data:/i.test(url)) return fromBase64(url, place);
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		throw new ValidationError([
			`${place}: 'URL' ${formatValue(url)} isn't valid. Use a URL that starts with http:// or https://, or a data URL`,
		]);
	}
	if (asJson) return fromReference({ url }, place);
	const pieces = await collect(fetchFile(context, url, timeout, MAX_INPUT_BYTES)).catch(
		(error: unknown) => {
			const { message, advice } = asApiError(error);
			const whatToDo = error instanceof SsrfBlockedError ? `. ${advice}` : '';
			throw new ValidationError([`${place}: the download failed: ${message}${whatToDo}`]);
		},
	);
	const bytes = Buffer.concat(pieces);
	const name = new URL(url).pathname.split('/').at(-1) || 'image';
	const file = await context.helpers.prepareBinaryData(bytes, name, 'application/octet-stream');
	// A retry of the node stores a new copy, with another ID.
	return { ...(await fromBinary(context, file, place)), id: undefined };
}

/** Five times what the models accept. */
const MAX_INPUT_BYTES = 256_000_000;

function requireText(value: unknown, place: string, field: string): string {
	if (typeof value === 'string' && value.trim()) return value.trim();
	const isOther = value !== undefined && value !== null && typeof value !== 'string';
	const problem = isOther
		? `must be a string, not ${formatValue(value)}`
		: 'is empty. Fill it in, or remove the image';
	throw new ValidationError([`${place}: '${field}' ${problem}`]);
}
