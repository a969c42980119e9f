import type { Metadata } from '../services/types';
import { asRecord } from '../values/json';

/**
 * Everything that is reported about some images of a call. Their own metadata wins over that of the
 * call; streams count tokens for each image, JSON responses for the whole call.
 *
 * @param metadata what the response reports about all images of the call
 */
export function combineMetadata(
	images: ReadonlyArray<{ readonly metadata: Metadata }>,
	metadata: Metadata,
): Metadata {
	return { ...metadata, ...images[0]?.metadata, usage: usageOf(images, metadata) };
}

/**
 * The tokens of some images of a call. If only some of them are counted, their sum would be too low.
 */
export function usageOf(
	images: ReadonlyArray<{ readonly metadata: Metadata }>,
	metadata: Metadata,
): unknown {
	return areCounted(images) ? addUp(images.map((image) => image.metadata.usage)) : metadata.usage;
}

/** Whether the tokens of each image are known, not only those of the call. */
export function areCounted(images: ReadonlyArray<{ readonly metadata: Metadata }>): boolean {
	return images.length > 0 && images.every(({ metadata: { usage } }) => Boolean(usage));
}

/** Adds numbers, also inside records of the same shape. */
export function addUp([first, ...others]: readonly unknown[]): unknown {
	return others.reduce<unknown>(addTwo, first);
}

function addTwo(first: unknown, second: unknown): unknown {
	if (typeof first === 'number' && typeof second === 'number') return first + second;
	if (typeof first !== 'object' || first === null) return first ?? second;
	const [one, other] = [asRecord(first), asRecord(second)];
	return Object.fromEntries(
		Object.keys({ ...one, ...other }).map((key) => [
			key,
			key in one && key in other ? addTwo(one[key], other[key]) : (one[key] ?? other[key]),
		]),
	);
}
