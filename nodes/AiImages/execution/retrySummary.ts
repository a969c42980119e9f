import type { CallResult } from '../output/callResult';
import type { Ticket } from './ticket';

/** A call as the execution keeps it: plain data, with files by reference. */
export type SavedCall = FinishedCall | PendingCall;

interface FinishedCall {
	readonly result: CallResult;
	/** US dollars; null = unknown. */
	readonly cost: number | null;
	/** Of the job whose links are still to be downloaded. */
	readonly ticket?: Ticket;
}

/** A call whose images are being generated, or could not be fetched. */
interface PendingCall {
	readonly ticket: Ticket;
	/** How many images were requested. */
	readonly requested: number;
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
	const finished = calls.filter((call) => 'result' in call);
	const pending = calls.filter((call): call is PendingCall => !('result' in call));
	return [
		imagesInMemory(inMemory),
		savedImages(finished.filter(({ result }) => result.images.length > 0)),
		savedLinks(finished.reduce((sum, { result }) => sum + result.links.length, 0)),
		lostLinks(discardedLinks),
		pendingImages(pending.reduce((sum, { requested }) => sum + requested, 0)),
	]
		.filter(Boolean)
		.join(' ');
}

function imagesInMemory(images: number): string {
	if (images === 0) return '';
	const them = images === 1 ? 'it' : 'them';
	return `${generated(images)}. n8n stores binary data in memory, so a retry generates and bills ${them} again.`;
}

function savedImages(calls: readonly FinishedCall[]): string {
	const images = calls.reduce((sum, { result }) => sum + result.images.length, 0);
	if (images === 0) return '';
	const costs = calls.map(({ cost }) => cost);
	const price = costs.every((cost) => cost !== null) ? dollars(costs) : '';
	return `${generated(images, price)} and saved. Retrying this execution only generates the missing ones.`;
}

function savedLinks(links: number): string {
	if (links === 0) return '';
	return links === 1
		? `${generated(links)} but not downloaded. Its link is saved: a retry downloads it without generating it again. ${RUN_AGAIN}`
		: `${generated(links)} but not downloaded. Their links are saved: a retry downloads them without generating them again. ${RUN_AGAIN}`;
}

const RUN_AGAIN = 'To generate new images, run the workflow again.';

function lostLinks(links: number): string {
	if (links === 0) return '';
	return links === 1
		? `${generated(links)}, but its link failed again in the retry and was discarded. The next retry generates and bills it again.`
		: `${generated(links)}, but their links failed again in the retry and were discarded. The next retry generates and bills them again.`;
}

function pendingImages(images: number): string {
	if (images === 0) return '';
	return images === 1
		? '1 image is still being generated. Retrying this execution fetches it without requesting it again.'
		: `${images} images are still being generated. Retrying this execution fetches them without requesting them again.`;
}

function generated(images: number, price = ''): string {
	const cost = price ? ` (${price})` : '';
	return images === 1 ? `1 image${cost} was generated` : `${images} images${cost} were generated`;
}

function dollars(costs: readonly number[]): string {
	const sum = costs.reduce((total, cost) => total + cost, 0);
	return `$${sum.toFixed(4).replace(/0{1,2}$/, '')}`;
}
