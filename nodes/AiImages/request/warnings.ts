import { PRESENTATION } from '../fields/presentation';
import type { StoredImage } from '../response/keep';
import { doubtsOfFiles } from './files';
import type { ValidRequest } from './validate';

/** What the user should know before the images are there. */
export function warningsOfRequest(request: ValidRequest): string[] {
	const { dropped, model } = request;
	return [
		...dropped.map(
			(name) => `${PRESENTATION[name].displayName} was not sent: ${model} does not take it`,
		),
		...doubtsOfFiles(request),
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
	readonly asked: number;
	readonly received: number;
	readonly missing: readonly MissingImage[];
	/** Why the response ended early, or what it complains of beside its images; whole sentences. */
	readonly ended?: string | undefined;
}

/** How many images are missing in all calls of an item, and why. */
export function warningsOfCount(calls: readonly ImageCount[]): string[] {
	const reasons = calls.map(reasonsOf);
	const missing = grouped(reasons.flatMap((each) => each.missing));
	const beside = new Set(reasons.flatMap((each) => each.beside));
	const unexplained = missing.get(undefined) ?? 0;
	const isExplained = missing.size > (unexplained > 0 ? 1 : 0);
	const [asked, received] = [sumOf(calls, 'asked'), sumOf(calls, 'received')];
	return [
		...(isExplained || asked === received
			? []
			: [`Requested ${images(asked)}, received ${received}`]),
		...[...missing].flatMap(([reason, count]) => {
			if (reason !== undefined) return `${areMissing(count)}: ${reason}`;
			return isExplained ? `${areMissing(count)}: the API returned fewer than requested` : [];
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
function reasonsOf({ asked, received, missing, ended }: ImageCount): Reasons {
	const open = Math.max(0, asked - received);
	const told = [...missing].sort((a, b) => a.index - b.index).map(({ reason }) => reason);
	const own = told.slice(0, open);
	// What ended the response explains all that is not explained otherwise, and so does the only
	// complaint that there is.
	const [only, ...others] = new Set(told);
	const rest = ended ?? (others.length === 0 ? only : undefined);
	return {
		missing: [...own, ...Array.from({ length: open - own.length }, () => rest)],
		beside: [...told.slice(open), ...(ended !== undefined && open <= told.length ? [ended] : [])],
	};
}

function grouped<Key>(keys: readonly Key[]): Map<Key, number> {
	const counts = new Map<Key, number>();
	for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}

function images(count: number): string {
	return count === 1 ? '1 image' : `${count} images`;
}

function areMissing(count: number): string {
	return count === 1 ? 'One image is missing' : `${count} images are missing`;
}

function sumOf(calls: readonly ImageCount[], name: 'asked' | 'received'): number {
	return calls.reduce((sum, { [name]: count }) => sum + count, 0);
}

/** Where an image is not what was asked for; it is kept all the same. */
export function warningsOfImage(
	{ values }: ValidRequest,
	{ mediaType, mayRunScripts }: Pick<StoredImage, 'mediaType' | 'mayRunScripts'>,
): string[] {
	const warnings: string[] = [];
	const asked = /^(\d+)x(\d+)$/.exec(String(values.size ?? ''));
	const { width, height, format } = mediaType;
	if (asked && width && height && (Number(asked[1]) !== width || Number(asked[2]) !== height)) {
		warnings.push(`Size: ${asked[0]} was asked for, the image is ${width}x${height}`);
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
