import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { ApiError, ValidationError } from '../../errors';

/** A file as items hold it; what other programs put into items may lack anything. */
export type BinaryFile = Partial<IBinaryData>;

/** A file in n8n's binary store. */
export interface StoredFile {
	readonly id: string;
	/** How the user finds it. */
	readonly label: string;
}

/**
 * Its bytes as they are read.
 *
 * @throws ValidationError if the file cannot be read
 */
export async function* readStored(
	{ helpers }: IExecuteFunctions,
	file: StoredFile,
): AsyncGenerator<Buffer> {
	const open = async () => (await helpers.getBinaryStream(file.id)) as AsyncIterable<Buffer>;
	const pieces = (await open().catch(refuse(file)))[Symbol.asyncIterator]();
	try {
		for (;;) {
			const { done, value } = await pieces.next().catch(refuse(file));
			if (done) return;
			yield value;
		}
	} finally {
		// Whoever stops reading closes the file.
		await pieces.return?.();
	}
}

/**
 * Its length in bytes, as the store knows it.
 *
 * @throws ValidationError if the store does not
 */
export async function lengthOfStored(
	{ helpers }: IExecuteFunctions,
	file: StoredFile,
): Promise<number> {
	return (await helpers.getBinaryMetadata(file.id).catch(refuse(file))).fileSize;
}

/**
 * All of its bytes, when they are to be sent. A request that ends before its last file is no
 * request yet, so that nothing can be billed.
 *
 * @throws ApiError if the file cannot be read any more
 */
export async function loadStored(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	file: BinaryFile,
	{ id, label }: StoredFile,
): Promise<Buffer> {
	// The helper takes no file that lacks one of these.
	const complete = { ...file, id, data: file.data ?? '', mimeType: file.mimeType ?? '' };
	return await helpers.getBinaryDataBuffer(itemIndex, complete).catch((error: unknown) => {
		throw new ApiError(
			`${label}: the file ${problemOf(error, id)}`,
			`The request was not completed, so it was not billed. ${RUN_AGAIN}`,
		);
	});
}

/** For `.catch()`. */
function refuse({ id, label }: StoredFile) {
	return (error: unknown): never => {
		throw new ValidationError([`${label}: the file ${problemOf(error, id)}. ${RUN_AGAIN}`]);
	};
}

const RUN_AGAIN = 'Run the node that provides it again';

/** Follows "the file". */
function problemOf(error: unknown, id: string): string {
	const { message, code } = factsOf(error);
	const isInvalid = !/^[^:]+:./.test(id) || message.startsWith('Byte store key');
	if (isInvalid) return "has an invalid ID, so n8n's storage can't have it";
	const store = /^No binary data manager found for: (.{1,40})$/.exec(message)?.[1];
	if (store) return `is in the storage "${store}", which this n8n isn't set up to use`;
	const isGone = code === 'ENOENT' || /^(?:binary data )?file not found/i.test(message);
	if (isGone) return "is no longer in n8n's storage";
	return `can't be read from n8n's storage (${code || message.slice(0, 100)})`;
}

function factsOf(error: unknown): { message: string; code: string } {
	const { message = error, code = '' } = Object(error) as { message?: unknown; code?: unknown };
	return { message: String(message), code: String(code) };
}
