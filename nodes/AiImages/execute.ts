import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { ExecutionCanceledError, forAgent, toErrorItem, toNodeError, withFullStop } from './errors';
import type { ItemRequest } from './execution/calls';
import { CompletedCalls } from './execution/completedCalls';
import { CostLimit } from './execution/costLimit';
import { costRecordOf } from './execution/costRecord';
import { previewItem } from './execution/preview';
import { PublishedDialects } from './execution/publishedDialects';
import { runCalls } from './execution/schedule';
import { MODELS, type ModelRow } from './models';
import { readSettings } from './options/read';
import { buildItems } from './output/buildItems';
import { fileNameTemplates } from './output/fileNames';
import { readItem } from './request/read';
import { validate } from './request/validate';
import { accessFor, CREDENTIAL } from './services/access';
import { inParallel } from './execution/inParallel';
import { pause } from './transport/pause';
import { RateLimiter } from './transport/rateLimiter';

/**
 * Runs the node: reads and validates every item before the first request is sent, then runs their
 * calls in parallel. The output keeps the order of the items.
 *
 * @param table the models; what is read, validated and sent follows from it
 * @throws NodeApiError | NodeOperationError of the first item that failed, unless *On Error* lets
 *   the others go on
 */
export async function executeItems(
	context: IExecuteFunctions,
	table: Readonly<Record<string, ModelRow>> = MODELS,
): Promise<INodeExecutionData[]> {
	const count = context.getInputData().length;
	const attempt = itemErrorHandler(context);
	const dialects = new PublishedDialects(context);
	const prepared = await inParallel(count, MAX_PARALLEL_PREPARATIONS, async (index) => {
		return await attempt(index, async () => await prepare(context, index, table, dialects));
	}).catch((error: unknown) => {
		throw forAgent(context.getNode(), error);
	});
	const output = prepared.map((item) => ('errorItem' in item ? [item.errorItem] : []));
	const items = withTemplates(prepared.flatMap((item) => ('result' in item ? [item.result] : [])));
	const [previewed, sent] = [true, false].map((isPreview) =>
		items.filter(({ request }) => request.settings.previewRequest === isPreview),
	) as [ItemRequest[], ItemRequest[]];
	for (const item of previewed) output[item.itemIndex] = [previewItem(item)];
	// Nothing that an earlier attempt of the execution generated is touched.
	if (sent.length === 0) return output.flat();
	const completed = new CompletedCalls(context);
	const costLimit = createCostLimit(context, completed, sent);
	await runCalls(sent, {
		context,
		completed,
		costLimit,
		limiter: createRateLimiter(context, sent),
		deliver: async (item, outcomes) => {
			const built = await attempt(item.itemIndex, async () => buildItems(item, outcomes));
			output[item.itemIndex] = 'errorItem' in built ? [built.errorItem] : built.result;
		},
	}).catch((error: unknown) => {
		throw forAgent(context.getNode(), withSummary(error, completed.summary()));
	});
	// n8n's Retry On Fail also repeats a run whose first item is an error item.
	if (!output.flat().some(({ json }) => json.error !== undefined)) {
		completed.clear();
		costLimit?.clear();
	}
	return output.flat();
}

type ItemOutcome<Result> = { readonly result: Result } | { readonly errorItem: INodeExecutionData };

/** Handles the failure of an item as the node's *On Error* setting says. */
function itemErrorHandler(context: IExecuteFunctions) {
	return async <Result>(
		index: number,
		work: () => Promise<Result>,
	): Promise<ItemOutcome<Result>> => {
		try {
			return { result: await work() };
		} catch (error) {
			if (context.continueOnFail() && !(error instanceof ExecutionCanceledError)) {
				return { errorItem: toErrorItem(error, index) };
			}
			throw toNodeError(context.getNode(), error, index);
		}
	};
}

/** The credential names the service, and only what that can take of the model is read. */
async function prepare(
	context: IExecuteFunctions,
	itemIndex: number,
	table: Readonly<Record<string, ModelRow>>,
	dialects: PublishedDialects,
): Promise<Omit<ItemRequest, 'fileNameTemplate'>> {
	const access = accessFor(await context.getCredentials(CREDENTIAL, itemIndex));
	const dialectOf = dialects.by(access);
	const raw = await readItem(context, itemIndex, access.service, table, dialectOf);
	return { request: validate(raw), access, itemIndex };
}

/** Input images are downloaded in the meantime. */
const MAX_PARALLEL_PREPARATIONS = 4;

function withTemplates(items: ReadonlyArray<Omit<ItemRequest, 'fileNameTemplate'>>): ItemRequest[] {
	const templates = fileNameTemplates(items);
	return items.map((item, index) => ({ ...item, fileNameTemplate: templates[index] ?? '' }));
}

/** If the run had to stop, the user should know which images were generated and are not lost. */
function withSummary(error: unknown, summary: string): unknown {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return error;
	if (summary) {
		const description = error.description ? `${withFullStop(error.description)}\n` : '';
		error.description = `${description}${summary}`;
	}
	return error;
}

/** The options of the first valid item apply to the whole run. */
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

function createCostLimit(
	context: IExecuteFunctions,
	completed: CompletedCalls,
	[first]: readonly ItemRequest[],
): CostLimit | undefined {
	const maxCost = first?.request.settings.maxCost ?? 0;
	return maxCost > 0 ? new CostLimit(maxCost, costRecordOf(context, completed)) : undefined;
}
