import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { CallFailure, InvalidItem } from '../errors';
import { fetchLink } from '../response/link';
import { fromBase64, fromBinary, fromReference, type InputFile } from './inputFile';

/** A row of *Input Images*, or the one of *Mask* or *Markup*, as the user filled it in. */
export interface FileRow {
	readonly source?: unknown;
	readonly binaryField?: unknown;
	readonly url?: unknown;
	readonly base64?: unknown;
	readonly fileId?: unknown;
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
 * @throws InvalidItem if a file cannot be had, ExecutionCanceled
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
			return await openBinaries(context, itemIndex, row.binaryField, place);
		case 'url':
			return [await openUrl(context, itemIndex, textOf(row.url, `${place}: URL`), place, settings)];
		case 'base64':
			return [fromBase64(textOf(row.base64, `${place}: Base64`), place)];
		case 'fileId': {
			const fileId = textOf(row.fileId, `${place}: File ID`);
			if (settings.asJson) return [fromReference({ file_id: fileId }, place)];
			throw new InvalidItem([
				`${place}: a File ID cannot be sent as a file. Turn on Send Images as JSON under Options, or choose another source`,
			]);
		}
		default:
			throw new InvalidItem([
				`${place}: Source ${JSON.stringify(row.source)} is not possible. Allowed: binary, url, base64, fileId`,
			]);
	}
}

async function openBinaries(
	context: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
	place: string,
): Promise<InputFile[]> {
	if (isFile(value)) return [await fromBinary(context, itemIndex, value, place)];
	const files = filesOf(context, itemIndex);
	const fields = namesIn(value, files);
	const missing = fields.filter((field) => !Object.hasOwn(files, field));
	if (fields.length === 0 || missing.length > 0) {
		throw new InvalidItem([noSuchFile(place, missing, Object.keys(files))]);
	}
	return await Promise.all(
		fields.map(async (field) => {
			const label = `${place} (binary field "${field}")`;
			return await fromBinary(context, itemIndex, files[field] as IBinaryData, label);
		}),
	);
}

/** One name, several with commas between them, or `*` for all images of the item. */
function namesIn(value: unknown, files: Readonly<Record<string, IBinaryData>>): string[] {
	if (typeof value !== 'string') return [];
	if (value.trim() === '*') {
		return Object.keys(files).filter((field) => files[field]?.mimeType.startsWith('image/'));
	}
	if (Object.hasOwn(files, value.trim())) return [value.trim()];
	return value
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
}

/** The item's files, which the workflow setting `binaryMode: 'combined'` moves into its json. */
function filesOf(context: IExecuteFunctions, itemIndex: number): Record<string, IBinaryData> {
	const { json = {}, binary = {} } = context.getInputData()[itemIndex] ?? {};
	const moved = json._files;
	const isRecord = typeof moved === 'object' && moved !== null;
	return { ...(isRecord ? (moved as unknown as Record<string, IBinaryData>) : {}), ...binary };
}

function isFile(value: unknown): value is IBinaryData {
	return (
		typeof value === 'object' &&
		value !== null &&
		'mimeType' in value &&
		('id' in value || 'data' in value)
	);
}

function noSuchFile(place: string, missing: readonly string[], names: readonly string[]): string {
	const problem = missing.length
		? `the item has no binary field ${missing.map((name) => `"${name}"`).join(', ')}`
		: 'Input Binary Field is empty or no file';
	const found = names.length ? `It has: ${names.join(', ')}` : 'The item has no files at all';
	return `${place}: ${problem}. ${found}. Choose one of its files, or connect a node that gives one`;
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
	if (url.startsWith('data:')) return fromBase64(url, place);
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		throw new InvalidItem([
			`${place}: "${url}" is not an address. Allowed: an address that begins with http:// or https://, or a data URL`,
		]);
	}
	if (asJson) return fromReference({ image_url: url }, place);
	const bytes = await fetchLink(context, url, url, timeout).catch((error: unknown) => {
		if (!(error instanceof CallFailure)) throw error;
		throw new InvalidItem([`${place}: the file could not be downloaded: ${error.message}`]);
	});
	const name = new URL(url).pathname.split('/').at(-1) || 'image';
	const file = await context.helpers.prepareBinaryData(bytes, name, 'application/octet-stream');
	return await fromBinary(context, itemIndex, file, place);
}

function textOf(value: unknown, place: string): string {
	if (typeof value === 'string' && value.trim()) return value.trim();
	throw new InvalidItem([`${place} is empty. Fill it in, or remove the row`]);
}
