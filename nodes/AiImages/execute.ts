import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { toErrorItem, toNodeError } from './errors';
import { MODELS, type ModelRow } from './models';
import { readSettings } from './options/read';
import { readItem } from './request/read';
import { validate } from './request/validate';
import { resolveCredential, CREDENTIAL } from './services/access';
import { ExecutionCanceledError } from './transport/connectionError';
import { inParallel } from './transport/inParallel';
import { RateLimiter } from './transport/rateLimiter';
import { pause } from './transport/pause';
import { buildItems } from './output/buildItems';
import { CompletedCalls } from './execution/completedCalls';
import { makeCalls } from './execution/schedule';
import { fileNameTemplates } from './output/fileNames';
import type { ItemRequest } from './execution/calls';

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
	const settle = itemErrorHandler(context);
	const prepared = await inParallel(count, MAX_PARALLEL_PREPARATIONS, async (item) => {
		return await settle(item, async () => await prepare(context, item, table));
	});
	const made = prepared.map((item) => ('failed' in item ? [item.failed] : []));
	const jobs = withNames(prepared.flatMap((item) => ('done' in item ? [item.done] : [])));
	const completed = new CompletedCalls(context);
	await makeCalls(jobs, {
		context,
		completed,
		pace: createRateLimiter(context, jobs),
		deliver: async (job, outcomes) => {
			const items = await settle(job.itemIndex, async () => buildItems(job, outcomes));
			made[job.itemIndex] = 'failed' in items ? [items.failed] : items.done;
		},
	}).catch((error: unknown) => {
		throw withSummary(error, completed.summary());
	});
	// n8n's Retry On Fail also repeats a run whose first item stands for an error.
	if (!made.flat().some(({ json }) => json.error !== undefined)) completed.clear();
	return made.flat();
}

/** What became of an item: a result, or the item that stands for its error. */
type ItemOutcome<Result> = { readonly done: Result } | { readonly failed: INodeExecutionData };

/** Turns the failure of an item into what the node's On Error setting asks for. */
function itemErrorHandler(context: IExecuteFunctions) {
	return async <Result>(
		item: number,
		work: () => Promise<Result>,
	): Promise<ItemOutcome<Result>> => {
		try {
			return { done: await work() };
		} catch (error) {
			if (context.continueOnFail() && !(error instanceof ExecutionCanceledError)) {
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
): Promise<Omit<ItemRequest, 'fileNameTemplate'>> {
	const request = validate(await readItem(context, itemIndex, table));
	const credentials = await context.getCredentials(CREDENTIAL, itemIndex);
	// Throws if the credential cannot be used, before anything is sent.
	resolveCredential(credentials);
	return { request, credentials, itemIndex };
}

function withNames(jobs: ReadonlyArray<Omit<ItemRequest, 'fileNameTemplate'>>): ItemRequest[] {
	const templates = fileNameTemplates(jobs);
	return jobs.map((job, index) => ({ ...job, fileNameTemplate: templates[index] ?? '' }));
}

/** Tells the user of a run that had to stop what was made, and that it is not lost. */
function withSummary(error: unknown, summary: string): unknown {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return error;
	if (summary) error.description = [error.description, summary].filter(Boolean).join('<br>');
	return error;
}

/** Input images on the web are downloaded meanwhile. */
const MAX_PARALLEL_PREPARATIONS = 4;

/** By the options of the first item that could be read. */
function createRateLimiter(
	context: IExecuteFunctions,
	[first]: readonly ItemRequest[],
): RateLimiter {
	const { parallelRequests, imagesPerMinute } = first?.request.settings ?? readSettings({}, []);
	return new RateLimiter(
		{ parallelRequests, imagesPerMinute },
		{
			now: () => performance.now(),
			pause: async (milliseconds, stopped) =>
				await pause(milliseconds, context.getExecutionCancelSignal(), stopped),
		},
	);
}
