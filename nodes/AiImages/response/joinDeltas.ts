import { asRecord, parseJson } from '../values/json';
import type { ArrivingEvent } from './readEvents';

/** Bytes of an event that can be a piece of an image. Larger ones are read while they arrive. */
const MAX_PIECE_BYTES = 65_536;

/**
 * Joins the events over which a chat model's gateway spreads one data URL, so that it is read as one.
 * Other events pass as they are, text that is spread over several of them included.
 */
export async function* joinDeltas(
	events: AsyncGenerator<ArrivingEvent>,
): AsyncGenerator<ArrivingEvent> {
	let failure: { readonly error: unknown } | undefined;
	const read = async (): Promise<ReadEvent | undefined> => {
		const next = await events.next().catch((error: unknown) => void (failure = { error }));
		return !next || next.done ? undefined : await readStart(next.value);
	};
	try {
		let current = await read();
		while (current) {
			let end = endOf(current.content ?? '');
			if (end === 'closed') {
				yield current;
				current = await read();
				continue;
			}
			let next: ReadEvent | undefined = current;
			async function* data(): AsyncGenerator<Buffer> {
				yield Buffer.from('{"choices":[{"delta":{"content":"');
				for (let isFirst = true; next?.content !== undefined; isFirst = false) {
					if (!isFirst && !goesOn(end, next.content)) break;
					yield Buffer.from(JSON.stringify(next.content).slice(1, -1));
					if (!isFirst) end = endAfter(end, next.content);
					next = await read();
				}
				// Half an image is none.
				if (failure && end !== 'closed') throw failure.error;
				yield Buffer.from('"}}]}');
			}
			const joined = data();
			yield { name: current.name, data: joined };
			while (!(await joined.next()).done);
			current = next;
		}
		// What arrived before the connection broke is read first.
		if (failure) throw failure.error;
	} finally {
		await events.return(undefined);
	}
}

/** An event whose beginning has been read. */
interface ReadEvent extends ArrivingEvent {
	/** What a chat model says in it, if it has nothing else. */
	readonly content?: string | undefined;
}

async function readStart(event: ArrivingEvent): Promise<ReadEvent> {
	const iterator = event.data[Symbol.asyncIterator]();
	const pieces: Buffer[] = [];
	let length = 0;
	let failure: { readonly error: unknown } | undefined;
	let isEnded = false;
	while (!isEnded && length <= MAX_PIECE_BYTES) {
		const next = await iterator.next().catch((error: unknown) => void (failure = { error }));
		isEnded = !next || next.done === true;
		if (next && !next.done) length += pieces[pieces.push(next.value) - 1]?.length ?? 0;
	}
	async function* data(): AsyncGenerator<Buffer> {
		for (let piece = pieces.shift(); piece; piece = pieces.shift()) yield piece;
		if (failure) throw failure.error;
		if (!isEnded) yield* { [Symbol.asyncIterator]: () => iterator };
	}
	const content =
		isEnded && !failure ? contentOf(Buffer.concat(pieces).toString('utf8')) : undefined;
	const { name } = event;
	// The name of an event that is still arriving can follow its data.
	return isEnded
		? { name, data: data(), content }
		: {
				get name() {
					return event.name;
				},
				data: data(),
			};
}

function contentOf(text: string): string | undefined {
	if (!text.includes('"delta"')) return undefined;
	const { choices, error } = asRecord(parseJson(text));
	const [choice, ...others] = Array.isArray(choices) ? choices : [];
	const { delta, finish_reason: reason } = asRecord(choice);
	const { content, role: _, ...more } = asRecord(delta);
	const rest = [error, reason, ...others, ...Object.values(more)];
	const isAlone = rest.every((value) => NOTHING.includes(JSON.stringify(value)));
	return isAlone && typeof content === 'string' ? content : undefined;
}

/** What stands for an absent value, as JSON. */
const NOTHING: ReadonlyArray<string | undefined> = [undefined, 'null', '""', '[]'];

/**
 * How a text ends: inside the markup of an image, such as `![image](data:…`, inside a data URL
 * without markup, or outside of both.
 */
type End = 'markup' | 'dataUrl' | 'closed';

const OPEN_MARKUP = /(?:\]\(|=["'])$|[("'](?:d|da|dat|data|data:[^\s"'()]*)$/;
const OPEN_DATA_URL = /(?:^|\s)data:image\/[\w.+-]{1,40};base64,[\w+/-]*$/;
const END_OF_MARKUP = /[\s"')]/;
/** Fewer characters could be a word. */
const BASE64 = /^[\w+/-]{16,}={0,2}\s*$/;

function endOf(text: string): End {
	if (OPEN_MARKUP.test(text)) return 'markup';
	return OPEN_DATA_URL.test(text) ? 'dataUrl' : 'closed';
}

/** Whether a text belongs to the image in which the text before it ends. */
function goesOn(end: End, text: string): boolean {
	return end === 'markup' || (end === 'dataUrl' && BASE64.test(text));
}

function endAfter(end: End, text: string): End {
	if (end === 'markup') return END_OF_MARKUP.test(text) ? endOf(text) : 'markup';
	return /[=\s]$/.test(text) ? 'closed' : 'dataUrl';
}
