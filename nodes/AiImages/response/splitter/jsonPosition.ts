const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_RECORD = 0x7b;
const CLOSE_RECORD = 0x7d;
const SPACE = 0x20;

/** What servers repeat of the request stands under these keys. */
const ECHO_KEYS = ['input', 'inputs', 'request', 'prompt', 'metadata'];

/** Small versions of an image that stands elsewhere. */
const SMALL_VERSION = /thumb|blur|lqip/;

/** Levels that are told apart; nothing deeper is a result. */
const MAX_DEPTH = 64;

/** Characters of a key that are looked at. */
const MAX_KEY_CHARS = 256;

interface Container {
	/** The key whose value it is, or that of the list around it. */
	readonly key: string;
	readonly isRecord: boolean;
	readonly isIgnored: boolean;
}

const OUTSIDE: Container = { key: '', isRecord: false, isIgnored: false };
const TOO_DEEP: Container = { key: '', isRecord: false, isIgnored: true };

/** What is known about the top level of a JSON text before its end: it tells the kind of an event. */
export interface TopLevel {
	type: string;
	hasPreviewIndex: boolean;
	hasList: boolean;
}

/** Keys of the service that the top level can have. */
export interface TopLevelKeys {
	readonly previewIndex: string;
	/** Of the list of results. */
	readonly list: string;
}

/** Follows where in a JSON text a reader is: under which key, and inside of what. */
export class JsonPosition {
	readonly top: TopLevel = { type: '', hasPreviewIndex: false, hasList: false };
	private readonly open: Container[] = [];
	private depth = 0;
	/** The last character outside of texts that is not white space. */
	private last = 0;
	private lastText = '';

	constructor(private readonly keys: TopLevelKeys) {}

	/**
	 * Reads what stands outside of texts.
	 *
	 * @returns where the next text begins, behind its quote; the end of the chunk = nowhere in it
	 */
	skipTo(chunk: Buffer, from: number): { at: number; isText: boolean } {
		for (let at = from; at < chunk.length; at++) {
			const byte = chunk[at] as number;
			if (byte === QUOTE) return { at: at + 1, isText: true };
			if (byte > SPACE) this.read(byte);
		}
		return { at: chunk.length, isText: false };
	}

	/** Whether the next text is a key. */
	get isKey(): boolean {
		return this.container.isRecord && this.last !== COLON;
	}

	/** The key whose value the next text is, alone or in a list; empty = none. */
	get key(): string {
		return this.last === COLON ? this.lastText : this.container.key;
	}

	/** Whether the next text stands where nothing is a result. */
	get isIgnored(): boolean {
		return this.container.isIgnored || isIgnoredKey(this.key);
	}

	/** @param text the text that has ended, or its beginning */
	endText(text: string): void {
		if (this.depth === 1 && this.last === COLON && this.lastText === 'type') this.top.type = text;
		this.lastText = text.slice(0, MAX_KEY_CHARS);
		this.last = QUOTE;
	}

	private get container(): Container {
		return this.depth > MAX_DEPTH ? TOO_DEEP : (this.open.at(-1) ?? OUTSIDE);
	}

	private read(byte: number): void {
		if (byte === OPEN_RECORD || byte === OPEN_LIST) this.enter(byte === OPEN_RECORD);
		else if (byte === CLOSE_RECORD || byte === CLOSE_LIST) this.leave();
		else if (this.depth === 1 && this.last === COLON && this.lastText === this.keys.previewIndex) {
			this.top.hasPreviewIndex ||= byte >= 0x30 && byte <= 0x39;
		}
		this.last = byte;
	}

	private enter(isRecord: boolean): void {
		const { key, isIgnored } = this;
		if (this.depth === 1 && key === this.keys.list && this.last === COLON) this.top.hasList = true;
		if (++this.depth <= MAX_DEPTH) this.open.push({ key, isRecord, isIgnored });
	}

	private leave(): void {
		if (this.depth > 0 && this.depth-- <= MAX_DEPTH) this.open.pop();
	}
}

/** Whether nothing under a key is a result. */
export function isIgnoredKey(key: string): boolean {
	const name = key.toLowerCase();
	return ECHO_KEYS.includes(name) || SMALL_VERSION.test(name);
}
