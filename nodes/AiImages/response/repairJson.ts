import { MAX_RESULT_DEPTH } from './splitter/jsonPosition';

/**
 * The complete part of a JSON text that breaks off or is invalid. It ends after the last complete
 * string, array or object, and the arrays and objects around that are closed.
 *
 * @returns an empty text if nothing is complete
 */
export function completePart(text: string): string {
	const closers: string[] = [];
	let complete = { end: 0, closers: '' };
	let state: 'outside' | 'key' | 'value' = 'outside';
	/** The last character outside of strings that is not white space. */
	let last = '';
	const completeAt = (end: number) => {
		complete = { end, closers: closers.toReversed().join('') };
	};
	for (let at = 0; at < text.length; at++) {
		const character = text[at] as string;
		if (state !== 'outside') {
			if (character === '\\') at++;
			if (character !== '"') continue;
			if (state === 'value') completeAt(at + 1);
			state = 'outside';
		} else if (character === '"') {
			state = closers.at(-1) === '}' && last !== ':' ? 'key' : 'value';
		} else if (character === '{' || character === '[') {
			closers.push(character === '{' ? '}' : ']');
			if (closers.length > MAX_RESULT_DEPTH) break;
		} else if (character === '}' || character === ']') {
			if (closers.pop() !== character) break;
			completeAt(at + 1);
		}
		if (character > ' ') last = character;
	}
	return text.slice(0, complete.end) + complete.closers;
}
