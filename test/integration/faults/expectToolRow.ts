import { expectServerLog } from './expectServerLog';
import { errorJsonOf, errorOf, jsonOf } from './expectedTexts';
import { isDelivered } from './outcomeKinds';
import { promptsOf, type Observed } from './run';

/**
 * Compares what an agent reads with what the row expects. An agent reads the json of the items, and
 * never a file; with *Stop Workflow* it reads the message of the error, which has the description in it.
 */
export async function expectToolRow(observed: Observed): Promise<void> {
	const { row, onError, result, log } = observed;
	const [outcome] = row.expected.items;
	const [item] = result.outputs[0] ?? [];
	expect(result.runData['AI Images']?.at(-1)?.executionStatus).toBe(row.expected.ends[onError]);
	if (outcome && isDelivered(outcome)) {
		const made = log.made.get(promptsOf(observed)[0] ?? '') ?? [];
		const found = outcome.images.flatMap((number) => made[number] ?? []);
		const read = (item?.json.read as object[]).map((each) => ({ warnings: [], ...each }));
		expect(read).toEqual(found.map((image) => jsonOf(outcome, [image], observed)));
		expectServerLog(observed, found);
		return;
	}
	if (!outcome) throw new Error('A tool has one item');
	if (row.expected.ends[onError] === 'error') {
		const { message, text } = errorOf(observed);
		// The name of a system error would make n8n replace the message.
		const details = text.replace(/ \(code E[A-Z]+\)/, '');
		expect(item?.json).toEqual({ failed: `${message}\n\nDetails: ${details}` });
	} else {
		expect(item?.json).toEqual({ read: [errorJsonOf(outcome, observed)] });
	}
	expectServerLog(observed, []);
}
