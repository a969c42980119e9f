import { drawMask } from '../mask.ts';
import type { Parts } from './parts.ts';
import type { Task } from './throughput.ts';

/** Pixels along an edge. */
const EDGE = 2048;

/** Makes the white areas of a mask transparent. For each request, that is done twice. */
export async function maskTask({ toMask }: Parts): Promise<Task> {
	const mask = await drawMask(EDGE);
	async function* source(): AsyncGenerator<Buffer> {
		yield mask;
	}
	return {
		id: 'mask',
		title: `mask: ${EDGE}x${EDGE} pixels in RGB, whose white areas become transparent`,
		bytes: EDGE * EDGE * 3,
		run: async () => {
			let length = 0;
			for await (const piece of toMask(source(), 'white', 'transparent')) length += piece.length;
			return Number(length > 0);
		},
		expected: 1,
	};
}
