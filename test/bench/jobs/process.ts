import { fetchByNode } from './byNode.ts';
import { fetchByLoop } from './byLoop.ts';
import { prepareContext } from './context.ts';
import type { JobTask } from './context.ts';

/** Replies to each task with an empty text when all jobs are fetched, or with what went wrong. */
process.on('message', (task: JobTask) => {
	run(task).then(
		() => process.send?.(''),
		(error: unknown) => process.send?.(error instanceof Error ? error.stack : String(error)),
	);
});

async function run(task: JobTask): Promise<void> {
	const prepared = await prepareContext(task);
	const work = task.by === 'node' ? fetchByNode : fetchByLoop;
	const images = await work(prepared, task);
	if (images !== task.jobs) throw new Error(`${images} images instead of ${task.jobs}`);
	globalThis.gc?.();
}
