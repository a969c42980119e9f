import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { InvalidItem } from '../errors';
import { detectMediaType, HEAD_BYTES, type MediaType } from '../response/mediaType';

/** A file for an edit. Its head was looked at; its bytes are read when they are sent. */
export interface InputFile {
	/** How the user finds it: `Input Images, image 2 (binary field "data")`. */
	readonly label: string;
	/** What the bytes say; null = no image that is known. */
	readonly mediaType: MediaType | null;
	/** Length in bytes. */
	readonly bytes: number;
	readonly fileName: string;
	load(): Promise<Buffer>;
}

/**
 * Opens a file of n8n's.
 *
 * @param value the name of one of the item's binary fields, or the file itself, as expressions
 *   give it
 * @throws InvalidItem if there is no such file
 */
export async function openInputFile(
	context: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
	place: string,
): Promise<InputFile> {
	const files = filesOf(context, itemIndex);
	const field = typeof value === 'string' ? value.trim() : '';
	const file = isFile(value) ? value : Object.hasOwn(files, field) ? files[field] : undefined;
	if (!file) throw new InvalidItem([noSuchFile(place, field, Object.keys(files))]);
	const label = isFile(value) ? place : `${place} (binary field "${field}")`;
	const { id } = file;
	const head = id ? await readHead(context, id) : Buffer.from(file.data, 'base64');
	const bytes = id ? (await context.helpers.getBinaryMetadata(id)).fileSize : head.length;
	const mediaType = detectMediaType(head);
	return {
		label,
		mediaType,
		bytes,
		fileName: safeName(file.fileName ?? field, mediaType),
		load: async () => await context.helpers.getBinaryDataBuffer(itemIndex, file),
	};
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

function noSuchFile(place: string, field: string, names: readonly string[]): string {
	const missing = field
		? `the item has no binary field "${field}"`
		: 'Input Binary Field is empty or no file';
	const found = names.length ? `It has: ${names.join(', ')}` : 'The item has no files at all';
	return `${place}: ${missing}. ${found}. Choose one of its files, or connect a node that gives one`;
}

/** As many bytes as it takes to know format and size. */
async function readHead(context: IExecuteFunctions, id: string): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let length = 0;
	for await (const piece of await context.helpers.getBinaryStream(id)) {
		pieces.push(piece as Buffer);
		length += pieces.at(-1)?.length ?? 0;
		const known = detectMediaType(Buffer.concat(pieces));
		const complete = known?.width && (known.format !== 'png' || known.hasAlpha !== null);
		if (complete || length >= HEAD_BYTES) break;
	}
	return Buffer.concat(pieces);
}

/** A name that fits into a header, with the extension that the bytes call for. */
function safeName(name: string, mediaType: MediaType | null): string {
	const stem = name.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
	const safe = stem
		.replace(/[^A-Za-z0-9._-]+/g, '-')
		.replace(/^[-.]+|-+$/g, '')
		.slice(0, 80);
	return `${safe || 'image'}.${mediaType?.extension ?? 'bin'}`;
}
