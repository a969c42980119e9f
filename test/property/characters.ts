import fc from 'fast-check';

/** UTF-16 keeps these code points for halves of others. */
const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

/**
 * Any code point but half surrogates, as the unit of a text. It gives the same as fast-check's own
 * unit `binary`, which needs a table of a million characters, and thus a second in each test file.
 */
export const anyCharacter = fc
	.nat({ max: 0x10ffff - SURROGATES })
	.map(
		(index) => String.fromCodePoint(index + (index < FIRST_SURROGATE ? 0 : SURROGATES)),
		indexOf,
	);

/** @throws Error if it is no unit, as fast-check expects */
function indexOf(character: unknown): number {
	const code = typeof character === 'string' ? character.codePointAt(0) : undefined;
	if (code === undefined || character !== String.fromCodePoint(code)) throw new Error('No unit');
	if (code < FIRST_SURROGATE) return code;
	if (code < FIRST_SURROGATE + SURROGATES) throw new Error('Half a character');
	return code - SURROGATES;
}
