import { stringKind } from './splitter/stringKind';

/** Enough bytes to tell the format of a body or of an event's data. An SVG can need more. */
export const FORMAT_BYTES = 128;

/**
 * Whether a body, or the data of an event, is bare text: a data URL, base64, links, or a Markdown
 * image, without JSON around it.
 *
 * @param start its first bytes as text, without leading white space
 */
export function isBareText(start: string): boolean {
	return /^(?:https?:\/\/|!\[)/i.test(start) || stringKind(start, 'other', true) !== 'plain';
}

/** Bare text as a JSON string. */
export async function* quoted(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	yield QUOTE;
	for await (const piece of body) {
		const text = piece.toString('latin1').replace(/["\\]/g, '\\$&');
		yield Buffer.from(text.replace(CONTROL_CHARACTERS, ' '), 'latin1');
	}
	yield QUOTE;
}

const QUOTE = Buffer.from('"');
const CONTROL_CHARACTERS = /[\0-\x1f]+/g;

/** The data of an event as JSON, even if it is bare text. */
export async function* toJsonText(data: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	const iterator = data[Symbol.asyncIterator]();
	let start: Buffer = Buffer.alloc(0);
	let end: { readonly error?: unknown } | undefined;
	const next = async (): Promise<Buffer> => {
		const result = await iterator.next().catch((error: unknown) => void (end = { error }));
		if (result?.done) end = {};
		return result?.value ?? Buffer.alloc(0);
	};
	while (!end && start.length < FORMAT_BYTES) start = Buffer.concat([start, await next()]);
	async function* whole(): AsyncGenerator<Buffer> {
		if (start.length > 0) yield start;
		while (!end) {
			const piece = await next();
			if (piece.length > 0) yield piece;
		}
		// Bytes that arrived before the connection broke are read first.
		if ('error' in end) throw end.error;
	}
	const text = start.toString('latin1', 0, FORMAT_BYTES).trimStart();
	yield* !/^[[{"]/.test(text) && isBareText(text) ? quoted(whole()) : whole();
}
