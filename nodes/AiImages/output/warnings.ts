import { PARAMETERS } from '../models/parameters';
import type { StoredImage } from './storeImage';
import { fileWarnings } from '../request/validateFiles';
import type { ValidRequest } from '../request/validate';

/** What the user should know before the images are there. */
export function requestWarnings(request: ValidRequest): string[] {
	const { ignored, model } = request;
	return [
		...ignored.map(
			(name) => `${PARAMETERS[name].displayName} was not sent: ${model} does not take it`,
		),
		...fileWarnings(request),
	];
}

/** Why a result of a response is no image. */
export interface MissingImage {
	/** Position in the response, from 0. */
	readonly index: number;
	/** Whole sentences. */
	readonly reason: string;
}

/** The images of one call, by their number. */
export interface ImageCount {
	readonly requested: number;
	readonly received: number;
	readonly missing: readonly MissingImage[];
	/** Why the response ended early, or what it complains of beside its images; whole sentences. */
	readonly responseError?: string | undefined;
}

/** How many images are missing in all calls of an item, and why. */
export function countWarnings(calls: readonly ImageCount[]): string[] {
	const reasons = calls.map(reasonsFor);
	const missing = countBy(reasons.flatMap((each) => each.missing));
	const beside = new Set(reasons.flatMap((each) => each.beside));
	const unexplained = missing.get(undefined) ?? 0;
	const isExplained = missing.size > (unexplained > 0 ? 1 : 0);
	const [requested, received] = [sumOf(calls, 'requested'), sumOf(calls, 'received')];
	return [
		...(isExplained || requested === received
			? []
			: [`Requested ${images(requested)}, received ${received}`]),
		...[...missing].flatMap(([reason, count]) => {
			if (reason !== undefined) return `${missingImages(count)}: ${reason}`;
			return isExplained ? `${missingImages(count)}: the API returned fewer than requested` : [];
		}),
		...[...beside].map(
			(reason) => `All requested images were received, but the response had an error: ${reason}`,
		),
	];
}

interface Reasons {
	/** One for each image that is missing; undefined = the response does not tell. */
	readonly missing: ReadonlyArray<string | undefined>;
	/** Complaints of a response that leave nothing to be missed. */
	readonly beside: readonly string[];
}

/** Fewer images than asked for are billed as many, by some providers: each is told of. */
function reasonsFor({ requested, received, missing, responseError }: ImageCount): Reasons {
	const open = Math.max(0, requested - received);
	const told = [...missing].sort((a, b) => a.index - b.index).map(({ reason }) => reason);
	const own = told.slice(0, open);
	// What ended the response explains all that is not explained otherwise, and so does the only
	// complaint that there is.
	const [only, ...others] = new Set(told);
	const rest = responseError ?? (others.length === 0 ? only : undefined);
	return {
		missing: [...own, ...Array.from({ length: open - own.length }, () => rest)],
		beside: [
			...told.slice(open),
			...(responseError !== undefined && open <= told.length ? [responseError] : []),
		],
	};
}

function countBy<Key>(keys: readonly Key[]): Map<Key, number> {
	const counts = new Map<Key, number>();
	for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}

function images(count: number): string {
	return count === 1 ? '1 image' : `${count} images`;
}

function missingImages(count: number): string {
	return count === 1 ? 'One image is missing' : `${count} images are missing`;
}

function sumOf(calls: readonly ImageCount[], name: 'requested' | 'received'): number {
	return calls.reduce((sum, { [name]: count }) => sum + count, 0);
}

/** Where an image is not what was asked for; it is kept all the same. */
export function imageWarnings(
	{ values }: ValidRequest,
	{ mediaType, mayRunScripts }: Pick<StoredImage, 'mediaType' | 'mayRunScripts'>,
): string[] {
	const warnings: string[] = [];
	const requested = /^(\d+)x(\d+)$/.exec(String(values.size ?? ''));
	const { width, height, format } = mediaType;
	if (
		requested &&
		width &&
		height &&
		(Number(requested[1]) !== width || Number(requested[2]) !== height)
	) {
		warnings.push(`Size: ${requested[0]} was asked for, the image is ${width}x${height}`);
	}
	const wanted = String(values.outputFormat ?? '').replace(/^jpg$/, 'jpeg');
	if (wanted && wanted !== format) {
		warnings.push(`Output Format: ${wanted} was asked for, the image is ${format}`);
	}
	if (mayRunScripts) {
		warnings.push(
			'The SVG may run scripts or load files when it is opened. Do not put it into a web page as it is',
		);
	}
	return warnings;
}
