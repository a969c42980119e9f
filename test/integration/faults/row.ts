import type {
	ExecutionStatus,
	ICredentialDataDecryptedObject,
	INodeParameters,
} from 'n8n-workflow';

import type { ServiceId } from '../../../nodes/AiImages/services/table';
import type { Responder } from './servers';

export type Operation = 'generate' | 'edit';
export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/**
 * One fault, or one unusual response, and all that comes of it. Texts may hold `{api}`, `{files}` and
 * `{closed}`: the hosts of the API, of links, and of a port where nothing listens.
 */
export interface Row {
	/** What happens, as a fragment of a sentence. */
	readonly name: string;
	readonly operations: readonly Operation[];
	/** One item for each; by default there is one item. The server tells items apart by them. */
	readonly prompts?: readonly string[];
	/** What the requests of each prompt get in turn, the last one again and again. */
	readonly server: readonly Responder[] | ByPrompt;
	readonly parameters?: INodeParameters;
	/** The node's *Options*. */
	readonly options?: INodeParameters;
	/** Of the file that is edited. */
	readonly inputFileName?: string;
	readonly credentials?: ICredentialDataDecryptedObject;
	/** Absent: an OpenAI-compatible server, and a model of OpenAI's. */
	readonly service?: RowService;
	/** An agent uses the node as its tool, instead of a workflow that runs through it. */
	readonly asTool?: boolean;
	/** The clock is set forward instead of waiting: the row takes a minute, or more. */
	readonly takesMinutes?: boolean;
	/** Deadlines come earlier: a server never responds. */
	readonly isSilent?: boolean;
	/** Tries of n8n's Retry On Fail; without it, that is off. */
	readonly maxTries?: number;
	readonly expected: Expected;
}

/** A service that the credential names, and a model that it calls as its maker does. */
export interface RowService {
	readonly id: ServiceId;
	readonly family: string;
	readonly model: string;
}

/** What each prompt gets, or otherwise. */
export interface ByPrompt {
	readonly byPrompt: Readonly<Record<string, readonly Responder[]>>;
	readonly otherwise: readonly Responder[];
}

/** None of these may be left out: a row has to say all of it. */
export interface Expected {
	/** The On Error settings that the row is run with, and how the execution ends under each. */
	readonly ends: Readonly<Partial<Record<OnError, ExecutionStatus>>>;
	/** Requests to the API that reached the server. */
	readonly calls: number;
	/** Requests for links, redirects included. */
	readonly downloads: number;
	/** Images that the server made, by its own count. */
	readonly billed: number;
	/** Images that a run that had to stop keeps for the retry. */
	readonly kept: number;
	/** Links that such a run keeps: a retry downloads the images, which this one lost. */
	readonly links?: number;
	/** Images that were made and did not arrive, and why. */
	readonly lost: Lost;
	/** What becomes of each input item, in order. */
	readonly items: readonly Outcome[];
	/** The last JSON request, where the row is about what is sent. */
	readonly lastBody?: Readonly<Record<string, unknown>>;
}

export interface Lost {
	readonly images: number;
	readonly why: LossReason | null;
}

export const NOTHING: Lost = { images: 0, why: null };

/** Why a billed image can be lost: the network or the server never gave it to the node. */
export type LossReason =
	| 'the connection was lost before the image was complete'
	| 'the response was truncated before the image was complete'
	| 'the gateway timed out and discarded the image'
	| 'the API failed after generating the image'
	| 'the API returned something else instead'
	| 'the link to the image was dead'
	| "the image didn't arrive in time"
	| 'the network or a gateway lost them'
	| 'the execution was stopped'
	| 'it exceeded a size limit';

export type Outcome = Delivered | Failed | Refused | 'not begun' | 'canceled';

export interface Delivered {
	/** Which of the images that were made for the item, in the order of the output. */
	readonly images: readonly number[];
	readonly warnings: readonly string[];
	readonly attempts: number;
	/** More of the json of each image's item, where the row is about it. */
	readonly json?: Readonly<Record<string, unknown>>;
}

/** A call that failed; with *Stop Workflow* the details follow the advice. */
export interface Failed {
	readonly error: string;
	readonly advice: string;
	readonly details: FailedDetails;
	readonly attempts: number;
}

export interface FailedDetails {
	readonly status?: number;
	readonly code?: string;
	readonly type?: string;
	readonly param?: string;
	readonly requestId?: string;
}

/** An item that is not sent at all. */
export interface Refused {
	readonly problems: readonly string[];
}

/** Rows that belong together, as a chapter for users. */
export interface Topic {
	readonly title: string;
	/** What the user should know of all of them. */
	readonly about: string;
	readonly rows: readonly Row[];
}
