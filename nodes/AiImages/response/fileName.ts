/** What a file's name can be made of. */
export interface NameParts {
	readonly prompt: string;
	readonly model: string;
	/** Number of the input item, from 1. */
	readonly item: number;
	/** Number of the image of that item, from 1. */
	readonly index: number;
	/** Whether the item has several images, so that the number is needed. */
	readonly several: boolean;
}

/** Longest stem, in characters: file systems allow 255 bytes, of which one character takes 4. */
const LONGEST_STEM = 60;
/** Characters that prompt and model each put into a name. */
const LONGEST_PART = 40;

/**
 * A file's name without its extension: from a template with `{prompt}`, `{model}`, `{item}`,
 * `{index}` and `{date}`, or `a-lighthouse-in-a-storm-3-2` from prompt, item and image.
 *
 * The result holds neither slashes nor control characters, so it stays in its folder and header.
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
	const characters = [...filled.replace(/[\p{C}\p{Zl}\p{Zp}\\/:*?"<>|]+/gu, '-')];
	const bare = characters
		.slice(0, LONGEST_STEM)
		.join('')
		.replace(/^[.\s-]+|[.\s]+$/g, '');
	const safe = RESERVED.test(bare) ? `image-${bare}` : bare;
	if (characters.length > LONGEST_STEM) return `${safe || 'image'}-${item}-${index}`;
	const needsNumber = (several || index > 1) && !template.includes('{index}');
	return `${safe || 'image'}${needsNumber ? `-${index}` : ''}`;
}

/** Names that Windows keeps for devices, whatever their extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The beginning of a text, in letters, digits and hyphens. */
function shortSlug(text: string): string {
	const whole = slug(text);
	const short = [...whole].slice(0, LONGEST_PART).join('');
	// A word that is cut off goes, unless it is the only one.
	return short === whole ? whole : short.replace(/-[^-]*$/, '');
}

function slug(text: string): string {
	return text
		.toLowerCase()
		.normalize('NFKC')
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '');
}
