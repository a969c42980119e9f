import type { IDataObject } from 'n8n-workflow';
import { formatCount, formatName, formatValue, toJson, toNumber, toText } from '../values/format';
import { isRecord, parseJson, type JsonRecord } from '../values/json';
import { OPTIONS, type Settings } from './table';
import type {
	BooleanOption,
	ChoiceOption,
	IntegerOption,
	JsonOption,
	OptionSpec,
	OptionTable,
	PricesOption,
	QuantityOption,
	SettingOf,
	SettingsOf,
	StringOption,
} from './types';

/** Reads the node's own options; what is wrong with them goes to `problems`. */
export function readSettings(options: IDataObject, problems: string[]): Settings {
	return readOptions(OPTIONS, options, problems);
}

/** The same for the options of any table. */
export function readOptions<Table extends OptionTable>(
	table: Table,
	options: IDataObject,
	problems: string[],
): SettingsOf<Table> {
	const settings = Object.entries(table).map(([name, spec]) => [
		name,
		readOption(spec, options[name], problems),
	]);
	return Object.fromEntries(settings) as SettingsOf<Table>;
}

function readOption(spec: OptionSpec, value: unknown, problems: string[]): SettingOf<OptionSpec> {
	switch (spec.kind) {
		case 'boolean':
			return readBoolean(spec, value, problems);
		case 'string':
			return readString(spec, value, problems);
		case 'choice':
			return readChoice(spec, value, problems);
		case 'integer':
			return readInteger(spec, value, problems);
		case 'seconds':
		case 'megabytes':
		case 'dollars':
			return readQuantity(spec, value, problems);
		case 'json':
			return readJson(spec, value, problems);
		case 'prices':
			return readPrices(spec, value as IDataObject | null | undefined, problems);
	}
}

/** Expressions often give `true` and `false` as texts. */
function readBoolean(spec: BooleanOption, value: unknown, problems: string[]): boolean {
	const text = toText(value ?? spec.default);
	if (text === 'true' || text === 'false') return text === 'true';
	problems.push(invalid(spec, value, 'Use true or false'));
	return spec.default;
}

function readString(
	{ displayName, default: fallback }: StringOption,
	value: unknown,
	problems: string[],
): string {
	if (value === undefined || value === null) return fallback;
	if (typeof value === 'string' || typeof value === 'number') {
		return String(value).trim() || fallback;
	}
	problems.push(`${formatName(displayName)} must be a string, not ${formatValue(value)}`);
	return fallback;
}

function readChoice(spec: ChoiceOption, value: unknown, problems: string[]): string {
	const { choices, default: fallback } = spec;
	const chosen = choices.find((choice) => choice.value === (value ?? fallback));
	if (chosen) return chosen.value;
	problems.push(
		invalid(spec, value, `Use one of: ${choices.map((choice) => choice.value).join(', ')}`),
	);
	return fallback;
}

function readInteger(spec: IntegerOption, value: unknown, problems: string[]): number {
	const { default: fallback, min, max } = spec;
	const number = readNumber(value, fallback);
	if (Number.isInteger(number) && number >= min && number <= max) return number;
	problems.push(invalid(spec, value, `Use a whole number from ${min} to ${max}`));
	return fallback;
}

/** An empty text is no number: as 0, it would turn a limit off. */
function readNumber(value: unknown, fallback: number): number {
	const isNone = typeof value === 'boolean' || (typeof value === 'string' && !value.trim());
	return isNone ? NaN : toNumber(value ?? fallback);
}

/** By the kind of a quantity: how an error message writes the unit, and the setting it becomes. */
const UNITS = {
	/** To milliseconds. */
	seconds: { unit: 'seconds', convert: (seconds: number) => Math.ceil(seconds * 1000) },
	/** To bytes. */
	megabytes: { unit: 'MB', convert: (megabytes: number) => Math.ceil(megabytes * 1_000_000) },
	dollars: { unit: 'dollars', convert: (dollars: number) => dollars },
} as const;

function readQuantity(spec: QuantityOption, value: unknown, problems: string[]): number {
	const { default: fallback, allowsZero, max } = spec;
	const { unit, convert } = UNITS[spec.kind];
	const number = readNumber(value, fallback);
	if ((number > 0 || (allowsZero && number === 0)) && number <= max) {
		return convert(number);
	}
	const range = allowsZero
		? `from 0 to ${formatCount(max)}`
		: `above 0 and up to ${formatCount(max)}`;
	problems.push(invalid(spec, value, `Use a number of ${unit} ${range}`));
	return convert(fallback);
}

function readJson(
	{ displayName, example }: JsonOption,
	value: unknown,
	problems: string[],
): JsonRecord {
	// What an expression gives is read as the JSON that it is sent as.
	const text = typeof value === 'string' ? value.trim() || '{}' : toJson(value ?? {});
	const fields = parseJson(text ?? '');
	if (isRecord(fields)) return fields;
	problems.push(`${formatName(displayName)} must be a JSON object, e.g. ${example}`);
	return {};
}

function readPrices(
	spec: PricesOption,
	value: IDataObject | null | undefined,
	problems: string[],
): SettingOf<PricesOption> {
	const kinds: string[] = spec.tokens.map((kind) => kind.value);
	const rows = (value?.price ?? []) as IDataObject[];
	const prices = rows.map(({ tokens, dollars }) => {
		if (!kinds.includes(toText(tokens))) {
			problems.push(invalid(spec, tokens, `Use one of: ${kinds.join(', ')}`));
		}
		const price = toNumber(dollars ?? 0);
		if (!(price >= 0) || !Number.isFinite(price)) {
			problems.push(invalid(spec, dollars, 'Use a price of 0 or more US dollars'));
		}
		return [toText(tokens), price];
	});
	return Object.fromEntries(prices) as SettingOf<PricesOption>;
}

function invalid({ displayName }: OptionSpec, value: unknown, advice: string): string {
	return `${formatName(displayName)} ${formatValue(value)} isn't valid. ${advice}`;
}
