import { Readable } from 'node:stream';
import type {
	IBinaryData,
	IDataObject,
	IExecuteFunctions,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';
import { ValidationError } from '../../nodes/AiImages/errors';
import { resolveModel } from '../../nodes/AiImages/models';
import type { InputFile } from '../../nodes/AiImages/request/files/inputFile';
import { readItem } from '../../nodes/AiImages/request/read';
import type { RawRequest } from '../../nodes/AiImages/request/types';
import { readSettings } from '../../nodes/AiImages/options/read';
import type { Settings } from '../../nodes/AiImages/options/table';
import type { ImageInfo } from '../../nodes/AiImages/media/detectImage';
import { parametersOf } from './screen';
import { OPENAI } from '../../nodes/AiImages/services/openai';

/** A request as it is after reading, with a legal prompt unless told otherwise. */
export function rawRequest({
	model = 'gpt-image-2.5-flare',
	operation = 'generate',
	values = {},
	...others
}: Partial<RawRequest> = {}): RawRequest {
	const { row, knownAs } = resolveModel(model);
	return {
		operation,
		model,
		knownAs,
		isTyped: false,
		row,
		ownRow: others.row ?? row,
		service: OPENAI,
		values: { prompt: 'a lighthouse', ...values },
		chosenBy: 'Model',
		atDefault: [],
		ignored: [],
		unsupported: [],
		chosenSize: undefined,
		images: operation === 'edit' ? [inputFile()] : [],
		mask: null,
		markup: null,
		settings: settingsOf(),
		problems: [],
		...others,
	};
}

/** The settings of a node whose options nobody touched, but for those that are given. */
export function settingsOf(others: Partial<Settings> = {}): Settings {
	return { ...readSettings({}, []), ...others };
}

/** An input file of which only the facts matter; by default a square PNG. */
export function inputFile({
	label = 'Input image 1 (binary field "data")',
	bytes = 1000,
	fileName = 'data.png',
	content = Buffer.from('pixels'),
	identity = null,
	reference = null,
	defect = null,
	...facts
}: Partial<Omit<InputFile, 'mediaType' | 'read'> & ImageInfo> & {
	content?: Buffer;
} = {}): InputFile {
	return {
		label,
		identity,
		reference,
		defect,
		bytes,
		fileName,
		mediaType: {
			format: 'png',
			mimeType: 'image/png',
			extension: 'png',
			width: 1024,
			height: 1024,
			isTurned: false,
			hasAlpha: true,
			...facts,
		},
		async *read() {
			yield content;
		},
		streamFactory: null,
	};
}

/** The problems that a call reports, or none. */
export function problemsOf(call: () => unknown): readonly string[] {
	try {
		call();
		return [];
	} catch (error) {
		if (error instanceof ValidationError) return error.problems;
		throw error;
	}
}

/** The same for a call that takes its time. */
export async function problemsAfter(call: Promise<unknown>): Promise<readonly string[]> {
	return await call.then(
		() => [],
		(error) =>
			problemsOf(() => {
				throw error;
			}),
	);
}

/** The problems that reading an item reports, whether it goes on or not. */
export async function problemsOfReading(
	set: INodeParameters,
	run?: Run,
): Promise<readonly string[]> {
	try {
		return (await readItem(executionOf(set, run), 0, OPENAI)).problems;
	} catch (error) {
		if (error instanceof ValidationError) return error.problems;
		throw error;
	}
}

export interface Run {
	/** What expressions gave, by the path of their field. */
	readonly resolved?: Readonly<Record<string, unknown>>;
	readonly binary?: Readonly<Record<string, IBinaryData>>;
	readonly json?: IDataObject;
	/** Content of files that lie in a store, by their id; in pieces of 10 bytes. */
	readonly stored?: Record<string, Buffer>;
	/** The fields of the editor, if they are not those of the node. */
	readonly properties?: INodeProperties[];
}

/**
 * What n8n hands to a node that runs one item: parameters that the editor shows, and nothing that
 * it hides. Addresses are fetched.
 */
export function executionOf(
	set: INodeParameters,
	{ resolved = {}, binary = {}, json = {}, stored = {}, properties }: Run = {},
): IExecuteFunctions {
	const parameters = parametersOf(set, properties);
	const kept = {};
	const fileOf = (id: string) => stored[id] ?? Buffer.alloc(0);
	const context = {
		getInputData: () => [{ json, binary }],
		getExecutionCancelSignal: () => undefined,
		getContext: () => kept,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNodeParameter: (name: string, _: number, fallback: unknown) =>
			name in resolved ? resolved[name] : (valueAt(parameters, name) ?? fallback),
		helpers: {
			getBinaryMetadata: async (id: string) => ({ fileSize: fileOf(id).length }),
			getBinaryStream: async (id: string) => pieces(fileOf(id)),
			getBinaryDataBuffer: async (_: number, { id, data }: IBinaryData) =>
				id ? fileOf(id) : Buffer.from(data, 'base64'),
			prepareBinaryData: async (bytes: Buffer, fileName: string, mimeType: string) => {
				const id = `stored:${Object.keys(stored).length}`;
				stored[id] = bytes;
				return { id, data: 'filesystem-v2', fileName, mimeType };
			},
			httpRequest: async ({ url, abortSignal }: { url: string; abortSignal: AbortSignal }) => {
				const { status, headers, body } = await fetch(url, { signal: abortSignal });
				return {
					statusCode: status,
					headers: Object.fromEntries(headers),
					body: Readable.from(chunks(body)),
				};
			},
		},
	};
	return context as unknown as IExecuteFunctions;
}

function valueAt(parameters: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], parameters);
}

async function* pieces(content: Buffer): AsyncGenerator<Buffer> {
	for (let at = 0; at < content.length; at += 10) yield content.subarray(at, at + 10);
}

async function* chunks(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Buffer> {
	for await (const chunk of body ?? []) yield Buffer.from(chunk);
}

/** All bytes of an input file. */
export async function bytesOf(file: InputFile | null | undefined): Promise<Buffer> {
	if (!file) throw new Error('There is no file');
	const pieces: Buffer[] = [];
	for await (const piece of file.read()) pieces.push(piece);
	return Buffer.concat(pieces);
}
