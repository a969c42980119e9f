import type { IExecuteFunctions } from 'n8n-workflow';
import type { CompletedCalls } from './completedCalls';

/** What is known about the costs of a run. Plain data: n8n keeps it for a retry of the execution. */
export interface CostRecord {
	/** US dollars of all calls that have ended. */
	spent: number;
	/** A call has ended that was or might have been billed, and nobody knows how much. */
	isUnknown: boolean;
	/** The most expensive image of each kind of request, and the prompt that was billed with it. */
	readonly highest: Record<string, { readonly perImage: number; readonly text: number }>;
}

/**
 * The costs of this run of the node. They are in the node's own context, which belongs to the
 * execution: with n8n's *Retry On Fail*, and with *Retry* of a failed execution, the cap applies to
 * all attempts together. `CompletedCalls` could not add them up, because it forgets results that n8n
 * keeps in memory, and images that could not be downloaded.
 */
export function costRecordOf(context: IExecuteFunctions, completed: CompletedCalls): CostRecord {
	const own = context.getContext('node');
	own[CONTEXT_KEY] ??= {};
	const runs = own[CONTEXT_KEY] as unknown as Record<string, CostRecord>;
	const run = context.getWorkflowDataProxy(0).$runIndex as number;
	// The earlier attempt might have had no cap.
	return (runs[run] ??= { spent: completed.cost(), isUnknown: false, highest: {} });
}

const CONTEXT_KEY = 'costs';
