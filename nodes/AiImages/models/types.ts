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
	| 'frameCount'
	| 'frameDurationMs'
	| 'svgModel'
	| 'svgReasoningEffort'
	| 'complexity'
	| 'style'
	| 'stream'
	| 'partialImages'
	| 'inputFidelity'
	| 'moderation'
	| 'responseFormat'
	| 'safetyIdentifier'
	| 'user'
	| 'watermark';

/** Values of other parameters, any of those listed for a name. */
export type Condition = {
	readonly [Name in ParameterName]?: ReadonlyArray<string | boolean>;
};

interface AnySpec {
	/** Operations that take the parameter, where the model has more than these. */
	readonly operations?: readonly Operation[];
	/** The parameter means something only if all of these names have one of their values. */
	readonly onlyWith?: Condition;
	/** The API refuses the parameter if any of these names has one of its values. */
	readonly notWith?: Condition;
	/** The API refuses the parameter without this other one. */
	readonly requires?: ParameterName;
}

/** Free text. `maxLength` counts characters (code points, as JSON Schema does); absent = unlimited. */
export interface TextSpec extends AnySpec {
	readonly kind: 'text';
	readonly required?: boolean;
	readonly maxLength?: number;
}

/** A whole number; limits are inclusive, absent = unlimited. Without a default it may be empty. */
export interface IntegerSpec extends AnySpec {
	readonly kind: 'integer';
	readonly min?: number;
	readonly max?: number;
	readonly default?: number;
	/** More than so many take several requests, which the node sends by itself; absent = one. */
	readonly perRequest?: number;
}

/** Yes or no. */
export interface BooleanSpec extends AnySpec {
	readonly kind: 'boolean';
	readonly default: boolean;
}

/** One of a list of words; without a default, nothing is sent unless one is chosen. */
export interface ChoiceSpec extends AnySpec {
	readonly kind: 'choice';
	readonly values: readonly string[];
	readonly default?: string;
}

/** `WIDTHxHEIGHT` or a word such as `auto`: from a list, or, with a rule, any size that obeys it. */
export interface SizeSpec extends AnySpec {
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

export type ParameterSpec = TextSpec | IntegerSpec | BooleanSpec | ChoiceSpec | SizeSpec;

/** Files that an edit takes; sizes in bytes, inclusive. */
export interface InputImageSpec {
	readonly maxCount: number;
	readonly maxBytes: number;
	readonly formats: readonly ImageFormat[];
	readonly square?: boolean;
}

/** A PNG with alpha, laid over the first input image and as large as that. */
export interface OverlaySpec {
	readonly maxBytes: number;
	/** Above this many bytes some documents say that it is refused. */
	readonly warnAboveBytes?: number;
	/** The API refuses the file beside one of these values. */
	readonly notWith?: Condition;
}

/** Two values that the API refuses together. */
export interface Exclusion {
	readonly parameter: ParameterName;
	readonly value: string;
	readonly with: { readonly parameter: ParameterName; readonly values: readonly string[] };
	/** Ends the sentence "… cannot be combined, because". */
	readonly because: string;
}

/** US dollars per million tokens; null = not billed, or not published. */
export interface TokenPrices {
	readonly textInput: number;
	readonly imageInput: number;
	readonly imageOutput: number;
	readonly textOutput: number | null;
}

/** What one model takes. A parameter that is absent is never sent. */
export interface ModelRow {
	readonly displayName: string;
	/** The day on which OpenAI stops (or stopped) serving it; gateways may go on. */
	readonly shutdown: Day | null;
	readonly operations: readonly Operation[];
	/** One spec, or one for each operation where they differ. */
	readonly parameters: { readonly prompt: TextSpec } & {
		readonly [Name in ParameterName]?: ParameterSpec | readonly ParameterSpec[];
	};
	readonly exclusions: readonly Exclusion[];
	/** null = unknown, nothing is checked. */
	readonly inputImages: InputImageSpec | null;
	/** Transparent = edit here. null = takes none; 'unvalidated' = sent as it is. */
	readonly mask: OverlaySpec | 'unvalidated' | null;
	/** Drawn = a hint what to do where. null = takes none; 'unvalidated' = sent as it is. */
	readonly markup: OverlaySpec | 'unvalidated' | null;
	/** null = not published, so that no cost is computed. */
	readonly prices: TokenPrices | null;
	/** Public documents that the row was taken from. */
	readonly sources: readonly string[];
}
