/** Levels of a text that is closed again; what breaks off deeper down is no response. */
const MAX_DEPTH = 64;

/**
 * The part of a broken JSON text that is complete: cut behind its last whole text, list or record,
 * with the lists and records around that closed.
 *
 * @returns an empty text if nothing is complete
 */
export function completePart(text: string): string {
	const closers: string[] = [];
	let complete = { end: 0, closers: '' };
	let place: 'outside' | 'key' | 'value' = 'outside';
	/** The last character outside of texts that is not white space. */
	let last = '';
	const completeAt = (end: number) => {
		complete = { end, closers: closers.toReversed().join('') };
	};
	for (let at = 0; at < text.length; at++) {
		const character = text[at] as string;
		if (place !== 'outside') {
			if (character === '\\') at++;
			if (character !== '"') continue;
			if (place === 'value') completeAt(at + 1);
			place = 'outside';
		} else if (character === '"') {
			place = closers.at(-1) === '}' && last !== ':' ? 'key' : 'value';
		} else if (character === '{' || character === '[') {
			closers.push(character === '{' ? '}' : ']');
			if (closers.length > MAX_DEPTH) break;
		} else if (character === '}' || character === ']') {
			if (closers.pop() !== character) break;
			completeAt(at + 1);
		}
		if (character > ' ') last = character;
	}
	return text.slice(0, complete.end) + complete.closers;
}
