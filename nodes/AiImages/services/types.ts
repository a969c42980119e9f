import type { MakerId, Operation, ParameterName } from '../models';
import type { JsonRecord } from '../values/json';
import type { JobKeys } from './jobKeys';
import type { Path, Spelling } from './path';
import type { ModelSchema } from './schemaKeys';
import type { Upload } from './upload';
import type { UsageKeys } from './usageKeys';

export type { Path, Spelling };

/** How a service is spoken: where requests go, how their parameters are spelled, what it returns. */
export interface Service extends Dialect {
	readonly displayName: string;
	/** How sentences call it: `OpenAI`, `an OpenAI-compatible server`. */
	readonly sentenceName: string;
	/** Public documents that the row was taken from. */
	readonly sources: readonly string[];
	/** Where its users make their keys. Absent: that is up to the server. */
	readonly keyPage?: string;
	/** Host and path of the base URLs by which *Detect From Base URL* recognizes the service. */
	readonly recognizedBy: RegExp | null;
	/** Used where the credential names no address. null: the credential has to name one. */
	readonly baseUrl: string | null;
	/** Further origins of the service, which get the key if the credential has the service's address. */
	readonly origins?: RegExp;
	/** The path that a base URL ends in, unless it names another version. */
	readonly basePath: string;
	/** Base paths at further hosts of the service. */
	readonly basePaths?: Readonly<Record<string, string>>;
	/** Whether a key is for one of its addresses alone. */
	readonly hasRegionalKeys?: true;
	/** How the key is sent. */
	readonly auth: Auth;
	/** Request headers for the account fields of the credential; absent = it has no such fields. */
	readonly accountHeaders?: Readonly<Record<'organization' | 'project', string>>;
	/** How the credential names a dated version of the API; absent = the API has none. */
	readonly apiVersion?: ApiVersion;
	readonly modelList: ModelList;
	/** Whose models it serves under their own IDs: all of them. */
	readonly maker?: MakerId;
	/** Further models by their maker's ID, and what the service calls them. null: it can serve any. */
	readonly models: Readonly<Record<string, string>> | null;
	/** Models that are spoken to otherwise here; the first that fits replaces what it names. */
	readonly variants?: readonly Variant[];
	/** Response headers in lower case. */
	readonly headers: ResponseHeaders;
	/** Error codes and types by what they mean, whatever the message says. */
	readonly errorCodes: Readonly<Record<ErrorKind, readonly string[]>>;
	/** The HTTP status that a code stands for, where the API reports errors with status 200. */
	readonly statusByCode: Readonly<Record<string, number>>;
}

/** What requests and responses look like. */
export interface Dialect {
	readonly endpoints: Readonly<Record<Operation, Endpoint>>;
	readonly limits?: Limits;
	readonly results: ResultKeys;
	readonly events: EventKeys;
	/** Where a response reports token counts and costs, below `results.metadata.usage`. */
	readonly usage: UsageKeys;
	/** How larger input files reach the service, ahead of the request. Absent: they are a part of it. */
	readonly upload?: Upload;
	/** How the service publishes what a model takes. null or absent: the row knows it. */
	readonly schema?: ModelSchema | null;
}

export interface Variant extends Partial<Dialect> {
	/** Matches the ID that is sent. */
	readonly for: RegExp;
}

/** The header for the key, and what precedes the key in it. */
export interface Auth {
	readonly header: string;
	readonly prefix?: string;
	/** Keys that go into the header `Authorization: Bearer` instead. */
	readonly bearer?: RegExp;
}

/** A version in the query, with which requests have another path. */
export interface ApiVersion {
	readonly query: string;
	/** The base path with such a version, and without one. */
	readonly base: Readonly<Record<'dated' | 'undated', string>>;
	/** Precedes the paths of endpoints; `{model}` is filled in. */
	readonly prefix: string;
}

/** What a service takes less of than a model. */
export interface Limits {
	readonly imagesPerRequest?: number;
	readonly inputImages?: number;
	/** Bytes of one input image. */
	readonly inputImageBytes?: number;
	/** Bytes of a mask. */
	readonly maskBytes?: number;
}

/** The cheap request of the *Test* button, and the source of the list in *Model ID*. */
export interface ModelList {
	readonly path: string;
	/** Asked by *Test* instead, where the list needs no key. */
	readonly test?: string;
	/** Statuses of APIs that have no list. They say nothing about key or address. */
	readonly missing: readonly number[];
	/** Request headers that the credential adds, but that cannot authorize a request. */
	readonly keylessHeaders: RegExp;
}

export interface Endpoint {
	/** Appended to the base URL; `{model}` is filled in, or `{+model}`, in which slashes stay. */
	readonly path: string;
	/** The path of requests with a mask, if it is another one. */
	readonly maskPath?: string;
	/** Request headers beside those of the credential. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Where the model ID goes in the body; null = nowhere. */
	readonly model: Path | null;
	/** What every body has. */
	readonly fixed?: JsonRecord;
	/** What a body has in place of parameters without a value. */
	readonly unset?: { readonly [Name in ParameterName]?: JsonRecord };
	/** How each parameter goes into the body. One that is absent cannot be sent. */
	readonly parameters: { readonly [Name in ParameterName]?: Spelling };
	/** The response is a ticket, with which the result is asked for. Absent: it has the result. */
	readonly job?: JobKeys;
	/** The fields of a JSON body that hold input files, and the prompt where it stands among them. */
	readonly content?: (content: Content) => JsonRecord;
	/** Names of the parts of a form. Absent: files go into a JSON body. */
	readonly form?: FormParts;
	/** What `content` holds. Files that are absent cannot be sent. */
	readonly files?: FileKinds;
}

/** Names of input files as parts of a form. */
export interface FormParts {
	/** A single input image, and each of several. */
	readonly image: string;
	readonly images: string;
	readonly mask: string;
	readonly markup: string;
}

/** The input files that an endpoint takes beside images, and how. */
export interface FileKinds {
	/** How it says what is edited: it is transparent (`true`), or white or black in a gray image. */
	readonly mask?: true | 'white' | 'black';
	readonly markup?: true;
	/** IDs of uploaded files in place of files. */
	readonly fileIds?: true;
	/** Links in place of files. */
	readonly links?: true;
	/** Characters that a URL can have, data URLs included. */
	readonly maxUrlChars?: number;
}

/** Prompt and input files for a JSON body. */
export interface Content {
	readonly prompt: string;
	readonly images: readonly EmbeddedFile[];
	readonly mask: EmbeddedFile | null;
	readonly markup: EmbeddedFile | null;
}

/** An input file as a value of a JSON body: its bytes are written when the body is sent. */
export interface EmbeddedFile {
	/** Its link, or a data URL. */
	readonly url: unknown;
	/** Its bare base64. */
	readonly base64: unknown;
	readonly mimeType: string;
	/** ID of a file that was uploaded before; the file has no URL then. */
	readonly fileId: string | undefined;
}

export interface ResponseHeaders {
	/** What JSON would have beside an image, by the headers that have it if the response is a file. */
	readonly file?: Readonly<Record<string, string>>;
	/** Headers that can hold the request ID, the most reliable first. */
	readonly requestId: readonly string[];
	/** `true` or `false`: whether to retry. */
	readonly shouldRetry: string;
}

/** Where results are in a JSON response. */
export interface ResultKeys {
	/** The list of results. */
	readonly list: string;
	/** Where a result has its base64, or its URL: a key, or a path that ends in it. */
	readonly base64: Path;
	readonly url: Path;
	/** Keys that hold results at any level, alone or in a list. */
	readonly containers: readonly string[];
	/** Keys of a result that can hold a URL, the most reliable first. */
	readonly links: readonly string[];
	/** Entries of lists that are no results, such as a model's thoughts. */
	readonly skips?: (entry: JsonRecord) => boolean;
	/** Fields of a result that moderation withheld, whatever image or link it still has. */
	readonly withheld: Readonly<Record<string, string | boolean>>;
	/** Lists beside the list of results, with a value for each of them: it becomes a field of the result. */
	readonly flags?: readonly string[];
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
	| 'apiKey'
	/** The account has no deployment of this name, or it has another model. */
	| 'deployment'
	/** There was no capacity for the request, so that nothing is billed. */
	| 'overloaded';
