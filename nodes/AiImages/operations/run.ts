import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toErrorItem, toNodeError } from '../errors';
import { PARALLEL_REQUESTS } from '../fields';
import { MODELS, type ModelRow } from '../models';
import { readItem } from '../request/read';
import { validate } from '../request/validate';
import { ExecutionCanceled } from '../transport/failures';
import { inParallel } from '../transport/pace';
import { accessOf, CREDENTIAL } from '../transport/credential';
import { perform, type Job } from './perform';
import { Purchases, withReceipt } from './purchases';

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
	const jobs = await inParallel(count, PREPARED_AT_A_TIME, async (item) => {
		return await settle(item, async () => await prepare(context, item, table));
	});
	const purchases = new Purchases(context);
	const made = await inParallel(count, limitOf(jobs), async (item) => {
		const job = jobs[item] as Settled<Job>;
		if ('failed' in job) return [job.failed];
		const images = await settle(item, async () => await buyOnce(context, purchases, job.done));
		return 'failed' in images ? [images.failed] : images.done;
	}).catch((error: unknown) => {
		throw withReceipt(error, purchases);
	});
	// n8n's Retry On Fail also repeats a run whose first item stands for an error.
	if (!made.flat().some(({ json }) => json.error !== undefined)) purchases.forget();
	return made.flat();
}

/** Makes the images of an item, unless an earlier attempt of this run has made them. */
async function buyOnce(
	context: IExecuteFunctions,
	purchases: Purchases,
	job: Job,
): Promise<INodeExecutionData[]> {
	const bought = await purchases.find(job);
	if (bought) return bought;
	const items = await perform(context, job);
	await purchases.remember(job, items);
	return items;
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
): Promise<Job> {
	const request = validate(await readItem(context, itemIndex, table));
	const credentials = await context.getCredentials(CREDENTIAL, itemIndex);
	// Throws if the credential cannot be used, before anything is sent.
	accessOf(credentials);
	return { request, credentials, itemIndex };
}

/** Input images on the web are downloaded meanwhile. */
const PREPARED_AT_A_TIME = 4;

/** The option of the first item that could be read. */
function limitOf(jobs: ReadonlyArray<Settled<Job>>): number {
	const [first] = jobs.flatMap((job) => ('done' in job ? [job.done] : []));
	return first?.request.settings.parallelRequests ?? PARALLEL_REQUESTS;
}
