/**
 * Held against the types of the official client, which are generated from OpenAI's specification.
 * Nothing here runs: `npm run typecheck` fails where table and specification part.
 */
import type OpenAI from 'openai';
import type { MODELS, Operation, ParameterName } from '../../nodes/AiImages/models';
import type { OPENAI } from '../../nodes/AiImages/services/openai';

type Rows = typeof MODELS;

type Snake<Name extends string> = Name extends `${infer First}${infer Rest}`
	? First extends Lowercase<First>
		? `${First}${Snake<Rest>}`
		: `_${Lowercase<First>}${Snake<Rest>}`
	: Name;

type Params = {
	generate: OpenAI.ImageGenerateParams;
	edit: OpenAI.ImageEditParams;
};

/** Known to gateways only. */
type GatewaysOnly = 'watermark';

/** What an edit takes as OpenAI's guide and other clients send it, but not by the specification. */
type NotSpecified = { generate: GatewaysOnly; edit: GatewaysOnly | 'moderation' };

/** The files, and what chooses the row. */
type NoParameter = 'model' | 'image' | 'mask' | 'markup';

/** The path of a parameter in the body: `output_format`, `svg.reasoning.effort`. */
type PathOf<Name extends ParameterName> =
	Name extends keyof (typeof OPENAI)['endpoints']['edit']['parameters']
		? (typeof OPENAI)['endpoints']['edit']['parameters'][Name]
		: never;

/** The paths of a request's fields; those of an object stand for it, however deep it goes. */
type Paths<Type> = {
	[Key in keyof Type & string]-?: NonNullable<Type[Key]> extends object
		? Key extends NoParameter
			? Key
			: `${Key}.${Paths<NonNullable<Type[Key]>>}`
		: Key;
}[keyof Type & string];
type PathsOf<Which extends Operation> = Paths<Params[Which]>;

/** The parameters that some row takes for an operation. */
type NamesFor<Which extends Operation> = {
	[Id in keyof Rows]: Which extends Rows[Id]['operations'][number]
		? {
				[Name in ParameterName]: [ForOperation<SpecIn<Rows[Id], Name>, Which>] extends [never]
					? never
					: Name;
			}[ParameterName]
		: never;
}[keyof Rows];

/** The specs of a parameter in one row, those for each operation taken apart. */
type Flat<Spec> = Spec extends readonly (infer Each)[] ? Each : Spec;
type SpecIn<Row, Name extends ParameterName> = Row extends { parameters: infer All }
	? Name extends keyof All
		? Flat<All[Name]>
		: never
	: never;
type ForOperation<Spec, Which extends Operation> = Spec extends {
	operations: readonly (infer Only)[];
}
	? Which extends Only
		? Spec
		: never
	: Spec;

/** The words that some row of the table sends for a parameter. */
type WordsOf<Name extends ParameterName, Which extends Operation> = {
	[Id in keyof Rows]: Which extends Rows[Id]['operations'][number]
		? ForOperation<SpecIn<Rows[Id], Name>, Which> extends infer Spec
			? Spec extends { kind: 'choice'; values: readonly (infer Word)[] }
				? Word
				: never
			: never
		: never;
}[keyof Rows];

type Holds<Claim extends true> = Claim;
type IsNever<Type> = [Type] extends [never] ? true : false;

type Literal<Type> = Type extends string ? (string extends Type ? never : Type) : never;

/** Words that the table sends and the client does not know, and the other way round. */
type Unknown<Name extends ParameterName, Which extends Operation> = Exclude<
	WordsOf<Name, Which>,
	Params[Which][Snake<Name> & keyof Params[Which]]
>;
type Missing<Name extends ParameterName, Which extends Operation> = Exclude<
	Literal<Params[Which][Snake<Name> & keyof Params[Which]]>,
	WordsOf<Name, Which>
>;

export type Claims = [
	// Every parameter is one of the API's, at the API's place, for the same operation.
	Holds<
		IsNever<
			Exclude<PathOf<Exclude<NamesFor<'generate'>, NotSpecified['generate']>>, PathsOf<'generate'>>
		>
	>,
	Holds<IsNever<Exclude<PathOf<Exclude<NamesFor<'edit'>, NotSpecified['edit']>>, PathsOf<'edit'>>>>,
	// Every parameter of the API, in whatever object, has a field for the same operation.
	Holds<IsNever<Exclude<PathsOf<'generate'>, PathOf<NamesFor<'generate'>> | NoParameter>>>,
	Holds<IsNever<Exclude<PathsOf<'edit'>, PathOf<NamesFor<'edit'>> | NoParameter>>>,
	// What is said not to be specified is not.
	Holds<IsNever<Extract<PathOf<NotSpecified['generate']>, PathsOf<'generate'>>>>,
	Holds<IsNever<Extract<PathOf<NotSpecified['edit']>, PathsOf<'edit'>>>>,
	// Every model of the client has a row; snapshots resolve to one.
	Holds<IsNever<Exclude<NoSnapshot<Literal<OpenAI.ImageModel>>, keyof Rows>>>,
	// No row sends a word that the client does not know.
	Holds<IsNever<Unknown<'background', 'generate'>>>,
	Holds<IsNever<Unknown<'background', 'edit'>>>,
	Holds<IsNever<Unknown<'complexity', 'generate'>>>,
	Holds<IsNever<Unknown<'complexity', 'edit'>>>,
	Holds<IsNever<Unknown<'inputFidelity', 'edit'>>>,
	Holds<IsNever<Unknown<'moderation', 'generate'>>>,
	Holds<IsNever<Unknown<'outputFormat', 'generate'>>>,
	Holds<IsNever<Unknown<'outputFormat', 'edit'>>>,
	Holds<IsNever<Unknown<'quality', 'generate'>>>,
	Holds<IsNever<Unknown<'quality', 'edit'>>>,
	Holds<IsNever<Unknown<'responseFormat', 'generate'>>>,
	Holds<IsNever<Unknown<'responseFormat', 'edit'>>>,
	Holds<IsNever<Unknown<'style', 'generate'>>>,
	// The client has no value that no row sends.
	Holds<IsNever<Missing<'background', 'generate'>>>,
	Holds<IsNever<Missing<'complexity', 'edit'>>>,
	Holds<IsNever<Missing<'inputFidelity', 'edit'>>>,
	Holds<IsNever<Missing<'moderation', 'generate'>>>,
	Holds<IsNever<Missing<'outputFormat', 'generate'>>>,
	Holds<IsNever<Missing<'outputFormat', 'edit'>>>,
	Holds<IsNever<Missing<'quality', 'generate'>>>,
	Holds<IsNever<Missing<'responseFormat', 'generate'>>>,
	Holds<IsNever<Missing<'style', 'generate'>>>,
	Holds<IsNever<Exclude<Effort<'generate'>, SvgEffort<'generate'>>>>,
	Holds<IsNever<Exclude<SvgEffort<'generate'>, Effort<'generate'>>>>,
	Holds<IsNever<Exclude<Effort<'edit'>, SvgEffort<'edit'>>>>,
	Holds<IsNever<Exclude<SvgEffort<'edit'>, Effort<'edit'>>>>,
];

type NoSnapshot<Id extends string> = Id extends `${string}-20${number}-${number}-${number}`
	? never
	: Id;
type Effort<Which extends Operation> = WordsOf<'svgReasoningEffort', Which>;
type SvgEffort<Which extends Operation> = Literal<
	NonNullable<NonNullable<NonNullable<Params[Which]['svg']>['reasoning']>['effort']>
>;
