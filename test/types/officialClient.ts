/**
 * Held against the types of the official client, which are generated from OpenAI's specification.
 * Nothing here runs: `npm run typecheck` fails where table and specification part.
 */
import type OpenAI from 'openai';
import type { MODELS, Operation, ParameterName } from '../../nodes/AiImages/models';

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

/** Nested by the API, or known to gateways only. */
type NotOnTopLevel = 'svgModel' | 'svgReasoningEffort';
type GatewaysOnly = 'watermark';

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
	// Every parameter is one of the API's, under the API's name.
	Holds<
		IsNever<
			Exclude<
				Snake<Exclude<ParameterName, NotOnTopLevel | GatewaysOnly>>,
				keyof OpenAI.ImageGenerateParams | keyof OpenAI.ImageEditParams
			>
		>
	>,
	// Every parameter of the API has a field, but for files, the model and what is nested.
	Holds<
		IsNever<
			Exclude<
				keyof OpenAI.ImageGenerateParams | keyof OpenAI.ImageEditParams,
				Snake<ParameterName> | 'model' | 'image' | 'mask' | 'markup' | 'svg'
			>
		>
	>,
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
	// The client knows no word that no row sends.
	Holds<IsNever<Missing<'background', 'generate'>>>,
	Holds<IsNever<Missing<'complexity', 'edit'>>>,
	Holds<IsNever<Missing<'inputFidelity', 'edit'>>>,
	Holds<IsNever<Missing<'moderation', 'generate'>>>,
	Holds<IsNever<Missing<'outputFormat', 'generate'>>>,
	Holds<IsNever<Missing<'outputFormat', 'edit'>>>,
	Holds<IsNever<Missing<'quality', 'generate'>>>,
	Holds<IsNever<Missing<'responseFormat', 'generate'>>>,
	Holds<IsNever<Missing<'style', 'generate'>>>,
	Holds<IsNever<Exclude<Effort, SvgEffort>>>,
	Holds<IsNever<Exclude<SvgEffort, Effort>>>,
];

type NoSnapshot<Id extends string> = Id extends `${string}-20${number}-${number}-${number}`
	? never
	: Id;
type Effort = WordsOf<'svgReasoningEffort', 'generate'>;
type SvgEffort = Literal<
	NonNullable<NonNullable<NonNullable<OpenAI.ImageGenerateParams['svg']>['reasoning']>['effort']>
>;
