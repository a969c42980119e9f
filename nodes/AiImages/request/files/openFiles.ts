import type { IExecuteFunctions } from 'n8n-workflow';
import { asApiError, SsrfBlockedError, ValidationError } from '../../errors';
import { collect } from '../../transport/byteStreams';
import { fetchFile } from '../../transport/fetchFile';
import { openBinaryFields } from './binaryFields';
import type { FileRow } from './fileRow';
import { fromBase64, fromBinary, fromPendingUrl, fromReference, type InputFile } from './inputFile';
import { formatValue } from '../../values/format';

/** How files are found and sent. */
export interface FileSettings {
	/** The request is JSON with URLs in place of files. */
	readonly keepsLinks: boolean;
	/** The request is JSON with IDs of uploaded files in place of files. */
	readonly keepsFileIds: boolean;
	/** Why it has none. */
	readonly noFileIds: string;
	/** Whether files that are given as URLs can be downloaded. */
	readonly downloads: boolean;
	/** Limit for a download, in milliseconds. */
	readonly timeout: number;
	/** Evaluates the row anew. */
	readonly readRow: () => FileRow;
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
			return [await openUrl(context, row, place, settings)];
		case 'base64':
			return [openText(row, 'base64', place, settings)];
		case 'fileId': {
			const fileId = requireText(row.fileId, place, 'File ID');
			if (settings.keepsFileIds) return [fromReference({ fileId }, place)];
			throw new ValidationError([`${place}: 'File ID' ${settings.noFileIds}`]);
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
	row: FileRow,
	place: string,
	settings: FileSettings,
): Promise<InputFile> {
	const url = requireText(row.url, place, 'URL');
	const { keepsLinks, downloads, timeout } = settings;
	if (/^data:/i.test(url)) return openText(row, 'url', place, settings);
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		throw new ValidationError([
			`${place}: 'URL' ${formatValue(url)} isn't valid. Use a URL that starts with http:// or https://, or a data URL`,
		]);
	}
	if (keepsLinks) return fromReference({ url }, place);
	if (!downloads) return fromPendingUrl(url, place);
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
	return { ...(await fromBinary(context, file, place)), identity: null };
}

function openText(
	row: FileRow,
	field: keyof typeof TEXT_FIELDS,
	place: string,
	{ readRow }: FileSettings,
): InputFile {
	const textOf = (read: FileRow) => requireText(read[field], place, TEXT_FIELDS[field]);
	return fromBase64(textOf(row), () => textOf(readRow()), place);
}

/** Fields that can hold a file as text, and their labels. */
const TEXT_FIELDS = { base64: 'Base64', url: 'URL' } as const;

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
