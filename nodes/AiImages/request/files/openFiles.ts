import type { IExecuteFunctions } from 'n8n-workflow';
import { ValidationError, asApiError } from '../../errors';
import { SsrfBlockedError } from '../../transport/connectionError';
import { collect } from '../../response/limits';
import { fetchFile } from '../../transport/download';
import { openBinaryFields } from './binaryFields';
import { fromBase64, fromBinary, fromReference, type InputFile } from './inputFile';
import { formatValue } from '../../values/format';

/** A row of *Input Images*, or the one of *Mask* or *Markup*, as the user filled it in. */
export interface FileRow {
	readonly source?: unknown;
	readonly binaryField?: unknown;
	readonly url?: unknown;
	readonly base64?: unknown;
	readonly fileId?: unknown;
	/** Rows whose files `*` leaves out. */
	readonly not?: ReadonlyArray<FileRow | null>;
}

/** How files are found and sent. */
export interface FileSettings {
	/** The files go as JSON, so that addresses and ids can be sent as they are. */
	readonly asJson: boolean;
	/** Milliseconds to wait for a file on the web. */
	readonly timeout: number;
}

/**
 * Opens the files of one row.
 *
 * @param place how the user calls it: `Mask`, `Input Images, image 2`
 * @throws ValidationError if a file cannot be had, ExecutionCanceledError
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
			return [
				await openUrl(context, itemIndex, requireText(row.url, `${place}: URL`), place, settings),
			];
		case 'base64':
			return [fromBase64(requireText(row.base64, `${place}: Base64`), place)];
		case 'fileId': {
			const fileId = requireText(row.fileId, `${place}: File ID`);
			if (settings.asJson) return [fromReference({ file_id: fileId }, place)];
			throw new ValidationError([
				`${place}: a File ID cannot be sent as a file. Turn on Send Images as JSON under Options, or choose another source`,
			]);
		}
		default:
			throw new ValidationError([
				`${place}: Source ${formatValue(row.source)} is not possible. Allowed: binary, url, base64, fileId`,
			]);
	}
}

/**
 * A file on the web goes into n8n's binary store first: it is checked like any other, and many of
 * them do not stay in memory until they are sent.
 */
async function openUrl(
	context: IExecuteFunctions,
	itemIndex: number,
	url: string,
	place: string,
	{ asJson, timeout }: FileSettings,
): Promise<InputFile> {
	if (/^data:/i.test(url)) return fromBase64(url, place);
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		throw new ValidationError([
			`${place}: ${formatValue(url)} is not an address. Allowed: an address that begins with http:// or https://, or a data URL`,
		]);
	}
	if (asJson) return fromReference({ image_url: url }, place);
	const pieces = await collect(fetchFile(context, url, timeout, MAX_INPUT_BYTES)).catch(
		(error: unknown) => {
			const { message, advice } = asApiError(error);
			const whatToDo = error instanceof SsrfBlockedError ? `. ${advice}` : '';
			throw new ValidationError([`${place}: the file cannot be downloaded: ${message}${whatToDo}`]);
		},
	);
	const bytes = Buffer.concat(pieces);
	const name = new URL(url).pathname.split('/').at(-1) || 'image';
	const file = await context.helpers.prepareBinaryData(bytes, name, 'application/octet-stream');
	// The copy in the store is a new one at each attempt.
	return { ...(await fromBinary(context, itemIndex, file, place)), id: undefined };
}

/** Bytes; five times what the models take. */
const MAX_INPUT_BYTES = 256_000_000;

function requireText(value: unknown, place: string): string {
	if (typeof value === 'string' && value.trim()) return value.trim();
	const isOther = value !== undefined && value !== null && typeof value !== 'string';
	const problem = isOther ? `${formatValue(value)} is no text` : 'is empty';
	throw new ValidationError([`${place} ${problem}. Fill it in, or remove the row`]);
}
