import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { ApiError, ValidationError } from '../../errors';

/** A file as an item contains it. Any property can be missing, because any node can write it. */
export type BinaryFile = Partial<IBinaryData>;

/** A file in n8n's binary data store. */
export interface StoredFile {
	readonly id: string;
	/** Its name in messages: `Input image 2 (binary field "data")`. */
	readonly label: string;
}

/** @throws ValidationError if the file can't be read */
export async function* readStored(
	{ helpers }: IExecuteFunctions,
	file: StoredFile,
): AsyncGenerator<Buffer> {
	const openStream = async () => (await helpers.getBinaryStream(file.id)) as AsyncIterable<Buffer>;
	const pieces = (await openStream().catch(rejectFile(file)))[Symbol.asyncIterator]();
	try {
		for (;;) {
			const { done, value } = await pieces.next().catch(rejectFile(file));
			if (done) return;
			yield value;
		}
	} finally {
		// The file would stay open otherwise.
		await pieces.return?.();
	}
}

/**
 * The length in bytes according to the store.
 *
 * @throws ValidationError if the store doesn't know it
 */
export async function readStoredLength(
	{ helpers }: IExecuteFunctions,
	file: StoredFile,
): Promise<number> {
	return (await helpers.getBinaryMetadata(file.id).catch(rejectFile(file))).fileSize;
}

/**
 * Reads the bytes while the request is being sent. If that fails, the request stays incomplete, and
 * no server can carry it out and bill it.
 *
 * @throws ApiError if the file can no longer be read
 */
export async function loadStored(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	file: BinaryFile,
	{ id, label }: StoredFile,
): Promise<Buffer> {
	// The helper rejects files that lack one of these properties.
	const complete = { ...file, id, data: file.data ?? '', mimeType: file.mimeType ?? '' };
	return await helpers.getBinaryDataBuffer(itemIndex, complete).catch((error: unknown) => {
		throw new ApiError(
			`${label}: the file ${describeReadError(error, id)}`,
			`The request was not completed; you were not billed. ${RUN_AGAIN}`,
		);
	});
}

/** For `.catch()`. */
function rejectFile({ id, label }: StoredFile) {
	return (error: unknown): never => {
		throw new ValidationError([`${label}: the file ${describeReadError(error, id)}. ${RUN_AGAIN}`]);
	};
}

const RUN_AGAIN = 'Run the node that outputs it again';

/** A clause that follows "the file". */
function describeReadError(error: unknown, id: string): string {
	const { message, code } = messageAndCode(error);
	const isInvalidId = !/^[^:]+:./.test(id) || message.startsWith('Byte store key');
	if (isInvalidId) return "has an invalid ID, so n8n's storage can't have it";
	const store = /^No binary data manager found for: (.{1,40})$/.exec(message)?.[1];
	if (store) return `is in the storage "${store}", which this n8n isn't set up to use`;
	const isGone = code === 'ENOENT' || /^(?:binary data )?file not found/i.test(message);
	if (isGone) return "is no longer in n8n's storage";
	return `can't be read from n8n's storage (${code || message.slice(0, 100)})`;
}

function messageAndCode(error: unknown): { message: string; code: string } {
	const { message = error, code = '' } = Object(error) as { message?: unknown; code?: unknown };
	return { message: String(message), code: String(code) };
}
