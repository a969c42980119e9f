import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Bytes at the end of a file of the byte mode that hold its number and the last chunk. */
const NUMBERED_END = 32;

/**
 * Compares the files of a folder with an image as it was served: a contestant that loses or cuts
 * images is not fast. The images are alike but for a number near their end.
 * @param inputBytes length of files that were there before
 * @throws unless there are exactly so many files, all of them right and no two of them the same
 */
export async function verifyImages(
	folder: string,
	image: Buffer,
	expected: number,
	inputBytes?: number,
): Promise<void> {
	const names = await readdir(folder).catch(() => []);
	let count = 0;
	const seen = new Set<string>();
	for (const name of names) {
		if (name.endsWith('.metadata')) continue;
		const file = await readFile(path.join(folder, name));
		if (file.length === inputBytes) continue;
		count++;
		if (file.length !== image.length || !image.subarray(0, -NUMBERED_END).equals(start(file))) {
			throw new Error(`${name} is not the image that was served (${file.length} bytes)`);
		}
		seen.add(file.toString('latin1', file.length - NUMBERED_END));
	}
	if (count !== expected || seen.size !== expected) {
		throw new Error(
			`${expected} images should have been kept, not ${count} (${seen.size} different)`,
		);
	}
}

const start = (file: Buffer) => file.subarray(0, -NUMBERED_END);
