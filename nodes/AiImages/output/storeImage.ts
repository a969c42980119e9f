import { createHash } from 'node:crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { ApiError } from '../errors';
import { ExecutionCanceledError } from '../transport/connectionError';
import type { ToStream } from '../transport/send';
import { detectImage, HEAD_BYTES, type ImageInfo } from '../media/detectImage';
import { mayRunScripts } from '../media/svgScripts';

/** An image in n8n's binary store. */
export interface StoredImage {
	readonly binary: IBinaryData;
	readonly mediaType: ImageInfo;
	/** Length in bytes. */
	readonly bytes: number;
	/** An SVG that does something when it is opened. */
	readonly mayRunScripts: boolean;
}

/**
 * Puts an image into the binary store while it arrives, under the type and the extension that its
 * bytes call for. n8n writes a stream to a file as it comes; where it keeps binary data in memory
 * or in a database, it collects the stream first.
 *
 * @param options.mustTellSize only bytes that tell width and height are an image
 * @returns null if the bytes are no image
 * @throws ApiError if the store does not take it, and what the bytes themselves throw
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
		// Whoever stops reading says so, or the connection would stay open.
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
	const head = await readHead(rest);
	const mediaType = detectImage(head);
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

/** Whether two images have the same bytes; they are read again only if they have the same length. */
export async function isSameImage(
	context: IExecuteFunctions,
	one: StoredImage,
	other: StoredImage,
): Promise<boolean> {
	if (one.bytes !== other.bytes) return false;
	return await isEqual(digestOf(context, one), digestOf(context, other));
}

/** Whether an image has the bytes of a file that was sent. */
export async function isSameFile(
	context: IExecuteFunctions,
	image: StoredImage,
	file: { readonly bytes: number; load(): Promise<Buffer> },
): Promise<boolean> {
	if (image.bytes !== file.bytes) return false;
	return await isEqual(digestOf(context, image), file.load().then(digest));
}

/** A file that cannot be read again is taken for another: no image is lost to a doubt. */
async function isEqual(one: Promise<string>, other: Promise<string>): Promise<boolean> {
	const [first, second] = await Promise.allSettled([one, other]);
	return (
		first.status === 'fulfilled' && second.status === 'fulfilled' && first.value === second.value
	);
}

async function digestOf(context: IExecuteFunctions, { binary }: StoredImage): Promise<string> {
	if (!binary.id) return digest(Buffer.from(binary.data, 'base64'));
	const hash = createHash('sha256');
	const pieces = await context.helpers.getBinaryStream(binary.id);
	for await (const piece of pieces) hash.update(piece as Buffer);
	return hash.digest('hex');
}

function digest(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** As much as it takes to know type and size, and of an SVG what is inside. */
async function readHead(bytes: AsyncIterator<Buffer>): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let length = 0;
	let looked = 0;
	for (let next = await bytes.next(); !next.done; next = await bytes.next()) {
		pieces.push(next.value);
		length += next.value.length;
		// Looking at a head that has grown a little would cost more than reading on.
		if (length < 2 * looked && length < HEAD_BYTES) continue;
		looked = length;
		const head = joined(pieces);
		const known = detectImage(head);
		if (length >= HEAD_BYTES || (known?.width && known.format !== 'svg')) return head;
	}
	return joined(pieces);
}

function joined(pieces: Buffer[]): Buffer {
	return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}

function storageError(error: unknown): unknown {
	if (error instanceof ApiError || error instanceof ExecutionCanceledError) return error;
	const reason = error instanceof Error ? error.message : String(error);
	return new ApiError(
		`The image was made, but n8n could not store it: ${reason}`,
		'Check the disk space and the rights of the folder where n8n keeps binary data',
	);
}
