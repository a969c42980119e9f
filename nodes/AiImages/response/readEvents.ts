import { MAX_METADATA_BYTES, tooMuchMetadata } from './limits';

/** One server-sent event that is still arriving. */
export interface ArrivingEvent {
	/** The `event:` line, if it has been read yet; else empty. */
	readonly name: string;
	/** The data; what is not read is passed over. */
	readonly data: AsyncIterable<Buffer>;
}

/** UTF-8's, read as single bytes, because a piece may end inside of it. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;
const LINE_FEED = Buffer.from('\n');

/** Longest name of a field or an event that is read, in characters; the known ones have 30. */
const MAX_NAME_CHARS = 256;

/**
 * Reads server-sent events while they arrive
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
 * An event of many megabytes is never held: its data is handed on piece by piece. An event that
 * the end of the body cuts off counts as well.
 */
export async function* readEvents(body: AsyncIterable<Buffer>): AsyncGenerator<ArrivingEvent> {
	const lines = new LineReader();
	const pieces = piecesOf(body, lines);
	try {
		for (;;) {
			const first = await pieces.next();
			if (first.done) return;
			if (first.value === END_OF_EVENT) continue;
			const rest = untilEnd(pieces);
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
type Piece = Buffer | typeof END_OF_EVENT;

async function* piecesOf(body: AsyncIterable<Buffer>, lines: LineReader): AsyncGenerator<Piece> {
	let words = 0;
	for await (const chunk of body) {
		words += chunk.length;
		for (const piece of lines.push(chunk)) {
			words -= piece?.length ?? 0;
			yield piece;
		}
		if (words > MAX_METADATA_BYTES) throw tooMuchMetadata();
	}
}

/** Not a generator of its own, which a reader that breaks off would end. */
function untilEnd(pieces: AsyncIterator<Piece>): AsyncIterator<Buffer> {
	let ended = false;
	return {
		next: async () => {
			const piece = ended ? undefined : await pieces.next();
			ended ||= !piece || Boolean(piece.done) || piece.value === END_OF_EVENT;
			return ended ? { done: true, value: undefined } : { done: false, value: piece?.value };
		},
	};
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	yield first;
	for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Follows the lines of a stream of events. */
class LineReader {
	/** Of the current event. */
	name = '';
	private hasData = false;
	/** The field of the current line, and how far the line has been read. */
	private field = '';
	private place: 'field' | 'space' | 'value' = 'field';
	/** A line feed that follows a carriage return ends the same line. */
	private afterReturn = false;
	private begun = false;

	/** The pieces of data that a chunk holds, and the ends of events. */
	*push(chunk: Buffer): Generator<Piece> {
		const lines = new LineEnds(chunk);
		for (let at = 0; at < chunk.length;) {
			const follows = this.afterReturn && chunk[at] === LF;
			this.afterReturn = false;
			if (follows) {
				at++;
				continue;
			}
			if (!this.hasData && this.isAtStart) {
				const next = endOfBlanks(chunk, at);
				if (next > at) {
					this.name = '';
					this.begun = true;
					this.afterReturn = chunk[next - 1] === CR;
					at = next;
					continue;
				}
			}
			const end = lines.after(at);
			yield* this.readPart(chunk.subarray(at, end));
			at = end;
			if (end === chunk.length) return;
			this.afterReturn = chunk[at++] === CR;
			// A field without a colon has an empty value.
			if (this.place === 'field') yield* this.beginValue();
			if (this.endLine()) {
				if (this.hasData) yield END_OF_EVENT;
				this.name = '';
				this.hasData = false;
			}
		}
	}

	/** Nothing of the current line has been read. */
	private get isAtStart(): boolean {
		return this.field === '' && this.place === 'field';
	}

	private *readPart(part: Buffer): Generator<Buffer> {
		let rest = part;
		if (this.place === 'field') {
			const colon = rest.indexOf(COLON);
			const name = rest.toString(
				'latin1',
				0,
				Math.min(colon < 0 ? rest.length : colon, MAX_NAME_CHARS),
			);
			this.field = (this.field + name).slice(0, MAX_NAME_CHARS);
			if (!this.begun && this.field.length >= 3) {
				this.field = this.field.replace(BYTE_ORDER_MARK, '');
				this.begun = true;
			}
			if (colon < 0) return;
			rest = rest.subarray(colon + 1);
			this.place = 'space';
			yield* this.beginValue();
		}
		if (this.place === 'space' && rest.length > 0) {
			if (rest[0] === SPACE) rest = rest.subarray(1);
			this.place = 'value';
		}
		if (this.field === 'event') {
			this.name = (this.name + rest.toString('latin1', 0, MAX_NAME_CHARS)).slice(0, MAX_NAME_CHARS);
		}
		if (this.field === 'data' && rest.length > 0) yield rest;
	}

	private *beginValue(): Generator<Buffer> {
		// The last of several names counts, but all of the data.
		if (this.field === 'event') this.name = '';
		if (this.field !== 'data') return;
		if (this.hasData) yield LINE_FEED;
		this.hasData = true;
	}

	/** @returns whether the line was empty, which ends an event */
	private endLine(): boolean {
		const isEmpty = this.isAtStart;
		this.field = '';
		this.place = 'field';
		this.begun = true;
		return isEmpty;
	}
}

/** Where blank lines end, which servers send by thousands to keep a connection alive. */
function endOfBlanks(chunk: Buffer, from: number): number {
	let at = from;
	while (chunk[at] === LF || chunk[at] === CR) at++;
	return at;
}

/** Finds the ends of the lines of a chunk, and looks at each of its bytes once. */
class LineEnds {
	private feed = -1;
	private carriageReturn = -1;

	constructor(private readonly chunk: Buffer) {}

	/** @param at each time the same or further on */
	after(at: number): number {
		if (this.feed < at) this.feed = this.find(LF, at);
		if (this.carriageReturn < at) this.carriageReturn = this.find(CR, at);
		return Math.min(this.feed, this.carriageReturn);
	}

	private find(byte: number, from: number): number {
		const found = this.chunk.indexOf(byte, from);
		return found < 0 ? this.chunk.length : found;
	}
}
