import type { FamilyId } from './families';
import type { MakerId } from './makers';

/** What the node does with a model. Each operation is one endpoint of the Images API. */
export type Operation = 'generate' | 'edit';

/** A calendar day, `YYYY-MM-DD`. */
export type Day = `${number}-${number}-${number}`;

/** An image format, by the API's name. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg';

/** Every API parameter that takes a single value, by its usual API name in camelCase. */
export type ParameterName =
	| 'prompt'
	| 'n'
	| 'size'
	| 'aspectRatio'
	| 'resolution'
	| 'quality'
	| 'background'
	| 'outputFormat'
	| 'outputCompression'
	| 'frameCount'
	| 'frameDurationMs'
	| 'svgModel'
	| 'svgReasoningEffort'
	| 'seed'
	| 'negativePrompt'
	| 'promptUpsampling'
	| 'steps'
	| 'guidance'
	| 'strength'
	| 'renderingSpeed'
	| 'magicPrompt'
	| 'thinkingLevel'
	| 'complexity'
	| 'style'
	| 'styleType'
	| 'stylePreset'
	| 'stream'
	| 'partialImages'
	| 'inputFidelity'
	| 'moderation'
	| 'responseFormat'
	| 'safetyIdentifier'
	| 'user'
	| 'watermark';

/** Parameters, each with the values that meet the condition. */
export type Condition = {
	readonly [Name in ParameterName]?: ReadonlyArray<string | boolean>;
};

interface AnySpec {
	/** The operations that take the parameter. Absent: all operations of the model. */
	readonly operations?: readonly Operation[];
	/** The parameter applies only if every parameter listed here has one of its values. */
	readonly onlyWith?: Condition;
	/** The API rejects the parameter if any parameter listed here has one of its values. */
	readonly notWith?: Condition;
	/** The API rejects the parameter without this other one. */
	readonly requires?: ParameterName;
	/** The API rejects the parameter beside a mask. */
	readonly notWithMask?: true;
	/** Where the editor shows it, if not in its usual place. */
	readonly place?: 'main' | 'options';
}

/** Free text. */
export interface TextSpec extends AnySpec {
	readonly kind: 'text';
	readonly required?: boolean;
	/** In code points, as JSON Schema counts characters. Absent: no limit. */
	readonly maxLength?: number;
}

/** A whole number. Limits are inclusive; an absent limit is no limit. */
export interface IntegerSpec extends AnySpec {
	readonly kind: 'integer';
	readonly min?: number;
	readonly max?: number;
	/** Absent: the field can be left empty. */
	readonly default?: number;
	/** The most that one request can ask for; the node splits more over several. Absent: no limit. */
	readonly perRequest?: number;
}

/** A number that can have decimals. Limits are inclusive; an absent limit is no limit. */
export interface NumberSpec extends AnySpec {
	readonly kind: 'number';
	readonly min?: number;
	readonly max?: number;
	/** Absent: the field can be left empty. */
	readonly default?: number;
}

export interface BooleanSpec extends AnySpec {
	readonly kind: 'boolean';
	readonly default: boolean;
}

/** One of a list of values. */
export interface ChoiceSpec extends AnySpec {
	readonly kind: 'choice';
	readonly values: readonly string[];
	/** Absent: nothing is sent unless the user chooses a value. */
	readonly default?: string;
	/** The value that stands for none: nothing is sent for it. */
	readonly unset?: 'auto';
	/** Of aspect ratios: their pixels, as far as they are published. */
	readonly pixels?: RatioSizes;
}

/** `WIDTHxHEIGHT` or a keyword such as `auto`. */
export interface SizeSpec extends AnySpec {
	readonly kind: 'size';
	readonly values: readonly string[];
	readonly default: string;
	/** The value that stands for none: nothing is sent for it. */
	readonly unset?: 'auto';
	/** Besides the listed values, any size within these limits is valid. */
	readonly rule?: SizeRule;
}

/** Limits of a free size, in pixels. All are inclusive. */
export interface SizeRule {
	/** Both edges must be multiples of this. */
	readonly multipleOf: number;
	readonly minPixels: number;
	readonly maxPixels: number;
	readonly maxEdge: number;
	/** Absent: no limit of its own. */
	readonly minEdge?: number;
	/** The longer edge divided by the shorter one. Absent: no limit of its own. */
	readonly maxRatio?: number;
}

export type ParameterSpec =
	TextSpec | IntegerSpec | NumberSpec | BooleanSpec | ChoiceSpec | SizeSpec;

/** The input images that an edit takes. Limits are inclusive. */
export interface InputImageSpec {
	readonly maxCount: number;
	/** Per image. */
	readonly maxBytes: number;
	readonly formats: readonly ImageFormat[];
	readonly square?: boolean;
}

/** A PNG with an alpha channel, of the same width and height as the first input image. */
export interface OverlaySpec {
	readonly maxBytes: number;
	/** Some documents give this lower limit. */
	readonly warnAboveBytes?: number;
	/** Without it, nothing is edited but the transparent areas of the input image. */
	readonly isNeeded?: true;
	/** The API rejects the file if any parameter listed here has one of its values. */
	readonly notWith?: Condition;
}

/** Two values that the API rejects together. */
export interface Exclusion {
	readonly parameter: ParameterName;
	readonly value: string;
	readonly with: { readonly parameter: ParameterName; readonly values: readonly string[] };
	/** Completes the sentence "… cannot be combined with …, because". */
	readonly because: string;
}

/** US dollars per million tokens. */
export interface TokenPrices {
	readonly textInput: number;
	readonly imageInput: number;
	readonly imageOutput: number;
	/** null: not billed, or not published. */
	readonly textOutput: number | null;
}

/**
 * The output tokens of one image by quality: in a table of sizes, or by a formula for free sizes.
 * There, a quality stands for the number of patches along the longer edge, and each patch takes more
 * tokens the larger the image is.
 */
export type OutputTokens =
	| {
			readonly kind: 'table';
			/** By quality, then by size. */
			readonly tokens: { readonly [quality: string]: { readonly [size: string]: number } };
	  }
	| {
			readonly kind: 'formula';
			/** By quality. */
			readonly patches: { readonly [quality: string]: number };
	  };

/** US dollars for each image, where a maker does not bill by tokens. */
export interface ImagePrices {
	/** The parameters that the price depends on; empty = one price, under the key ''. */
	readonly by: readonly ParameterName[];
	/** By the values of these parameters, with spaces between them: `high 2K`. */
	readonly perImage: Readonly<Record<string, number>>;
	readonly perInputImage?: number;
}

/** `WIDTHxHEIGHT` by resolution, then by aspect ratio. */
export type RatioSizes = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What one model takes. */
export interface ModelRow {
	readonly displayName: string;
	/** Other IDs of the model, in lower case and without what `resolveModel` takes off. */
	readonly aliases?: readonly string[];
	/** Who made the model; null = unknown. */
	readonly maker: MakerId | null;
	readonly family: FamilyId;
	/** What the model is good for, in a few words. */
	readonly summary: string;
	/** The day on which its maker shuts the model down. Gateways may still serve it afterwards. */
	readonly shutdown: Day | null;
	/** Whether its maker asks some organizations to verify themselves before they use the model. */
	readonly needsVerification: boolean;
	readonly operations: readonly Operation[];
	/**
	 * One spec per parameter, or a list of specs if the operations differ. Requests send the
	 * parameters in this order, and never send one that is missing here.
	 */
	readonly parameters: { readonly prompt: TextSpec } & {
		readonly [Name in ParameterName]?: ParameterSpec | readonly ParameterSpec[];
	};
	readonly exclusions: readonly Exclusion[];
	/** null: unknown, so nothing is checked. */
	readonly inputImages: InputImageSpec | null;
	/** Its transparent areas are edited. null: not supported. 'unvalidated': sent unchecked. */
	readonly mask: OverlaySpec | 'unvalidated' | null;
	/** Its drawings show what to do where. null: not supported. 'unvalidated': sent unchecked. */
	readonly markup: OverlaySpec | 'unvalidated' | null;
	/** null: not published, so no cost is computed from tokens. */
	readonly prices: TokenPrices | null;
	/** Absent: not published, or the model is billed by tokens. */
	readonly imagePrices?: ImagePrices;
	/** null: not published, so the cost of an image is unknown until one was generated. */
	readonly outputTokens: OutputTokens | null;
	/** The public documents that the row is based on. */
	readonly sources: readonly string[];
}

/** Rows by model ID, in the order of the model dropdown. */
export type ModelTable = Readonly<Record<string, ModelRow>>;
