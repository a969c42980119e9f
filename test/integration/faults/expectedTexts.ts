import type { MadeImage } from './servers';
import { isFailed, isRefused } from './outcomeKinds';
import type { Delivered, Failed, Outcome, Refused } from './row';
import { modelOf, type Observed } from './run';

/** What n8n shows when the execution stops: the first failure, its next step and its facts. */
export function errorOf({ row, fill }: Observed): { message: string; text: string } {
	const first = row.expected.items.find(
		(item): item is Failed | Refused => isFailed(item) || isRefused(item),
	);
	if (!first) throw new Error('An execution that stops needs an item that failed');
	if (isRefused(first)) {
		const [message = '', ...others] = first.problems.map(fill);
		const nothing = 'No request was sent; you were not billed.';
		return { message, text: [...others.map((each) => `${each}.`), nothing].join('\n') };
	}
	const { error, advice, details } = first;
	const facts = [
		details.status === undefined ? '' : `HTTP status ${details.status}`,
		details.code === undefined ? '' : `code ${details.code}`,
		details.param === undefined ? '' : `parameter ${details.param}`,
		details.requestId === undefined ? '' : `request ID ${details.requestId}`,
	].filter(Boolean);
	const { kept, links = 0 } = row.expected;
	const summary = [
		kept === 0
			? ''
			: `${kept === 1 ? '1 image was' : `${kept} images were`} generated and saved. Retrying this execution only generates the missing ones.`,
		links === 0
			? ''
			: `${links === 1 ? '1 image was generated but not downloaded. Its link is saved: a retry downloads it without generating it again.' : `${links} images were generated but not downloaded. Their links are saved: a retry downloads them without generating them again.`} To generate new images, run the workflow again.`,
	]
		.filter(Boolean)
		.join(' ');
	return {
		message: fill(error),
		text: fill(
			`${advice}${facts.length ? ` (${facts.join(', ')})` : ''}${summary ? `.\n${summary}` : ''}`,
		),
	};
}

/** The json of an item with images. */
export function jsonOf(
	{ warnings, attempts, json }: Delivered,
	group: ReadonlyArray<MadeImage | undefined>,
	{ row, operation, fill }: Observed,
): unknown {
	const facts = group.map((image) => ({
		mimeType: image?.mimeType,
		fileSize: image?.bytes.length,
		...(image?.width === undefined ? {} : { width: image.width, height: image.height }),
	}));
	return expect.objectContaining({
		model: modelOf(row),
		operation,
		attempts,
		durationMs: expect.any(Number),
		...(group.length === 1 ? facts[0] : {}),
		...json,
		warnings: warnings.map(fill),
	});
}

/** The json of an item that stands for an error. */
export function errorJsonOf(
	outcome: Outcome,
	{ row, operation, fill }: Observed,
): Record<string, unknown> {
	if (isRefused(outcome)) {
		const problems = outcome.problems.map(fill);
		const message = 'No request was sent; you were not billed';
		return { error: problems.join(' · '), message, details: { problems } };
	}
	if (!isFailed(outcome)) throw new Error(`No item can be "${JSON.stringify(outcome)}" here`);
	const { error, advice, details, attempts } = outcome;
	return {
		error: fill(error),
		message: fill(advice),
		details: {
			...details,
			model: modelOf(row),
			operation,
			attempts,
			durationMs: expect.any(Number),
		},
	};
}
