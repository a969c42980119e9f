import type { IExecuteFunctions } from 'n8n-workflow';
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
 * Finds a file by the name of the item's binary field.
 *
 * @throws InvalidItem if the item has no such field
 */
export async function openInputFile(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	place: string,
): Promise<InputFile> {
	const label = `${place} (binary field "${field}")`;
	const binary = context.getInputData()[itemIndex]?.binary ?? {};
	const file = binary[field];
	if (!file) {
		const names = Object.keys(binary);
		throw new InvalidItem([
			`${place}: the item has no binary field "${field}". ` +
				(names.length ? `It has: ${names.join(', ')}` : 'It has no files at all') +
				'. Choose one of its files, or connect a node that gives one',
		]);
	}
	const { id } = file;
	const head = id ? await readHead(context, id) : Buffer.from(file.data, 'base64');
	const bytes = id ? (await context.helpers.getBinaryMetadata(id)).fileSize : head.length;
	const mediaType = detectMediaType(head);
	return {
		label,
		mediaType,
		bytes,
		fileName: safeName(file.fileName, field, mediaType),
		load: async () => await context.helpers.getBinaryDataBuffer(itemIndex, field),
	};
}

/** As many bytes as it takes to know format and size. */
async function readHead(context: IExecuteFunctions, id: string): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let length = 0;
	for await (const piece of await context.helpers.getBinaryStream(id)) {
		pieces.push(piece as Buffer);
		length += pieces.at(-1)?.length ?? 0;
		const known = detectMediaType(Buffer.concat(pieces));
		if (known?.width || length >= HEAD_BYTES) break;
	}
	return Buffer.concat(pieces);
}

/** A name that fits into a header, with the extension that the bytes call for. */
function safeName(name: string | undefined, field: string, mediaType: MediaType | null): string {
	const stem = (name ?? field).replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
	const safe = stem
		.replace(/[^A-Za-z0-9._-]+/g, '-')
		.replace(/^[-.]+|-+$/g, '')
		.slice(0, 80);
	return `${safe || 'image'}.${mediaType?.extension ?? 'bin'}`;
}
