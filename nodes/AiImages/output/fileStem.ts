/** Values for a file name. */
export interface NameParts {
	readonly prompt: string;
	readonly model: string;
	/** Number of the input item, from 1. */
	readonly item: number;
	/** Number of the image of that item, from 1. */
	readonly index: number;
	/** Whether the item has several images, so that names need the number. */
	readonly several: boolean;
}

/** File systems allow 255 bytes, and a character takes up to 4. */
const MAX_STEM_CHARS = 60;
/** Of the prompt, and of the model. */
const MAX_PART_CHARS = 40;

/**
 * A file's name without its extension: from a template with `{prompt}`, `{model}`, `{item}`,
 * `{index}` and `{date}`, or `a-lighthouse-in-a-storm-3-2` from prompt, item and image.
 *
 * The result has no slashes and no control characters, so it cannot leave its folder or its header.
 */
export function fileStem(template: string, parts: NameParts, today: string): string {
	const { item, index, several } = parts;
	if (!template) {
		const number = several || index > 1 ? `${item}-${index}` : `${item}`;
		return `${shortSlug(parts.prompt) || 'image'}-${number}`;
	}
	const values: Record<string, string> = {
		prompt: shortSlug(parts.prompt),
		model: shortSlug(parts.model),
		item: String(item),
		index: String(index),
		date: today,
	};
	const filled = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
		Object.hasOwn(values, name) ? String(values[name]) : whole,
	);
	const allowed = filled.replace(JOINER_OR_UNSAFE, (_, joiner?: string) => joiner ?? '-');
	const short = beginningOf(allowed, MAX_STEM_CHARS);
	const bare = short.replace(/^[.\s\p{M}\u200C\u200D-]+|[.\s]+$/gu, '');
	const safe = RESERVED.test(bare) ? `image-${bare}` : bare;
	if (short !== allowed) return `${safe || 'image'}-${item}-${index}`;
	const needsNumber = (several || index > 1) && !template.includes('{index}');
	return `${safe || 'image'}${needsNumber ? `-${index}` : ''}`;
}

/** Names that Windows reserves for devices, whatever their extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Scripts whose spelling uses the invisible joiners U+200C and U+200D. */
const JOINING = [
	...['Arab', 'Syrc', 'Mong', 'Nkoo', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml'],
	...['Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt'],
]
	.map((script) => `\\p{scx=${script}}`)
	.join('');

/**
 * A joiner inside a word, as in Persian, or one behind the mark of a consonant without a vowel,
 * where words of Malayalam end (https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters).
 */
const JOINER_OF_WORD =
	`(?<=[${JOINING}])(?<=[\\p{L}\\p{N}\\p{M}])[\\u200C\\u200D](?=[${JOINING}])(?=[\\p{L}\\p{N}\\p{M}])` +
	`|(?<=[${JOINING}])(?<=\\p{M})\\u200D`;
const JOINER_OF_EMOJI = '(?<=\\p{ExtPict}[\\uFE0F\\p{EMod}]?)\\u200D(?=\\p{ExtPict})';

const JOINER = `(?:${JOINER_OF_WORD}|${JOINER_OF_EMOJI})`;

const JOINER_OR_UNSAFE = new RegExp(
	`(${JOINER})|(?:(?!${JOINER})[\\p{C}\\p{Zl}\\p{Zp}\\\\/:*?"<>|])+`,
	'gu',
);
const JOINER_OR_STRAY = new RegExp(`(${JOINER_OF_WORD})|[\\u200C\\u200D]`, 'gu');

/** The beginning of a text, in letters with their marks, digits and hyphens. */
function shortSlug(text: string): string {
	const whole = slug(text);
	const short = beginningOf(whole, MAX_PART_CHARS);
	// A word that is cut off goes, unless it is the only one.
	return short === whole ? whole : short.replace(/-[^-]*$/, '');
}

function slug(text: string): string {
	return (
		text
			.toLowerCase()
			// The compatible form of the vowel AM is another spelling, which Thai and Lao fonts show badly.
			.replace(/[^\p{scx=Thai}\p{scx=Laoo}]+/gu, (others) => others.normalize('NFKC'))
			.normalize('NFC')
			// Variation selectors and the frames of keycaps belong to emoji.
			.replace(/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}\p{Me}]/gu, '')
			.replace(JOINER_OR_STRAY, (_, joiner?: string) => joiner ?? ' ')
			// Marks without a letter go with what they stand on.
			.replace(/[^\p{L}\p{N}\p{M}\u200C\u200D][^\p{L}\p{N}]*/gu, '-')
			.replace(/^[^\p{L}\p{N}]+|-$/gu, '')
	);
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As much of a text as fits, without a part of what readers see as one character. */
function beginningOf(text: string, characters: number): string {
	let left = characters;
	let end = 0;
	for (const { segment, index } of GRAPHEMES.segment(text)) {
		left -= [...segment].length;
		if (left < 0) break;
		end = index + segment.length;
	}
	return text.slice(0, end);
}
