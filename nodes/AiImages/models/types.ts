/** What the node does with a model; one per endpoint of the Images API. */
export type Operation = 'generate' | 'edit';

/** A calendar day, `YYYY-MM-DD`. */
export type Day = `${number}-${number}-${number}`;

/** An image format by the API's own word for it. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg';

/** Every parameter of the API that a user sets as one value, by its API name in camelCase. */
export type ParameterName =
	| 'prompt'
	| 'n'
	| 'size'
	| 'quality'
	| 'background'
	| 'outputFormat'
	| 'outputCompression'
	| 'style'
	| 'moderation'
	| 'inputFidelity'
	| 'responseFormat'
	| 'safetyIdentifier'
	| 'user';

interface SpecOfAnyKind {
	/** Operations that take the parameter, where the model has more than these. */
	readonly operations?: readonly Operation[];
	/** The output formats under which the parameter means something. */
	readonly onlyForFormats?: readonly ImageFormat[];
}

/** Free text. `maxLength` counts UTF-16 code units, as the API does; absent = unlimited. */
export interface TextSpec extends SpecOfAnyKind {
	readonly kind: 'text';
	readonly required?: boolean;
	readonly maxLength?: number;
}

/** A whole number; limits are inclusive, absent = unlimited. */
export interface IntegerSpec extends SpecOfAnyKind {
	readonly kind: 'integer';
	readonly min?: number;
	readonly max?: number;
	readonly default: number;
}

/** One of a list of words. */
export interface ChoiceSpec extends SpecOfAnyKind {
	readonly kind: 'choice';
	readonly values: readonly string[];
	readonly default: string;
}

/** `WIDTHxHEIGHT` or a word such as `auto`: from a list, or, with a rule, any size that obeys it. */
export interface SizeSpec extends SpecOfAnyKind {
	readonly kind: 'size';
	readonly values: readonly string[];
	readonly default: string;
	readonly rule?: SizeRule;
}

/** Limits of a free size, all inclusive, in pixels. */
export interface SizeRule {
	/** Both edges are multiples of this. */
	readonly multipleOf: number;
	readonly minPixels: number;
	readonly maxPixels: number;
	readonly maxEdge: number;
	/** The longer edge divided by the shorter one. */
	readonly maxRatio: number;
}

export type ParameterSpec = TextSpec | IntegerSpec | ChoiceSpec | SizeSpec;

/** Files that an edit takes; sizes in bytes, inclusive. */
export interface InputImageSpec {
	readonly maxCount: number;
	readonly maxBytes: number;
	readonly formats: readonly ImageFormat[];
	readonly square?: boolean;
}

/** A PNG with alpha, as large as the first input image; transparent = edit here. */
export interface MaskSpec {
	readonly maxBytes: number;
}

/** Two values that the API refuses together. */
export interface Exclusion {
	readonly parameter: ParameterName;
	readonly value: string;
	readonly with: { readonly parameter: ParameterName; readonly values: readonly string[] };
	/** Ends the sentence "… cannot be combined, because". */
	readonly because: string;
}

/** US dollars per million tokens; null = not published. */
export interface TokenPrices {
	readonly textInput: number;
	readonly imageInput: number;
	readonly imageOutput: number;
	readonly textOutput: number | null;
}

/** What one model takes. A parameter that is absent is never sent. */
export interface ModelRow {
	readonly displayName: string;
	readonly released: Day | null;
	/** The day on which OpenAI stops (or stopped) serving it; gateways may go on. */
	readonly shutdown: Day | null;
	readonly operations: readonly Operation[];
	readonly parameters: { readonly prompt: TextSpec } & {
		readonly [Name in ParameterName]?: ParameterSpec;
	};
	readonly exclusions: readonly Exclusion[];
	/** null = unknown, nothing is checked. */
	readonly inputImages: InputImageSpec | null;
	/** null = takes none; 'unchecked' = sent as it is. */
	readonly mask: MaskSpec | 'unchecked' | null;
	/** Most partial images that a stream can carry; null = no streaming. */
	readonly maxPartialImages: number | null;
	readonly prices: TokenPrices | null;
	/** Public documents that the row was taken from. */
	readonly sources: readonly string[];
}
