import { parseJson } from '../../values/json';

/**
 * How much of a JSON string can be parsed: all of it, or what precedes an incomplete escape at its
 * end.
 */
export function completeLength(string: string): number {
	let at = 0;
	while (at < string.length) {
		const next = string[at] !== '\\' ? 1 : string[at + 1] === 'u' ? 6 : 2;
		if (at + next > string.length) return at;
		at += next;
	}
	return at;
}

/** The value of a JSON string, or the string itself if it is invalid. */
export function unescapeString(string: string): string {
	return string.includes('\\') ? String(parseJson(`"${string}"`) ?? string) : string;
}

/** The same for the beginning of a string, which can end in the middle of an escape. */
export function unescapeBeginning(string: string): string {
	return string.includes('\\')
		? String(parseJson(`"${string.slice(0, completeLength(string))}"`) ?? string)
		: string;
}
