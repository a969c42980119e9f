import type { IExecuteFunctions } from 'n8n-workflow';
import { ValidationError } from '../../errors';
import type { ImageInfo } from '../../media/detectImage';
import { decodeBase64Text, isNameOfStorage } from './base64Text';
import { describeCutOffText, type Defect } from '../../media/defect';
import { inspect } from '../../media/inspect';
import { lengthOfStored, loadStored, readStored, type BinaryFile } from './storedFile';

/** A file for an edit. It was looked at; its bytes are read again when they are sent. */
export interface InputFile {
	/** How the user finds it: `Input Images, image 2 (binary field "data")`. */
	readonly label: string;
	/** Its place in n8n's binary store, if it was there before; a retry finds it there again. */
	readonly id: string | undefined;
	/** What stands for the file in a JSON request; it is then neither read nor checked. */
	readonly reference: FileReference | null;
	/** What the bytes say; null = no image that is known. */
	readonly mediaType: ImageInfo | null;
	/** Why it cannot be used, by its bytes; null = nothing speaks against it. */
	readonly defect: Defect | null;
	/** Length in bytes. */
	readonly bytes: number;
	readonly fileName: string;
	load(): Promise<Buffer>;
}

/** A file that the server finds by itself. */
export type FileReference = { readonly image_url: string } | { readonly file_id: string };

/**
 * A file of an item, in n8n's store or, in the in-memory mode, in the item itself.
 *
 * @throws ValidationError if the file cannot be read
 */
export async function fromBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	file: BinaryFile,
	label: string,
): Promise<InputFile> {
	const { id } = file;
	if (!id) return fromMemory(file, label);
	const stored = { id, label };
	const { mediaType, length, defect } = await inspect(readStored(context, stored));
	return {
		label,
		id,
		reference: null,
		mediaType,
		defect,
		bytes: length ?? (await lengthOfStored(context, stored)),
		fileName: safeName(file.fileName, mediaType),
		load: async () => await loadStored(context, itemIndex, file, stored),
	};
}

/** A file that was given as text: base64, or a data URL. */
export function fromBase64(text: string, label: string): InputFile {
	const file = fromText(text, undefined, label);
	const isCutOff = file.mediaType && file.defect?.isCutOff;
	return isCutOff
		? { ...file, defect: describeCutOffText(file.mediaType.format, text.length) }
		: file;
}

/** n8n's other modes put the mode's name where the data was, which copies without an ID keep. */
function fromMemory({ data, fileName }: BinaryFile, label: string): InputFile {
	if (typeof data === 'string' && !isNameOfStorage(data)) return fromText(data, fileName, label);
	throw new ValidationError([
		`${label}: the file has a description, but no content. Run the node that provides it again`,
	]);
}

function fromText(text: string, name: string | undefined, label: string): InputFile {
	const { bytes, inspection } = decodeBase64Text(text, label);
	const { mediaType, defect } = inspection;
	return {
		label,
		id: undefined,
		reference: null,
		mediaType,
		defect,
		bytes: bytes.length,
		fileName: safeName(name, mediaType),
		// n8n holds the text anyway: its bytes need not stay beside it until they are sent.
		load: async () => decodeBase64Text(text, label).bytes,
	};
}

/** A file that is not sent, but named. */
export function fromReference(reference: FileReference, label: string): InputFile {
	return {
		label,
		id: undefined,
		reference,
		mediaType: null,
		defect: null,
		bytes: 0,
		fileName: '',
		load: async () => Buffer.alloc(0),
	};
}

/** A name that fits into a header, with the extension that the bytes call for. */
function safeName(name: string | undefined, mediaType: ImageInfo | null): string {
	const stem = (typeof name === 'string' ? name : 'image')
		.replace(/^.*[\\/]/, '')
		.replace(/\.[^.]*$/, '');
	const safe = stem
		.replace(/[^A-Za-z0-9._-]+/g, '-')
		.replace(/^[-.]+/, '')
		.slice(0, 80)
		.replace(/-+$/, '');
	return `${safe || 'image'}.${mediaType?.extension ?? 'bin'}`;
}
