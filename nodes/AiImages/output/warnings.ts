import type { ParameterName } from '../models';
import { PARAMETERS } from '../models/parameters';
import type { ValidRequest } from '../request/types';
import { fileWarnings } from '../request/validateFiles';
import { formatName } from '../values/format';
import type { StoredImage } from './storeImage';

/** Warnings that do not depend on the response. */
export function requestWarnings(request: ValidRequest): string[] {
	const { ignored, unsupported, model, service } = request;
	return [
		...ignored.map((name) => notSent(name, model)),
		...unsupported.map((name) => notSent(name, service.sentenceName)),
		...fileWarnings(request),
	];
}

function notSent(name: ParameterName, who: string): string {
	return `${formatName(PARAMETERS[name].displayName)} was not sent because ${who} doesn't support it`;
}

/** A result of a response that is no image. */
export interface MissingImage {
	/** Position in the response, from 0. */
	readonly index: number;
	/** Why, in whole sentences. */
	readonly reason: string;
}

/** How many images one call requested and received. */
export interface ImageCount {
	readonly requested: number;
	readonly received: number;
	readonly missing: readonly MissingImage[];
	/** Why the response ended early, or the error that it reports beside its images, in sentences. */
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
	/** One for each missing image; undefined = the response gives no reason. */
	readonly missing: ReadonlyArray<string | undefined>;
	/** Errors of a response from which no image is missing. */
	readonly beside: readonly string[];
}

/** Some providers bill the requested number, so every missing image is reported. */
function reasonsFor({ requested, received, missing, responseError }: ImageCount): Reasons {
	const open = Math.max(0, requested - received);
	const given = [...missing].sort((a, b) => a.index - b.index).map(({ reason }) => reason);
	const own = given.slice(0, open);
	// What ended the response explains everything that has no reason of its own. So does a reason
	// that is the only one.
	const [only, ...others] = new Set(given);
	const rest = responseError ?? (others.length === 0 ? only : undefined);
	const isBeside = responseError !== undefined && open <= given.length;
	return {
		missing: [...own, ...Array.from({ length: open - own.length }, () => rest)],
		beside: [...given.slice(open), ...(isBeside ? [responseError] : [])],
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

/** How an image differs from what was requested. It is kept all the same. */
export function imageWarnings(
	{ values }: Pick<ValidRequest, 'values'>,
	{ mediaType, mayRunScripts }: Pick<StoredImage, 'mediaType' | 'mayRunScripts'>,
): string[] {
	const warnings: string[] = [];
	const size = /^(\d+)x(\d+)$/.exec(String(values.size ?? ''));
	const { width, height, format } = mediaType;
	if (size && width && height && (Number(size[1]) !== width || Number(size[2]) !== height)) {
		warnings.push(`Requested size ${size[0]}, received ${width}x${height}`);
	}
	const wanted = String(values.outputFormat ?? '').replace(/^jpg$/, 'jpeg');
	if (wanted && wanted !== format) {
		warnings.push(`Requested output format ${wanted}, received ${format}`);
	}
	if (mayRunScripts) {
		warnings.push(
			'The SVG can contain scripts or external references. Sanitize it before embedding it in a web page',
		);
	}
	return warnings;
}
