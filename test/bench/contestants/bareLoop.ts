import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoopTask } from '../bareLoop.ts';
import { measure } from '../measure.ts';
import type { Sample } from '../measure.ts';
import { DEFAULT_PARALLEL } from '../rows.ts';
import type { Row } from '../rows.ts';
import { byteSettingsOf, REST, WARM_UP } from '../service.ts';
import { verifyImages } from '../verify.ts';
import { modelOf } from './types.ts';
import type { Bench, Contestant } from './types.ts';

/** The floor: fetch, decode and write in a Node.js process without n8n. */
export const bareLoop: Contestant = {
	id: 'bare',
	title: 'baseline script',
	cannot: () => null,
	sample: sampleLoop,
};

async function sampleLoop({ service, scratch }: Bench, row: Row): Promise<Sample> {
	const folder = await mkdtemp(path.join(scratch, 'loop-'));
	const loop = fork(path.join(import.meta.dirname, '..', 'bareLoop.ts'), {
		execArgv: ['--expose-gc'],
	});
	try {
		const { pid } = loop;
		if (pid === undefined) throw new Error('The baseline script did not start.');
		const inputFile = path.join(folder, 'input.png');
		const task: LoopTask = {
			url: `${service.url}/v1/images/${row.operation === 'edit' ? 'edits' : 'generations'}`,
			folder: await mkdtemp(path.join(folder, 'warm-up-')),
			fields: {
				model: modelOf(row),
				prompt: 'A cat with a hat',
				...(row.n > 1 ? { n: row.n } : {}),
				...(row.n > 1 ? { response_format: 'b64_json' } : {}),
				...(row.partials === undefined ? {} : { stream: true, partial_images: row.partials }),
			},
			inputFile: row.operation === 'edit' ? inputFile : null,
			items: 1,
			parallel: row.parallel ?? DEFAULT_PARALLEL,
			collectGarbage: true,
		};
		await writeFile(inputFile, await service.imageOf(WARM_UP.bytes));
		await service.serve({ ...byteSettingsOf(row), ...WARM_UP });
		await run(loop, task);

		await writeFile(inputFile, await service.imageOf(row.inputBytes ?? WARM_UP.bytes));
		const image = await service.imageOf(row.bytes);
		await service.serve(byteSettingsOf(row));
		await sleep(REST);
		const output = await mkdtemp(path.join(folder, 'output-'));
		const work = () =>
			run(loop, { ...task, folder: output, items: row.items, collectGarbage: false });
		const sample = await measure(pid, work, async () => {}, [service.pid]);
		await verifyImages(output, image, row.items * row.n);
		return sample;
	} finally {
		loop.kill();
		await rm(folder, { recursive: true, force: true });
	}
}

async function run(loop: ChildProcess, task: LoopTask): Promise<void> {
	loop.send(task);
	const [failure] = (await once(loop, 'message')) as [string];
	if (failure) throw new Error(`The baseline script failed: ${failure}`);
}
