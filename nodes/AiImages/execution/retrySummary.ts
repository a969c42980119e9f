import type { CallResult } from '../output/callResult';

/** A call as the execution keeps it: plain data, with files by reference. */
export interface SavedCall {
	readonly result: CallResult;
	/** US dollars; null = unknown. */
	readonly cost: number | null;
}

/**
 * Tells the user which images were generated before the run stopped, and what a retry does.
 *
 * @param inMemory images that n8n keeps in memory, so that a retry cannot find them
 * @param discardedLinks links that also failed in the retry
 */
export function summarize(
	calls: readonly SavedCall[],
	inMemory: number,
	discardedLinks: number,
): string {
	return [
		imagesInMemory(inMemory),
		savedImages(calls.filter(({ result }) => result.images.length > 0)),
		savedLinks(calls.reduce((sum, { result }) => sum + result.links.length, 0)),
		lostLinks(discardedLinks),
	]
		.filter(Boolean)
		.join(' ');
}

function imagesInMemory(images: number): string {
	if (images === 0) return '';
	return `${imagesMade(images)}. This n8n keeps files in memory, so that a retry buys them again.`;
}

function savedImages(calls: readonly SavedCall[]): string {
	const images = calls.reduce((sum, { result }) => sum + result.images.length, 0);
	if (images === 0) return '';
	const costs = calls.map(({ cost }) => cost);
	const price = costs.every((cost) => cost !== null) ? ` for ${dollars(costs)}` : '';
	return `${imagesMade(images)}${price}. ${images === 1 ? 'It is' : 'They are'} kept: if this execution is retried, only the missing ones are bought.`;
}

function savedLinks(links: number): string {
	if (links === 0) return '';
	return links === 1
		? `The link to 1 generated image is saved: a retry downloads it, without generating it again. ${RUN_AGAIN}`
		: `The links to ${links} generated images are saved: a retry downloads them, without generating them again. ${RUN_AGAIN}`;
}

const RUN_AGAIN = 'To generate anew, run the workflow again.';

function lostLinks(links: number): string {
	if (links === 0) return '';
	return links === 1
		? 'The link to 1 generated image failed in the retry, too, and was discarded: the next retry generates the image again and is billed.'
		: `The links to ${links} generated images failed in the retry, too, and were discarded: the next retry generates the images again and is billed.`;
}

function imagesMade(images: number): string {
	return `${images} ${images === 1 ? 'image was' : 'images were'} made`;
}

function dollars(costs: readonly number[]): string {
	return `$${costs.reduce((sum, cost) => sum + cost, 0).toFixed(4)}`;
}
