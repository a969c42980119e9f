/**
 * The kinds of values a request parameter can take. One rule describes one parameter of one model:
 * the validator needs nothing else to accept or refuse a value.
 */
export type ParameterRule =
	| { kind: 'text'; minimum: number; maximum: number }
	| { kind: 'choice'; values: readonly string[] }
	| { kind: 'integer'; minimum: number; maximum: number }
	| { kind: 'switch' }
	| { kind: 'size'; sizes: SizeRule }
	| { kind: 'svg'; needsModel: boolean }
	| { kind: 'images' }
	| { kind: 'overlay' }
	| { kind: 'refused'; code: string; type: string; message: string };

/** A size parameter is either one of a short list or any `WIDTHxHEIGHT` within limits (pixels). */
export type SizeRule =
	| { fixed: readonly string[] }
	| {
			multipleOf: number;
			longestEdge: number;
			minimumPixels: number;
			maximumPixels: number;
			longestRatio: number;
	  };

/** Every parameter one model takes in one operation; a name that is missing here is unknown. */
export type Grammar = Readonly<Record<string, ParameterRule>>;

/** The rule for a parameter; undefined if the model does not know it. */
export function ruleFor(grammar: Grammar, param: string): ParameterRule | undefined {
	return Object.hasOwn(grammar, param) ? grammar[param] : undefined;
}

export const text = (minimum: number, maximum: number): ParameterRule => ({
	kind: 'text',
	minimum,
	maximum,
});

export const choice = (...values: string[]): ParameterRule => ({ kind: 'choice', values });

export const integer = (minimum: number, maximum: number): ParameterRule => ({
	kind: 'integer',
	minimum,
	maximum,
});

export const size = (sizes: SizeRule): ParameterRule => ({ kind: 'size', sizes });
