import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { roundedDollars } from '../output/cost';
import { estimateCost, estimateText } from '../output/costEstimate';
import { requestWarnings } from '../output/warnings';
import { leftOut } from '../request/leftOut';
import { unknownPrices } from '../request/validateMaxCost';
import { mapTexts, withoutUndefined } from '../values/json';
import { callsOf, type Call, type ItemRequest } from './calls';
import { shownRequest, type ShownRequest } from './shownRequest';

/**
 * The item that tells what an item would send: its requests as they are encoded for sending, with
 * `***` in place of the credential's secrets. It opens no connection, and keeps nothing.
 */
export function previewItem(item: ItemRequest): INodeExecutionData {
	const { request, access, itemIndex } = item;
	const { service, operation, model } = request;
	const { redactError } = access.redactor;
	const calls = callsOf(item);
	const [left, warnings] = [leftOut(request), previewWarnings(item)].map((sentences) =>
		sentences.length > 0 ? mapTexts(sentences, redactError) : undefined,
	);
	const json = withoutUndefined({
		sent: false,
		service: service.displayName,
		operation,
		model: redactError(model),
		requestCount: calls.length,
		...costOf(calls),
		leftOut: left,
		warnings,
		requests: counted(calls.map(shownRequest)),
	});
	return { json: json as IDataObject, pairedItem: { item: itemIndex } };
}

/** Equal requests once, with their number. */
function counted(requests: readonly ShownRequest[]): object[] {
	const counts = new Map<string, number>();
	for (const request of requests) {
		const text = JSON.stringify(request);
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return [...counts].map(([text, count]) => ({ count, ...(JSON.parse(text) as ShownRequest) }));
}

/** What all calls cost together, or cost at least; nothing if their images have no known price. */
function costOf(calls: readonly Call[]): Record<string, number> {
	const estimates = calls.map(({ request }) => ({
		...estimateCost(request),
		text: estimateText(request),
		isPriced: unknownPrices(request, request.values.outputFormat).length === 0,
	}));
	if (!estimates.every(({ isPriced, dollars, text }) => isPriced && dollars > text)) return {};
	const isComplete = estimates.every((each) => each.isComplete);
	const total = estimates.reduce((sum, { dollars }) => sum + dollars, 0);
	return { [isComplete ? 'estimatedCostUsd' : 'minimumCostUsd']: roundedDollars(total) };
}

/** Those that the images would have, and what could not be checked. */
function previewWarnings({ request }: ItemRequest): string[] {
	const files = [...request.images, request.mask, request.markup];
	return [
		...requestWarnings(request),
		...files.flatMap((file) =>
			file?.pendingUrl === undefined
				? []
				: `${file.label}: a preview doesn't download the file, so it was not checked, and its type and size aren't known`,
		),
	];
}
