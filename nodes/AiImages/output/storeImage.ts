import { createHash } from 'node:crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { ApiError, ExecutionCanceledError } from '../errors';
import type { ImageInfo } from '../media/detectImage';
import { FileHead } from '../media/fileHead';
import type { ToStream } from '../transport/httpResponse';
import { mayRunScripts } from '../media/svgScripts';

/** An image in n8n's binary data store. */
export interface StoredImage {
	readonly binary: IBinaryData;
	readonly mediaType: ImageInfo;
	/** Length in bytes. */
	readonly bytes: number;
	/** An SVG that may run scripts or load files when it is opened. */
	readonly mayRunScripts: boolean;
}

/**
 * Stores an image while it arrives, with the type and the extension that its bytes call for. n8n
 * writes the stream to a file piece by piece. If it keeps binary data in memory or in a database, it
 * collects the stream first.
 *
 * @param options.mustTellSize bytes without width and height are not an image
 * @returns null if the bytes are not an image
 * @throws ApiError if n8n can't store it, and whatever reading the bytes throws
 */
export async function storeImage(
	context: IExecuteFunctions,
	bytes: AsyncIterable<Buffer>,
	fileStem: string,
	toStream: ToStream,
	{ mustTellSize = false } = {},
): Promise<StoredImage | null> {
	const rest = bytes[Symbol.asyncIterator]();
	try {
		return await store(context, rest, fileStem, toStream, mustTellSize);
	} finally {
		// The connection would stay open otherwise.
		await rest.return?.();
	}
}

async function store(
	context: IExecuteFunctions,
	rest: AsyncIterator<Buffer>,
	fileStem: string,
	toStream: ToStream,
	mustTellSize: boolean,
): Promise<StoredImage | null> {
	const { bytes: head, image: mediaType } = (await readHead(rest)).read();
	if (!mediaType || (mustTellSize && !mediaType.width)) return null;
	let length = 0;
	async function* whole(): AsyncGenerator<Buffer> {
		for (let piece = head; ;) {
			length += piece.length;
			yield piece;
			const next = await rest.next();
			if (next.done) return;
			piece = next.value;
		}
	}
	const fileName = `${fileStem}.${mediaType.extension}`;
	const binary = await context.helpers
		.prepareBinaryData(toStream(whole()), fileName, mediaType.mimeType)
		.catch((error: unknown) => {
			throw storageError(error);
		});
	return { binary, mediaType, bytes: length, mayRunScripts: mayRunScripts(mediaType, head) };
}

/** Whether two images have the same bytes. They are read again only if their lengths are equal. */
export async function isSameImage(
	context: IExecuteFunctions,
	one: StoredImage,
	other: StoredImage,
): Promise<boolean> {
	if (one.bytes !== other.bytes) return false;
	return await isEqual(digestOf(context, one), digestOf(context, other));
}

/** Whether an image has the same bytes as a file that was sent. */
export async function hasSameBytes(
	context: IExecuteFunctions,
	image: StoredImage,
	file: { readonly bytes: number; read(): AsyncIterable<Buffer> },
): Promise<boolean> {
	if (image.bytes !== file.bytes) return false;
	return await isEqual(digestOf(context, image), digest(file.read()));
}

/** False if a file can't be read again: when in doubt, no image is dropped as a duplicate. */
async function isEqual(one: Promise<string>, other: Promise<string>): Promise<boolean> {
	const [first, second] = await Promise.allSettled([one, other]);
	return (
		first.status === 'fulfilled' && second.status === 'fulfilled' && first.value === second.value
	);
}

async function digestOf(context: IExecuteFunctions, { binary }: StoredImage): Promise<string> {
	if (!binary.id) return await digest([Buffer.from(binary.data, 'base64')]);
	return await digest((await context.helpers.getBinaryStream(binary.id)) as AsyncIterable<Buffer>);
}

async function digest(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<string> {
	const hash = createHash('sha256');
	for await (const piece of pieces) hash.update(piece);
	return hash.digest('hex');
}

/** An SVG is read on, because scripts are searched for in all of it. */
async function readHead(bytes: AsyncIterator<Buffer>): Promise<FileHead> {
	const head = new FileHead(({ format, width }) => Boolean(width) && format !== 'svg');
	for (let next = await bytes.next(); !next.done; next = await bytes.next()) {
		if (head.push(next.value)) break;
	}
	return head;
}

function storageError(error: unknown): unknown {
	if (error instanceof ApiError || error instanceof ExecutionCanceledError) return error;
	const reason = error instanceof Error ? error.message : String(error);
	return new ApiError(
		`Image generated, but n8n couldn't store it: ${reason}`,
		'Check the disk space and the permissions of the folder where n8n stores binary data',
	);
}
