import { asRecord, type JsonRecord } from '../values/json';

/**
 * The tokens of some images: a stream counts those of each image, a JSON answer those of the call.
 *
 * @param metadata what the server says of all images of the call
 */
export function usageOf(
	images: ReadonlyArray<{ readonly metadata: JsonRecord }>,
	metadata: JsonRecord,
): unknown {
	const counted = images.flatMap(({ metadata: { usage } }) => usage ?? []);
	return counted.length ? addUp(counted) : metadata.usage;
}

/** Adds numbers, and the numbers inside of records of the same shape. */
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
