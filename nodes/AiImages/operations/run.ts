import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { toErrorItem, toNodeError } from '../errors';
import { PARALLEL_REQUESTS } from '../fields';
import { MODELS, type ModelRow } from '../models';
import { readItem } from '../request/read';
import { validate } from '../request/validate';
import { accessOf, CREDENTIAL } from '../transport/credential';
import { ExecutionCanceled } from '../transport/failures';
import { inParallel } from '../transport/inParallel';
import { Pace } from '../transport/pace';
import { pause } from '../transport/pause';
import { assemble } from './assemble';
import { CompletedCalls } from './completedCalls';
import { makeCalls } from './makeCalls';
import { templatesOf } from './names';
import type { Job } from './parts';

/**
 * Works through all items: reads and checks every one before the first request is sent, then
 * runs them in parallel. The images come out in the order of the items.
 *
 * @param table the models; what is read, checked and sent follows from it
 * @throws NodeApiError | NodeOperationError of the first item that failed, unless the node's
 *   On Error setting lets the others go on
 */
export async function runItems(
	context: IExecuteFunctions,
	table: Readonly<Record<string, ModelRow>> = MODELS,
): Promise<INodeExecutionData[]> {
	const count = context.getInputData().length;
	const settle = settler(context);
	const prepared = await inParallel(count, PREPARED_AT_A_TIME, async (item) => {
		return await settle(item, async () => await prepare(context, item, table));
	});
	const made = prepared.map((item) => ('failed' in item ? [item.failed] : []));
	const jobs = withNames(prepared.flatMap((item) => ('done' in item ? [item.done] : [])));
	const completed = new CompletedCalls(context);
	await makeCalls(jobs, {
		context,
		completed,
		pace: paceOf(context, jobs),
		deliver: async (job, outcomes) => {
			const items = await settle(job.itemIndex, async () => assemble(job, outcomes));
			made[job.itemIndex] = 'failed' in items ? [items.failed] : items.done;
		},
	}).catch((error: unknown) => {
		throw withSummary(error, completed.summary());
	});
	// n8n's Retry On Fail also repeats a run whose first item stands for an error.
	if (!made.flat().some(({ json }) => json.error !== undefined)) completed.forget();
	return made.flat();
}

/** What became of an item: a result, or the item that stands for its error. */
type Settled<Result> = { readonly done: Result } | { readonly failed: INodeExecutionData };

/** Turns the failure of an item into what the node's On Error setting asks for. */
function settler(context: IExecuteFunctions) {
	return async <Result>(item: number, work: () => Promise<Result>): Promise<Settled<Result>> => {
		try {
			return { done: await work() };
		} catch (error) {
			if (context.continueOnFail() && !(error instanceof ExecutionCanceled)) {
				return { failed: toErrorItem(error, item) };
			}
			throw toNodeError(context.getNode(), error, item);
		}
	};
}

async function prepare(
	context: IExecuteFunctions,
	itemIndex: number,
	table: Readonly<Record<string, ModelRow>>,
): Promise<Omit<Job, 'fileName'>> {
	const request = validate(await readItem(context, itemIndex, table));
	const credentials = await context.getCredentials(CREDENTIAL, itemIndex);
	// Throws if the credential cannot be used, before anything is sent.
	accessOf(credentials);
	return { request, credentials, itemIndex };
}

function withNames(jobs: ReadonlyArray<Omit<Job, 'fileName'>>): Job[] {
	const templates = templatesOf(jobs);
	return jobs.map((job, index) => ({ ...job, fileName: templates[index] ?? '' }));
}

/** Tells the user of a run that had to stop what was made, and that it is not lost. */
function withSummary(error: unknown, summary: string): unknown {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return error;
	if (summary) error.description = [error.description, summary].filter(Boolean).join('<br>');
	return error;
}

/** Input images on the web are downloaded meanwhile. */
const PREPARED_AT_A_TIME = 4;

/** By the options of the first item that could be read. */
function paceOf(context: IExecuteFunctions, [first]: readonly Job[]): Pace {
	const { parallelRequests = PARALLEL_REQUESTS, imagesPerMinute = 0 } =
		first?.request.settings ?? {};
	return new Pace(
		{ parallelRequests, imagesPerMinute },
		{
			now: () => performance.now(),
			pause: async (milliseconds, stopped) =>
				await pause(milliseconds, context.getExecutionCancelSignal(), stopped),
		},
	);
}
