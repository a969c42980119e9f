/** Characters of a value that an error message repeats. */
const MAX_VALUE_CHARS = 50;

/** A value as error messages show it: short, and as the user wrote it. */
export function formatValue(value: unknown): string {
	const text = typeof value === 'number' ? String(value) : (toJson(value) ?? toText(value));
	if (text.length <= MAX_VALUE_CHARS + 10) return text;
	const length = typeof value === 'string' ? ` (${formatCount(value.length)} characters)` : '';
	return `${text.slice(0, MAX_VALUE_CHARS)}…${length}`;
}

/** A parameter as error messages name it, without the unit of its label: `'Timeout'`. */
export function formatName(displayName: string): string {
	return `'${displayName.replace(/ \([^()]*\)$/, '')}'`;
}

/** 8294400 → `8,294,400` */
export function formatCount(count: number): string {
	return count.toLocaleString('en-US');
}

/** 1000 → `1 second` */
export function formatSeconds(milliseconds: number): string {
	const seconds = milliseconds / 1000;
	return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
}

/** The JSON of a value; undefined if JSON cannot express it, such as a circular reference. */
export function toJson(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}

/** The text of a plain value. Expressions can return objects, some of which have no text at all. */
export function toText(value: unknown): string {
	return typeof value === 'object' || typeof value === 'symbol'
		? `[${typeof value}]`
		: String(value);
}

/** The number of a plain value, or NaN. */
export function toNumber(value: unknown): number {
	return typeof value === 'object' || typeof value === 'symbol' ? NaN : Number(value);
}

/**
 * A size as error messages show it: `4 MB`. A megabyte has 1,000,000 bytes, here and everywhere.
 *
 * @param digits of the fraction, at most
 */
export function formatMegabytes(bytes: number, digits = 6): string {
	return `${(bytes / 1_000_000).toLocaleString('en-US', { maximumFractionDigits: digits })} MB`;
}

/** 0.5 → `$0.50`, 0.05269 → `$0.05269`. To a millionth, which is less than a token costs. */
export function formatDollars(dollars: number): string {
	const format = { minimumFractionDigits: 2, maximumFractionDigits: 6 };
	return `$${dollars.toLocaleString('en-US', format)}`;
}

/** `PNG, JPEG or WEBP` */
export function orList(values: readonly string[]): string {
	return values.join(', ').replace(/, ([^,]*)$/, ' or $1');
}
