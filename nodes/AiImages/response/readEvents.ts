import { MAX_METADATA_BYTES, tooMuchMetadata } from './limits';

/** A server-sent event that is still arriving. */
export interface ArrivingEvent {
	/** Its `event:` line; empty until that has been read. */
	readonly name: string;
	/** What is not read is skipped. */
	readonly data: AsyncIterable<Buffer>;
}

/** Of UTF-8, one character per byte, because a chunk can end inside it. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;
const LINE_FEED = Buffer.from('\n');

/** Characters of a field's or an event's name that are read. The known ones have up to 30. */
const MAX_NAME_CHARS = 256;

/**
 * Reads server-sent events while they arrive
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
 * Events of many megabytes are never held in memory: their data is passed on piece by piece. Unlike
 * in the specification, an event that the end of the body cuts off is an event, too.
 *
 * @throws ApiError if there is too much beside the data
 */
export async function* readEvents(body: AsyncIterable<Buffer>): AsyncGenerator<ArrivingEvent> {
	const lines = new LineReader();
	const pieces = readPieces(body, lines);
	try {
		for (;;) {
			const first = await pieces.next();
			if (first.done) return;
			if (first.value === END_OF_EVENT) continue;
			const rest = untilEndOfEvent(pieces);
			yield {
				get name() {
					return lines.name;
				},
				data: startingWith(first.value, rest),
			};
			while (!(await rest.next()).done);
		}
	} finally {
		await pieces.return(undefined);
	}
}

const END_OF_EVENT = null;

/** A piece of an event's data, or its end. */
type Piece = Buffer | typeof END_OF_EVENT;

async function* readPieces(body: AsyncIterable<Buffer>, lines: LineReader): AsyncGenerator<Piece> {
	let otherBytes = 0;
	for await (const chunk of body) {
		otherBytes += chunk.length;
		for (const piece of lines.push(chunk)) {
			otherBytes -= piece?.length ?? 0;
			yield piece;
		}
		if (otherBytes > MAX_METADATA_BYTES) throw tooMuchMetadata();
	}
}

/** Not a generator: a consumer that stops early would close it, and the rest could not be skipped. */
function untilEndOfEvent(pieces: AsyncIterator<Piece>): AsyncIterator<Buffer> {
	let hasEnded = false;
	return {
		next: async () => {
			const piece = hasEnded ? undefined : await pieces.next();
			hasEnded ||= !piece || Boolean(piece.done) || piece.value === END_OF_EVENT;
			return hasEnded ? { done: true, value: undefined } : { done: false, value: piece?.value };
		},
	};
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	yield first;
	for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Parses the lines of an event stream. */
class LineReader {
	/** The name of the current event. */
	name = '';
	/** The current event has a `data` field. */
	private hasData = false;
	/** The field of the current line, as far as it has been read. */
	private field = '';
	/** The part of the current line that is read next. */
	private state: 'field' | 'space' | 'value' = 'field';
	/** The last byte was a carriage return. A line feed after it ends the same line. */
	private isAfterReturn = false;
	/** No byte order mark can follow. */
	private isPastByteOrderMark = false;

	/** The pieces of data in a chunk, and the ends of events. */
	*push(chunk: Buffer): Generator<Piece> {
		const lines = new LineEnds(chunk);
		for (let at = 0; at < chunk.length;) {
			const isSecondOfTwo = this.isAfterReturn && chunk[at] === LF;
			this.isAfterReturn = false;
			if (isSecondOfTwo) {
				at++;
				continue;
			}
			if (!this.hasData && this.isAtLineStart) {
				const next = endOfBlankLines(chunk, at);
				if (next > at) {
					this.name = '';
					this.isPastByteOrderMark = true;
					this.isAfterReturn = chunk[next - 1] === CR;
					at = next;
					continue;
				}
			}
			const end = lines.after(at);
			yield* this.readPart(chunk.subarray(at, end));
			at = end;
			if (end === chunk.length) return;
			this.isAfterReturn = chunk[at++] === CR;
			// A field without a colon has an empty value.
			if (this.state === 'field') yield* this.beginValue();
			if (this.endLine()) {
				if (this.hasData) yield END_OF_EVENT;
				this.name = '';
				this.hasData = false;
			}
		}
	}

	private get isAtLineStart(): boolean {
		return this.field === '' && this.state === 'field';
	}

	/** @param part a line, or what a chunk has of it */
	private *readPart(part: Buffer): Generator<Buffer> {
		let rest = part;
		if (this.state === 'field') {
			const colon = rest.indexOf(COLON);
			const length = Math.min(colon < 0 ? rest.length : colon, MAX_NAME_CHARS);
			this.field = (this.field + rest.toString('latin1', 0, length)).slice(0, MAX_NAME_CHARS);
			if (!this.isPastByteOrderMark && this.field.length >= 3) {
				this.field = this.field.replace(BYTE_ORDER_MARK, '');
				this.isPastByteOrderMark = true;
			}
			if (colon < 0) return;
			rest = rest.subarray(colon + 1);
			this.state = 'space';
			yield* this.beginValue();
		}
		if (this.state === 'space' && rest.length > 0) {
			if (rest[0] === SPACE) rest = rest.subarray(1);
			this.state = 'value';
		}
		if (this.field === 'event') {
			this.name = (this.name + rest.toString('latin1', 0, MAX_NAME_CHARS)).slice(0, MAX_NAME_CHARS);
		}
		if (this.field === 'data' && rest.length > 0) yield rest;
	}

	private *beginValue(): Generator<Buffer> {
		// A later name replaces an earlier one; several lines of data are joined.
		if (this.field === 'event') this.name = '';
		if (this.field !== 'data') return;
		if (this.hasData) yield LINE_FEED;
		this.hasData = true;
	}

	/** @returns whether the line was empty, which ends an event */
	private endLine(): boolean {
		const isEmpty = this.isAtLineStart;
		this.field = '';
		this.state = 'field';
		this.isPastByteOrderMark = true;
		return isEmpty;
	}
}

/** Skips blank lines at once: servers send thousands of them to keep a connection alive. */
function endOfBlankLines(chunk: Buffer, from: number): number {
	let at = from;
	while (chunk[at] === LF || chunk[at] === CR) at++;
	return at;
}

/** Finds the ends of the lines in a chunk. Each of its bytes is searched only once. */
class LineEnds {
	private lineFeed = -1;
	private carriageReturn = -1;

	constructor(private readonly chunk: Buffer) {}

	/** @param at the same index as in the last call, or a higher one */
	after(at: number): number {
		if (this.lineFeed < at) this.lineFeed = this.find(LF, at);
		if (this.carriageReturn < at) this.carriageReturn = this.find(CR, at);
		return Math.min(this.lineFeed, this.carriageReturn);
	}

	private find(byte: number, from: number): number {
		const found = this.chunk.indexOf(byte, from);
		return found < 0 ? this.chunk.length : found;
	}
}
