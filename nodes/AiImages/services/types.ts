import type { Operation, ParameterName } from '../models';

/** How a service is spoken: where requests go, how their parameters are spelled, what it returns. */
export interface Service {
	readonly displayName: string;
	/** Public documents that the row was taken from. */
	readonly sources: readonly string[];
	/** The default of *Base URL*; also used where the credential leaves it empty. */
	readonly baseUrl: string;
	/** Appended to a base URL that names no version. */
	readonly version: string;
	/** Request headers for the account fields of the credential. */
	readonly accountHeaders: Readonly<Record<'organization' | 'project', string>>;
	readonly modelList: ModelList;
	readonly endpoints: Readonly<Record<Operation, Endpoint>>;
	/** Response headers in lower case. */
	readonly headers: ResponseHeaders;
	readonly results: ResultKeys;
	readonly events: EventKeys;
	/** Where a response reports token counts and costs, below `results.metadata.usage`. */
	readonly usage: UsageKeys;
	/** Error codes and types by what they mean, whatever the message says. */
	readonly errorCodes: Readonly<Record<ErrorKind, readonly string[]>>;
	/** The HTTP status that a code stands for, where the API reports errors with status 200. */
	readonly statusByCode: Readonly<Record<string, number>>;
}

/** Keys with dots between them: `svg.model` is `{svg: {model}}`. */
export type Path = string;

/** The cheap request of the *Test* button, and the source of the list in *Model ID*. */
export interface ModelList {
	readonly path: string;
	/** Statuses of APIs that have no list. They say nothing about key or address. */
	readonly missing: readonly number[];
	/** Request headers that the credential adds, but that cannot authorize a request. */
	readonly keylessHeaders: RegExp;
}

export interface Endpoint {
	/** Appended to the base URL. */
	readonly path: string;
	/** Where the model ID goes. */
	readonly model: Path;
	/** Where each parameter goes. One that is absent cannot be sent. */
	readonly parameters: { readonly [Name in ParameterName]?: Path };
	/** Where input files go; absent = the endpoint takes none. */
	readonly files?: FileKeys;
}

/** Names of input files: as parts of a form, or as fields of a JSON body. */
export interface FileKeys {
	readonly form: {
		/** A single input image, and each of several. */
		readonly image: string;
		readonly images: string;
		readonly mask: string;
		readonly markup: string;
	};
	readonly json: {
		readonly images: string;
		readonly mask: string;
		readonly markup: string;
		/** How one file is given: as a URL or data URL, or as the ID of an uploaded file. */
		readonly url: string;
		readonly fileId: string;
		/** Characters that a URL can have, data URLs included. */
		readonly maxUrlChars: number;
	};
}

export interface ResponseHeaders {
	/** Headers that can hold the request ID, the most reliable first. */
	readonly requestId: readonly string[];
	/** `true` or `false`: whether to retry. */
	readonly shouldRetry: string;
}

/** Where results are in a JSON response. */
export interface ResultKeys {
	/** The list of results. */
	readonly list: string;
	/** Keys of a result whose value is base64, or a URL. */
	readonly base64: string;
	readonly url: string;
	/** Keys that hold results at any level, alone or in a list. */
	readonly containers: readonly string[];
	/** Keys of a result that can hold a URL, the most reliable first. */
	readonly links: readonly string[];
	/** Keys of what else is reported: about the response, or about one result. */
	readonly metadata: Readonly<Record<keyof Metadata, string>>;
}

/** What a response reports beside its images. Values are still to be checked. */
export type Metadata = {
	/** Seconds since 1970. */
	readonly created?: unknown;
	/** The same under another name. */
	readonly createdAt?: unknown;
	readonly size?: unknown;
	readonly quality?: unknown;
	readonly background?: unknown;
	readonly outputFormat?: unknown;
	readonly revisedPrompt?: unknown;
	readonly seed?: unknown;
	readonly usage?: unknown;
	/** Tokens of the text model that wrote an SVG. Their rates are not known here. */
	readonly svgUsage?: unknown;
};

/** How server-sent events are told apart. */
export interface EventKeys {
	/** Matches the type of an event with a preview. */
	readonly preview: RegExp;
	/** A key that only previews have, for events without a type. */
	readonly previewIndex: string;
	/** Matches the type of an event that reports an error. */
	readonly error: RegExp;
	/** The data that ends a stream. */
	readonly end: string;
}

/** Paths of token counts and costs. */
export interface UsageKeys {
	readonly inputTokens: Path;
	readonly inputTextTokens: Path;
	readonly inputImageTokens: Path;
	readonly outputTokens: Path;
	readonly outputTextTokens: Path;
	readonly outputImageTokens: Path;
	/** Costs that the provider computed, with the number of their units in one US dollar. */
	readonly costs: ReadonlyArray<{ readonly at: Path; readonly perDollar: number }>;
}

/** Kinds of problems that are recognized by code. */
export type ErrorKind =
	/** The model does not have a parameter. */
	| 'unsupportedParameter'
	/** The API does not know a parameter, so that it can be left out. */
	| 'unknownParameter'
	/** A known parameter has a wrong value. */
	| 'invalidValue'
	| 'model'
	| 'inputImage'
	| 'apiKey';
