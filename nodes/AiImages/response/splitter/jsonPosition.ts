import { isIgnoredKey, isOpaqueKey } from '../ignoredKeys';

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** Levels of objects and arrays that have results. Nothing below them is one. */
export const MAX_RESULT_DEPTH = 64;

/** Characters of a key that are compared. */
const MAX_KEY_CHARS = 256;

/** An object or an array. */
interface Container {
	/** Its key, or that of the array around it; empty = none. */
	readonly key: string;
	readonly isObject: boolean;
	/** Nothing in it is a result. */
	readonly isIgnored: boolean;
}

const OUTSIDE: Container = { key: '', isObject: false, isIgnored: false };
const TOO_DEEP: Container = { key: '', isObject: false, isIgnored: true };

/** What is known about the top level before its end. It tells the kind of an event. */
export interface TopLevel {
	type: string;
	hasPreviewIndex: boolean;
	/** It has the list of results. */
	hasList: boolean;
}

/** The service's keys at the top level. */
export interface TopLevelKeys {
	readonly previewIndex: string;
	/** Of the list of results. */
	readonly list: string;
}

/** Tracks a reader's position in a JSON text: its key, and the objects and arrays around it. */
export class JsonPosition {
	readonly top: TopLevel = { type: '', hasPreviewIndex: false, hasList: false };
	private readonly containers: Container[] = [];
	/** How many containers are open, those included that are too deep to be in the list. */
	private depth = 0;
	/** The last byte outside of strings that is not white space; after a string, its quote. */
	private last = 0;
	private lastString = '';

	constructor(private readonly keys: TopLevelKeys) {}

	/**
	 * Reads up to the next string.
	 *
	 * @returns the index after its opening quote, or the end of the chunk if it has no string
	 */
	skipToString(chunk: Buffer, from: number): { to: number; isString: boolean } {
		for (let at = from; at < chunk.length; at++) {
			const byte = chunk[at] as number;
			if (byte === QUOTE) return { to: at + 1, isString: true };
			if (byte > SPACE) this.read(byte);
		}
		return { to: chunk.length, isString: false };
	}

	/** Whether the current string is a key. */
	get isKey(): boolean {
		return this.container.isObject && this.last !== COLON;
	}

	/** The key of the current value, or that of the array around it; empty = none. */
	get key(): string {
		return this.last === COLON ? this.lastString : this.container.key;
	}

	/** Whether a path ends at the current value: its key, and the keys of the objects around it. */
	isAtEndOf(path: readonly string[]): boolean {
		if (this.key !== path.at(-1)) return false;
		if (path.length === 1) return true;
		const around = this.containers.filter(({ isObject }) => isObject);
		return path.slice(0, -1).every((key, at) => around.at(at - path.length + 1)?.key === key);
	}

	/** Whether nobody can read the current value. */
	get isOpaque(): boolean {
		return isOpaqueKey(this.key);
	}

	/** Whether the current value cannot have results. */
	get isIgnored(): boolean {
		return this.container.isIgnored || isIgnoredKey(this.key);
	}

	/** @param string the current string, or its beginning, without JSON escapes */
	endString(string: string): void {
		if (this.isTopLevelValueOf('type')) this.top.type = string;
		this.lastString = string.slice(0, MAX_KEY_CHARS);
		this.last = QUOTE;
	}

	private get container(): Container {
		return this.depth > MAX_RESULT_DEPTH ? TOO_DEEP : (this.containers.at(-1) ?? OUTSIDE);
	}

	private read(byte: number): void {
		if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.enter(byte === OPEN_OBJECT);
		else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.leave();
		else if (this.isTopLevelValueOf(this.keys.previewIndex)) {
			this.top.hasPreviewIndex ||= byte >= DIGIT_0 && byte <= DIGIT_9;
		}
		this.last = byte;
	}

	private enter(isObject: boolean): void {
		const { key, isIgnored } = this;
		if (this.isTopLevelValueOf(this.keys.list)) this.top.hasList = true;
		if (++this.depth <= MAX_RESULT_DEPTH) this.containers.push({ key, isObject, isIgnored });
	}

	private leave(): void {
		if (this.depth > 0 && this.depth-- <= MAX_RESULT_DEPTH) this.containers.pop();
	}

	private isTopLevelValueOf(key: string): boolean {
		return this.depth === 1 && this.last === COLON && this.lastString === key;
	}
}
