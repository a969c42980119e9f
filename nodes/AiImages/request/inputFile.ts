import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { detectMediaType, HEAD_BYTES, type MediaType } from '../response/mediaType';

/** A file for an edit. Its head was looked at; its bytes are read when they are sent. */
export interface InputFile {
	/** How the user finds it: `Input Images, image 2 (binary field "data")`. */
	readonly label: string;
	/** Its place in n8n's binary store, if it was there before; a retry finds it there again. */
	readonly id: string | undefined;
	/** What stands for the file in a JSON request; it is then neither read nor checked. */
	readonly reference: FileReference | null;
	/** What the bytes say; null = no image that is known. */
	readonly mediaType: MediaType | null;
	/** Length in bytes. */
	readonly bytes: number;
	readonly fileName: string;
	load(): Promise<Buffer>;
}

/** A file that the server finds by itself. */
export type FileReference = { readonly image_url: string } | { readonly file_id: string };

/** A file of n8n's, in its store or, in the in-memory mode, in the item. */
export async function fromBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	file: IBinaryData,
	label: string,
): Promise<InputFile> {
	const { id } = file;
	const head = id ? await readHead(context, id) : Buffer.from(file.data, 'base64');
	const mediaType = detectMediaType(head);
	return {
		label,
		id,
		reference: null,
		mediaType,
		bytes: id ? (await context.helpers.getBinaryMetadata(id)).fileSize : head.length,
		fileName: safeName(file.fileName, mediaType),
		load: async () => await context.helpers.getBinaryDataBuffer(itemIndex, file),
	};
}

/** A file that an expression gave as text: base64, or a data URL. */
export function fromBase64(text: string, label: string): InputFile {
	const [, encoded = text] = /^data:[^,]*,(.*)$/is.exec(text) ?? [];
	// In a URL, the characters + and / may stand as %2B and %2F.
	const plain = encoded.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
		String.fromCharCode(parseInt(code, 16)),
	);
	const bytes = Buffer.from(plain, 'base64');
	const mediaType = detectMediaType(bytes);
	return {
		label,
		id: undefined,
		reference: null,
		mediaType,
		bytes: bytes.length,
		fileName: safeName(undefined, mediaType),
		load: async () => bytes,
	};
}

/** A file that is not sent, but named. */
export function fromReference(reference: FileReference, label: string): InputFile {
	return {
		label,
		id: undefined,
		reference,
		mediaType: null,
		bytes: 0,
		fileName: '',
		load: async () => Buffer.alloc(0),
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
		const complete = known?.width && (known.format !== 'png' || known.hasAlpha !== null);
		if (complete || length >= HEAD_BYTES) break;
	}
	return Buffer.concat(pieces);
}

/** A name that fits into a header, with the extension that the bytes call for. */
function safeName(name: string | undefined, mediaType: MediaType | null): string {
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
