import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../../demo/image-service/jobs.ts';
import type { Bench } from '../contestants/types.ts';
import { measure } from '../measure.ts';
import type { Sample } from '../measure.ts';
import type { Figure } from '../report/figures.ts';
import { markdownTable } from '../report/table.ts';
import { REST } from '../service.ts';
import { spreadOf } from '../statistics.ts';
import type { JobTask } from './context.ts';

const JOBS = 100;
const MILLISECONDS = 10_000;
const ROUNDS = 3;

/** At most so many times the CPU of the loop. On a busy machine, the slower one asks less often. */
const MOST = 1.5;

const BYTES = { bytes: 20_000, latencyMs: 0, asUrl: false };

/** What polling costs, and the goal for it. */
export interface JobReport {
	/** In Markdown. */
	table: string;
	figures: Figure[];
}

interface JobSample extends Sample {
	/** How often the image service was asked for a job. */
	questions: number;
}

/**
 * Lets the node and a loop fetch the same jobs in turns, each in a process of its own.
 * @param builtFolder the package with its `dist`, and with its packages
 * @param say prints the progress
 */
export async function measureJobs(
	bench: Bench,
	builtFolder: string,
	say: (text: string) => void,
): Promise<JobReport> {
	const samples: Record<JobTask['by'], JobSample[]> = { node: [], loop: [] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const by of ['loop', 'node'] as const) {
			const sample = await sampleJobs(bench, builtFolder, by);
			samples[by].push(sample);
			const used = `CPU ${sample.cpu.toFixed(2)} s, memory +${(sample.memory / 1e6).toFixed(1)} MB`;
			say(`${JOBS} jobs by the ${by}: ${used}, ${sample.questions} questions`);
		}
	}
	const medianOf = (by: JobTask['by'], key: keyof JobSample) =>
		spreadOf(samples[by].map((sample) => sample[key])).median;
	const line = (title: string, by: JobTask['by']) => [
		title,
		medianOf(by, 'wall').toFixed(2),
		medianOf(by, 'cpu').toFixed(2),
		`+${(medianOf(by, 'memory') / 1e6).toFixed(1)}`,
		medianOf(by, 'questions').toFixed(0),
		(1000 * costOf(by)).toFixed(2),
	];
	const costOf = (by: JobTask['by']) => medianOf(by, 'cpu') / medianOf(by, 'questions');
	const times = costOf('node') / costOf('loop');
	const title = `${JOBS} jobs of ${MILLISECONDS / 1000} s at the same time`;
	return {
		table: markdownTable(
			[title, 'Time, s', 'CPU, s', 'Memory, MB', 'Questions', 'CPU per question, ms'],
			[line('AI Images', 'node'), line("a loop that asks through n8n's helper", 'loop')],
		),
		figures: [
			{
				what: `${title}: CPU per question against a loop that asks through n8n's helper`,
				goal: `≤ ${MOST} ×`,
				measured: `${times.toFixed(2)} ×`,
				reached: times <= MOST,
			},
		],
	};
}

async function sampleJobs(
	{ service, scratch }: Bench,
	packageFolder: string,
	by: JobTask['by'],
): Promise<JobSample> {
	const userFolder = await mkdtemp(path.join(scratch, 'jobs-'));
	const worker = fork(path.join(import.meta.dirname, 'process.ts'), { execArgv: ['--expose-gc'] });
	try {
		const { pid } = worker;
		if (pid === undefined) throw new Error('The process did not start.');
		const task = { by, url: service.url, packageFolder, userFolder };
		await service.serve(BYTES);
		await run(worker, { ...task, jobs: JOBS, milliseconds: 100 });
		await fetch(`${service.url}/control/jobs`, { method: 'DELETE' });
		await sleep(REST);
		const work = () => run(worker, { ...task, jobs: JOBS, milliseconds: MILLISECONDS });
		const sample = await measure(pid, work, async () => {}, [service.pid]);
		const response = await fetch(`${service.url}/control/jobs`);
		const jobs = (await response.json()) as Job[];
		if (jobs.length !== JOBS) throw new Error(`${jobs.length} jobs instead of ${JOBS}`);
		return { ...sample, questions: jobs.reduce((sum, { polls }) => sum + polls, 0) };
	} finally {
		worker.kill();
		await rm(userFolder, { recursive: true, force: true });
	}
}

async function run(worker: ChildProcess, task: JobTask): Promise<void> {
	worker.send(task);
	const [failure] = (await once(worker, 'message')) as [string];
	if (failure) throw new Error(`The jobs could not be fetched: ${failure}`);
}
