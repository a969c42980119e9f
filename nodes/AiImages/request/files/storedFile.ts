import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { ApiError, ValidationError } from '../../errors';
import type { ToStream } from '../../transport/httpResponse';

/** A file as an item contains it. Any property can be missing, because any node can write it. */
export type BinaryFile = Partial<IBinaryData>;

/** A file in n8n's binary data store. */
export interface StoredFile {
	readonly id: string;
	/** Its name in messages: `Input image 2 (binary field "data")`. */
	readonly label: string;
}

/**
 * Reads a file before the request is sent.
 *
 * @throws ValidationError if the file can't be read
 */
export async function* readStored(
	context: IExecuteFunctions,
	{ id, label }: StoredFile,
): AsyncGenerator<Buffer> {
	yield* streamStored(context, id, (problem) => {
		return new ValidationError([`${label}: the file ${problem}. ${RUN_AGAIN}`]);
	});
}

/**
 * Reads a file while the request is being sent. If that fails, the request stays incomplete, and no
 * server can carry it out and bill it.
 *
 * @param length the length that was announced
 * @throws ApiError if the file can no longer be read, or has another length
 */
export async function* sendStored(
	context: IExecuteFunctions,
	{ id, label }: StoredFile,
	length: number,
): AsyncGenerator<Buffer> {
	let sent = 0;
	for await (const piece of streamStored(context, id, (problem) => notSent(label, problem))) {
		sent += piece.length;
		if (sent <= length) yield piece;
	}
	if (sent !== length) throw notSent(label, "has changed in n8n's storage");
}

/**
 * The length in bytes according to the store.
 *
 * @throws ValidationError if the store doesn't know it
 */
export async function readStoredLength(
	{ helpers }: IExecuteFunctions,
	{ id, label }: StoredFile,
): Promise<number> {
	const metadata = await helpers.getBinaryMetadata(id).catch((error: unknown) => {
		throw new ValidationError([`${label}: the file ${describeReadError(error, id)}. ${RUN_AGAIN}`]);
	});
	return metadata.fileSize;
}

/**
 * Makes streams of any bytes. Community nodes cannot import the class of a stream, but a stream of
 * the store knows it.
 *
 * @throws ApiError if the file can no longer be read
 */
export async function streamFactory(
	context: IExecuteFunctions,
	{ id, label }: StoredFile,
): Promise<ToStream> {
	const known = FACTORIES.get(context);
	if (known) return known;
	const stream = await context.helpers.getBinaryStream(id).catch((error: unknown) => {
		throw notSent(label, describeReadError(error, id));
	});
	stream.destroy();
	const { from } = stream.constructor as unknown as { from: ToStream };
	FACTORIES.set(context, from);
	return from;
}

/** One for all files of an execution. */
const FACTORIES = new WeakMap<IExecuteFunctions, ToStream>();

/** @param problem a clause that follows "the file" */
export function notSent(label: string, problem: string): ApiError {
	return new ApiError(
		`${label}: the file ${problem}`,
		`The request was not completed, so it was not billed. ${RUN_AGAIN}`,
	);
}

async function* streamStored(
	{ helpers }: IExecuteFunctions,
	id: string,
	toError: (problem: string) => Error,
): AsyncGenerator<Buffer> {
	const rethrow = (error: unknown): never => {
		throw toError(describeReadError(error, id));
	};
	const openStream = async () => (await helpers.getBinaryStream(id)) as AsyncIterable<Buffer>;
	const pieces = (await openStream().catch(rethrow))[Symbol.asyncIterator]();
	try {
		for (;;) {
			const { done, value } = await pieces.next().catch(rethrow);
			if (done) return;
			yield value;
		}
	} finally {
		// The file would stay open otherwise.
		await pieces.return?.();
	}
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
