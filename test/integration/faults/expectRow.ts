import type { INodeExecutionData } from 'n8n-workflow';

import type { MadeImage } from './servers';
import { expectServerLog } from './expectServerLog';
import { errorJsonOf, errorOf, jsonOf } from './expectedTexts';
import { isDelivered } from './outcomeKinds';
import { promptsOf, type Observed } from './run';

/** Compares the outcome of a row with what it expects, and with what is true of every row. */
export async function expectRow(observed: Observed): Promise<void> {
	const { row, onError, result } = observed;
	const { ends, items } = row.expected;
	expect(items).toHaveLength(promptsOf(observed).length);

	const error = result.error && { message: result.error.message, text: result.error.description };
	expect({ status: result.status, error: result.status === 'error' ? error : undefined }).toEqual({
		status: ends[onError],
		error: ends[onError] === 'error' ? errorOf(observed) : undefined,
	});
	const delivered = ends[onError] === 'success' ? await expectItems(observed) : [];
	expectServerLog(observed, delivered);
}

/** Compares every item of every output, and returns the images that arrived. */
async function expectItems(observed: Observed): Promise<MadeImage[]> {
	const { row, onError, result, log } = observed;
	const hasErrorOutput = onError === 'continueErrorOutput';
	const [images = [], errors = []] = result.outputs;
	const arrived: MadeImage[] = [];
	const expected = { images: [] as unknown[], errors: [] as unknown[] };
	for (const [index, outcome] of row.expected.items.entries()) {
		const prompt = promptsOf(observed)[index] ?? '';
		const pairedItem = { item: index };
		if (isDelivered(outcome)) {
			const found = outcome.images.map((number) => log.made.get(prompt)?.[number]);
			arrived.push(...found.flatMap((image) => image ?? []));
			const groups = row.options?.output === 'singleItem' ? [found] : found.map((one) => [one]);
			expected.images.push(
				...groups.map((group) => ({
					json: jsonOf(outcome, group, observed),
					binary: group.map((image) => image?.bytes.toString('base64')),
					pairedItem,
				})),
			);
			continue;
		}
		const json = errorJsonOf(outcome, observed);
		const item = { json: hasErrorOutput ? { ...json, prompt } : json, binary: [], pairedItem };
		(hasErrorOutput ? expected.errors : expected.images).push(item);
	}
	expect({ images: await seen(images, result), errors: await seen(errors, result) }).toEqual(
		expected,
	);
	return arrived;
}

async function seen(items: INodeExecutionData[], result: Observed['result']): Promise<unknown[]> {
	return await Promise.all(
		items.map(async (item) => {
			const { json, binary = {}, pairedItem, ...others } = item;
			expect(others).toEqual({});
			const fields = Object.keys(binary).filter((field) => !field.includes('_partial_'));
			const files = fields.map(async (field) =>
				(await result.binary(item, field)).toString('base64'),
			);
			const said = 'error' in json ? json : { ...json, warnings: json.warnings ?? [] };
			return { json: said, binary: await Promise.all(files), pairedItem };
		}),
	);
}
