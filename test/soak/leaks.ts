import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { runInNewContext, runInThisContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';

/** Jest gives its tests a copy of `process`, which learns nothing of what Node.js itself emits. */
const outside: NodeJS.Process = runInThisContext('process');

/** Collects the warnings of Node.js, such as MaxListenersExceededWarning, until it is disposed. */
export function watchWarnings(): { names: string[]; stop(): void } {
	const names: string[] = [];
	const note = ({ name }: Error) => void names.push(name);
	outside.on('warning', note);
	return { names, stop: () => void outside.off('warning', note) };
}

/** Open connections of this process, those of servers included. */
export function sockets(): number {
	return outside.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
}

/** Timers of this process that keep it alive. */
export function timers(): number {
	return outside.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

/** Closing takes a moment after the last response; what is open after a minute stays open. */
export async function untilClosed(count: number): Promise<void> {
	for (let patience = 3000; patience > 0 && sockets() > count; patience--) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** Bytes in use after garbage was collected. */
export async function memoryInUse(): Promise<number> {
	setFlagsFromString('--expose_gc');
	const collect: () => void = runInNewContext('gc');
	// What the first collection finalizes, the second one frees.
	for (let round = 0; round < 3; round++) {
		collect();
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	const { heapUsed, external } = outside.memoryUsage();
	return heapUsed + external;
}

/** All files below a folder by their names, but for those in which n8n describes others. */
export async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile() && !entry.name.endsWith('.metadata'))
		.map((entry) => path.basename(entry.name));
}

/** By how much values grow from one to the next, by least squares. */
export function slope(values: readonly number[]): number {
	const middle = (values.length - 1) / 2;
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const above = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
	const below = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
	return above / below;
}
