import type { IExecuteFunctions } from 'n8n-workflow';
import { ValidationError } from '../../errors';
import { cutOffTextDefect, type Defect } from '../../media/defect';
import type { ImageInfo } from '../../media/detectImage';
import { inspectFile } from '../../media/inspect';
import { isStorageMode, openBase64, type Base64File } from './base64Text';
import type { ToStream } from '../../transport/httpResponse';
import {
	notSent,
	readStored,
	readStoredLength,
	sendStored,
	streamFactory,
	type BinaryFile,
} from './storedFile';

/** An inspected file for an edit. Its bytes are not kept, but read again when they are sent. */
export interface InputFile {
	/** Its name in messages: `Input Images, image 2 (binary field "data")`. */
	readonly label: string;
	/** Equal for equal files, also in a retry of the execution; null = only its bytes tell. */
	readonly identity: string | null;
	/** What a JSON request contains in place of the file, which is then neither read nor checked. */
	readonly reference: FileReference | null;
	/** Where a file is that a preview doesn't download. Nothing else is known of it, or checked. */
	readonly pendingUrl?: string;
	/** null = not an image in a known format. */
	readonly mediaType: ImageInfo | null;
	/** Why the bytes can't be used; null = no reason found. */
	readonly defect: Defect | null;
	/** Length in bytes. */
	readonly bytes: number;
	readonly fileName: string;
	/** Its bytes, read anew each time. Throws an ApiError if they can no longer be read. */
	read(): AsyncIterable<Buffer>;
	/** What makes streams of other bytes; null if the file is in memory, where no stream is. */
	readonly streamFactory: (() => Promise<ToStream>) | null;
}

/** A file that the provider fetches by itself or already has. */
export type FileReference = { readonly url: string } | { readonly fileId: string };

/**
 * A file of an item, whether the item contains the bytes or n8n's binary data store does.
 *
 * @throws ValidationError if the file can't be read
 */
export async function fromBinary(
	context: IExecuteFunctions,
	file: BinaryFile,
	label: string,
): Promise<InputFile> {
	const { id } = file;
	if (!id) return fromMemory(file, label);
	const stored = { id, label };
	const { image, length, defect } = await inspectFile(readStored(context, stored));
	const bytes = length ?? (await readStoredLength(context, stored));
	return {
		label,
		// A stored file never changes, but n8n can move it into the folder of its execution: only the
		// last part of its ID stays.
		identity: `${id.split('/').at(-1)} ${bytes}`,
		reference: null,
		mediaType: image,
		defect,
		bytes,
		fileName: safeName(file.fileName, image),
		read: () => sendStored(context, stored, bytes),
		streamFactory: async () => await streamFactory(context, stored),
	};
}

/**
 * A file that the user entered as text: base64 or a data URL. The text isn't kept, because each value
 * of an expression is a copy of its own, but read again when the file is sent.
 *
 * @param readText reads the text again
 * @throws ValidationError if the text can't be decoded
 */
export function fromBase64(text: string, readText: () => string, label: string): InputFile {
	const file = fromText(text, readText, undefined, label);
	const isCutOff = file.mediaType && file.defect?.isCutOff;
	return isCutOff
		? { ...file, defect: cutOffTextDefect(file.mediaType.format, text.length) }
		: file;
}

/** A file that the server gets by reference. */
export function fromReference(reference: FileReference, label: string): InputFile {
	return {
		label,
		identity: null,
		reference,
		mediaType: null,
		defect: null,
		bytes: 0,
		fileName: '',
		read: nothing,
		streamFactory: null,
	};
}

/** A file that is downloaded before its request is sent, but not for a preview. */
export function fromPendingUrl(url: string, label: string): InputFile {
	return { ...fromReference({ url }, label), reference: null, pendingUrl: url };
}

/** Whether the bytes of a file were looked at. */
export function isRead({ reference, pendingUrl }: InputFile): boolean {
	return reference === null && pendingUrl === undefined;
}

/** The type that is sent along with a file. */
export function mimeTypeOf({ mediaType, pendingUrl }: InputFile): string {
	return mediaType?.mimeType ?? (pendingUrl === undefined ? 'application/octet-stream' : 'unknown');
}

/** A copy of a stored file that lost its ID has the name of the storage mode in place of its data. */
function fromMemory({ data, fileName }: BinaryFile, label: string): InputFile {
	if (typeof data === 'string' && !isStorageMode(data)) {
		return fromText(data, () => data, fileName, label);
	}
	throw new ValidationError([
		`${label}: the file has no content. Run the node that outputs it again`,
	]);
}

function fromText(
	text: string,
	readText: () => string,
	name: string | undefined,
	label: string,
): InputFile {
	const file = openBase64(text, label);
	const { image, defect } = file.inspection;
	return {
		label,
		identity: file.digest,
		reference: null,
		mediaType: image,
		defect,
		bytes: file.length,
		fileName: safeName(name, image),
		read: textReader(file, readText, label),
		streamFactory: null,
	};
}

/** Not part of `fromText`, whose text it would keep. */
function textReader({ decode }: Base64File, readText: () => string, label: string) {
	return async function* () {
		yield* readPieces(() => decode(readText()), label);
	};
}

/** @throws ApiError if the text can't be evaluated again, or is another one */
function readPieces(read: () => Iterable<Buffer> | null, label: string): Iterable<Buffer> {
	let pieces;
	try {
		pieces = read();
	} catch (error) {
		const { message } = error as Error;
		throw notSent(label, `can't be read again (${message.slice(0, 200)})`);
	}
	if (!pieces) throw notSent(label, 'has changed since it was checked');
	return pieces;
}

async function* nothing(): AsyncGenerator<Buffer> {}

/** A name that is safe in a header, with the extension of the actual format. */
function safeName(name: string | undefined, image: ImageInfo | null): string {
	const stem = (typeof name === 'string' ? name : 'image')
		.replace(/^.*[\\/]/, '')
		.replace(/\.[^.]*$/, '');
	const safe = stem
		.replace(/[^A-Za-z0-9._-]+/g, '-')
		.replace(/^[-.]+/, '')
		.slice(0, 80)
		.replace(/-+$/, '');
	return `${safe || 'image'}.${image?.extension ?? 'bin'}`;
}
