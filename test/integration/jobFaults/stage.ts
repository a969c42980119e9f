import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../../demo/image-service/faults';

/** Where a job can be lost, and all that comes of it. Each is run under every `Setting`. */
export interface Stage {
	/** What happens, as a fragment of a sentence. */
	readonly name: string;
	/** What the image service does instead of its work, in turn. Without them, it does as the prompt says. */
	readonly faults?: readonly Fault[];
	/** One item for each. */
	readonly prompts?: readonly string[];
	/** Of which service; Black Forest Labs by default. */
	readonly service?: JobService;
	readonly parameters?: INodeParameters;
	/** The node's *Options*. */
	readonly options?: INodeParameters;
	/** The timeout of the node passes: the clock is not set forward. */
	readonly takesItsTime?: true;
	/** Without Retry On Fail. */
	readonly once: Outcome;
	/** With one more try by n8n's Retry On Fail. */
	readonly retried: Outcome;
}

export type JobService = 'blackForestLabs' | 'replicate' | 'fal' | 'dashScope';

/** An account for all settings of On Error, or one each for stopping and for going on. */
export type Outcome = Account | { readonly stops: Account; readonly goesOn: Account };

/** What became of all jobs of a run. None of these may be left out: a row has to say all of it. */
export interface Account {
	/** Requests for a job, those that were refused included. */
	readonly submits: number;
	/** Images that the service billed, by its own count: every job that began to run. */
	readonly billed: number;
	/** Images in the items that come out. */
	readonly delivered: number;
	/** What a retry of the execution finds. */
	readonly kept: Kept;
	/** Images that were requested again although an earlier job of the same item was done. */
	readonly boughtTwice: number;
	/** What users see; null = no error. `{job}`, `{api}` and `{files}` are filled in. */
	readonly error: Message | null;
	/** The warnings of the items, where a row is about them. */
	readonly warnings?: readonly string[];
}

export interface Kept {
	readonly tickets?: number;
	readonly images?: number;
	readonly links?: number;
}

export interface Message {
	readonly error: string;
	readonly advice: string;
}

/** Stages that belong together. */
export interface JobTopic {
	readonly title: string;
	/** What the user should know of all of them. */
	readonly about: string;
	readonly stages: readonly Stage[];
}

export const ON_ERROR = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

export interface Setting {
	readonly onError: (typeof ON_ERROR)[number];
	readonly isRetried: boolean;
}

/** What a stage expects under a setting. */
export function accountOf(stage: Stage, { onError, isRetried }: Setting): Account {
	const outcome = isRetried ? stage.retried : stage.once;
	if (!('stops' in outcome)) return outcome;
	return onError === 'stopWorkflow' ? outcome.stops : outcome.goesOn;
}
