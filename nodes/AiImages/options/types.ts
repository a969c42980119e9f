import type { Operation, TokenPrices } from '../models';
import type { JsonRecord } from '../values/json';

interface AnyOption {
	readonly displayName: string;
	readonly description: string;
	/** The operations that the editor offers the option for; absent = all. */
	readonly operations?: readonly Operation[];
}

/** Yes or no. */
export interface BooleanOption extends AnyOption {
	readonly kind: 'boolean';
	readonly default: boolean;
}

/** Free text, without spaces around it. */
export interface StringOption extends AnyOption {
	readonly kind: 'string';
	/** Also the setting when the option is empty. */
	readonly default: string;
	readonly placeholder: string;
}

/** One of a list of values. */
export interface ChoiceOption extends AnyOption {
	readonly kind: 'choice';
	readonly choices: ReadonlyArray<{ readonly name: string; readonly value: string }>;
	readonly default: string;
}

/** A whole number; the limits are inclusive. */
export interface IntegerOption extends AnyOption {
	readonly kind: 'integer';
	readonly default: number;
	readonly min: number;
	readonly max: number;
}

/**
 * A number, whole or not. The node converts seconds to milliseconds and megabytes to bytes. US
 * dollars stay what they are.
 */
export interface QuantityOption extends AnyOption {
	readonly kind: 'seconds' | 'megabytes' | 'dollars';
	/** In the unit of the kind. */
	readonly default: number;
	/** Whether 0 is a value; if not, anything above it is. */
	readonly allowsZero: boolean;
	/** In the unit of the kind, inclusive. */
	readonly max: number;
}

/** A JSON object, empty when the option is absent. */
export interface JsonOption extends AnyOption {
	readonly kind: 'json';
	readonly placeholder: string;
	/** What the error message suggests. */
	readonly example: string;
}

/** US dollars per million tokens of each kind, empty when the option is absent. */
export interface PricesOption extends AnyOption {
	readonly kind: 'prices';
	readonly tokens: ReadonlyArray<{ readonly name: string; readonly value: keyof TokenPrices }>;
}

/** Defaults are what the editor fills in, and the setting when the option is absent. */
export type OptionSpec =
	| BooleanOption
	| StringOption
	| ChoiceOption
	| IntegerOption
	| QuantityOption
	| JsonOption
	| PricesOption;

/** Options by their names, in the order in which problems with them are reported. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** What reading the options of a table gives. */
export type SettingsOf<Table extends OptionTable> = {
	readonly [Name in keyof Table]: SettingOf<Table[Name]>;
};

/** The setting that an option becomes. */
export type SettingOf<Spec extends OptionSpec> = Spec extends ChoiceOption
	? Spec['choices'][number]['value']
	: SettingOfKind[Spec['kind']];

interface SettingOfKind {
	boolean: boolean;
	string: string;
	choice: string;
	integer: number;
	/** Milliseconds. */
	seconds: number;
	/** Bytes. */
	megabytes: number;
	/** US dollars. */
	dollars: number;
	json: JsonRecord;
	prices: Partial<TokenPrices>;
}
