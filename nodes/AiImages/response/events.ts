import { ImageSplitter, type EmbeddedImage } from './splitter';

/** One server-sent event whose data is JSON, with its images taken out. */
export interface ServerEvent {
	/** The `event:` line; empty if there is none. */
	readonly name: string;
	/** The data without its images. */
	readonly text: string;
	readonly images: readonly EmbeddedImage[];
}

/** UTF-8's, read as single bytes, because a piece may end inside of it. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * Reads server-sent events while they arrive
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
 * The data goes straight into a splitter, so an event of many megabytes is never held as text.
 */
export class EventReader {
	private splitter = new ImageSplitter();
	private images: EmbeddedImage[] = [];
	private name = '';
	private hasData = false;
	/** The field of the current line, and how far the line has been read. */
	private field = '';
	private place: 'field' | 'space' | 'value' = 'field';
	/** A line feed that follows a carriage return ends the same line. */
	private afterReturn = false;
	private begun = false;

	/** Reads the next piece and returns the events that it completes. */
	*push(chunk: Buffer): Generator<ServerEvent> {
		for (let at = 0; at < chunk.length;) {
			const follows = this.afterReturn && chunk[at] === LF;
			this.afterReturn = false;
			if (follows) {
				at++;
				continue;
			}
			const end = endOfLine(chunk, at);
			this.readPart(chunk.subarray(at, end));
			at = end;
			if (end === chunk.length) return;
			this.afterReturn = chunk[at++] === CR;
			const event = this.endLine();
			if (event) yield event;
		}
	}

	/** The last event, if the stream ends without the empty line behind it. */
	end(): ServerEvent | null {
		return this.endLine() ?? this.dispatch();
	}

	private readPart(part: Buffer): void {
		let rest = part;
		if (this.place === 'field') {
			const colon = rest.indexOf(COLON);
			this.field += rest.toString('latin1', 0, colon < 0 ? rest.length : colon);
			if (colon < 0) return;
			if (!this.begun) this.field = this.field.replace(BYTE_ORDER_MARK, '');
			rest = rest.subarray(colon + 1);
			this.place = 'space';
			if (this.field === 'data' && this.hasData) this.readData(Buffer.from('\n'));
		}
		if (this.place === 'space' && rest.length > 0) {
			if (rest[0] === SPACE) rest = rest.subarray(1);
			this.place = 'value';
		}
		if (this.field === 'event') this.name += rest.toString('latin1');
		if (this.field === 'data') this.readData(rest);
	}

	private readData(bytes: Buffer): void {
		this.hasData = true;
		this.images.push(...this.splitter.push(bytes));
	}

	private endLine(): ServerEvent | null {
		const isEmpty = this.field === '' && this.place === 'field';
		this.field = '';
		this.place = 'field';
		this.begun = true;
		return isEmpty ? this.dispatch() : null;
	}

	private dispatch(): ServerEvent | null {
		const { name, images } = this;
		const event = this.hasData ? { name, text: this.splitter.skeleton(), images } : null;
		this.splitter = new ImageSplitter();
		this.images = [];
		this.name = '';
		this.hasData = false;
		return event;
	}
}

function endOfLine(chunk: Buffer, from: number): number {
	const feed = chunk.indexOf(LF, from);
	const end = feed < 0 ? chunk.length : feed;
	const carriageReturn = chunk.subarray(from, end).indexOf(CR);
	return carriageReturn < 0 ? end : from + carriageReturn;
}
