import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { InvalidItem, orFailure } from '../errors';
import { Blocked } from '../transport/failures';
import { collected } from '../response/limits';
import { fetchFile } from '../response/link';
import { fromBase64, fromBinary, fromReference, type InputFile } from './inputFile';
import { quote } from './quote';

/** A row of *Input Images*, or the one of *Mask* or *Markup*, as the user filled it in. */
export interface FileRow {
	readonly source?: unknown;
	readonly binaryField?: unknown;
	readonly url?: unknown;
	readonly base64?: unknown;
	readonly fileId?: unknown;
	/** Rows whose fields `*` leaves out. */
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
			return await openBinaries(context, itemIndex, row, place);
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
				`${place}: Source ${quote(row.source)} is not possible. Allowed: binary, url, base64, fileId`,
			]);
	}
}

async function openBinaries(
	context: IExecuteFunctions,
	itemIndex: number,
	{ binaryField, not = [] }: FileRow,
	place: string,
): Promise<InputFile[]> {
	const files = filesOf(context, itemIndex);
	const values = Array.isArray(binaryField) ? (binaryField as unknown[]) : [binaryField];
	const except = not.map((row) => row?.binaryField);
	const found = values.flatMap((value) => findFiles(value, files, except, place));
	return await Promise.all(
		found.map(async ([label, file]) => await fromBinary(context, itemIndex, file, label)),
	);
}

type Files = Readonly<Record<string, IBinaryData>>;

/** A file that an expression gives, one name, several with commas, or `*` for all images. */
function findFiles(
	value: unknown,
	files: Files,
	except: readonly unknown[],
	place: string,
): Array<[label: string, file: IBinaryData]> {
	const given = asFile(value, files);
	if (given) return [[place, given]];
	const names = typeof value === 'string' ? namesIn(value.trim(), files, except) : [];
	const missing = names.filter((name) => !Object.hasOwn(files, name));
	if (names.length === 0 || missing.length > 0) {
		throw new InvalidItem([noSuchFile(place, value, missing, Object.keys(files))]);
	}
	return names.map((name) => [`${place} (binary field "${name}")`, files[name] as IBinaryData]);
}

function namesIn(value: string, files: Files, except: readonly unknown[]): string[] {
	if (value === '*') {
		const isImage = (name: string) => files[name]?.mimeType.startsWith('image/');
		return Object.keys(files).filter((name) => isImage(name) && !except.includes(name));
	}
	if (Object.hasOwn(files, value)) return [value];
	return value
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
}

/** The item's files, which the workflow setting `binaryMode: 'combined'` moves into its json. */
function filesOf(context: IExecuteFunctions, itemIndex: number): Files {
	const { json = {}, binary = {} } = context.getInputData()[itemIndex] ?? {};
	const moved = typeof json._files === 'object' && json._files !== null ? json._files : {};
	const all = Object.entries({ ...moved, ...binary } as Record<string, unknown>);
	return Object.fromEntries(
		all.filter((entry): entry is [string, IBinaryData] => isFile(entry[1])),
	);
}

function isFile(value: unknown): value is IBinaryData {
	if (!describesFile(value)) return false;
	// n8n's in-memory mode has no IDs, and its other modes put the mode's name where the data was.
	return value.id ? typeof value.id === 'string' : typeof value.data === 'string';
}

function describesFile(value: unknown): value is Partial<IBinaryData> & { mimeType: string } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'mimeType' in value &&
		typeof value.mimeType === 'string'
	);
}

/**
 * A file that an expression gives. In the in-memory binary mode n8n leaves out its bytes, so it
 * is found again among the item's files by everything else that is said of it.
 */
function asFile(value: unknown, files: Files): IBinaryData | undefined {
	if (isFile(value)) return value;
	if (!describesFile(value)) return undefined;
	const said = Object.entries(value).filter(([key]) => key !== 'data');
	return Object.values(files).find((file) => said.every(([key, text]) => file[key] === text));
}

function noSuchFile(
	place: string,
	value: unknown,
	missing: readonly string[],
	names: readonly string[],
): string {
	let problem = `Input Binary Field ${quote(value)} is no name of a field and no file`;
	if (missing.length) {
		problem = `the item has no binary field ${missing.map((name) => quote(name)).join(', ')}`;
	} else if (value === '*') {
		problem = 'none of the files of the item is an image';
	} else if (value === '' || value === null || value === undefined) {
		problem = 'Input Binary Field is empty';
	}
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
	if (/^data:/i.test(url)) return fromBase64(url, place);
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		throw new InvalidItem([
			`${place}: ${quote(url)} is not an address. Allowed: an address that begins with http:// or https://, or a data URL`,
		]);
	}
	if (asJson) return fromReference({ image_url: url }, place);
	const pieces = await collected(fetchFile(context, url, timeout, LARGEST_INPUT)).catch(
		(error: unknown) => {
			const { message, nextStep } = orFailure(error);
			const advice = error instanceof Blocked ? `. ${nextStep}` : '';
			throw new InvalidItem([`${place}: the file cannot be downloaded: ${message}${advice}`]);
		},
	);
	const bytes = Buffer.concat(pieces);
	const name = new URL(url).pathname.split('/').at(-1) || 'image';
	const file = await context.helpers.prepareBinaryData(bytes, name, 'application/octet-stream');
	// The copy in the store is a new one at each attempt.
	return { ...(await fromBinary(context, itemIndex, file, place)), id: undefined };
}

/** Bytes; five times what the models take. */
const LARGEST_INPUT = 256 * 1_048_576;

function textOf(value: unknown, place: string): string {
	if (typeof value === 'string' && value.trim()) return value.trim();
	const isOther = value !== undefined && value !== null && typeof value !== 'string';
	const problem = isOther ? `${quote(value)} is no text` : 'is empty';
	throw new InvalidItem([`${place} ${problem}. Fill it in, or remove the row`]);
}
