import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../demo/host/paths.ts';
import { CONTESTANTS, takesPart } from './contestants/index.ts';
import type { Sample } from './measure.ts';
import { measureMicro } from './micro/index.ts';
import { prepare } from './prepare.ts';
import { figuresOf } from './report/figures.ts';
import { figureTable, performancePage } from './report/page.ts';
import { ratioTable, resultTable } from './report/table.ts';
import { ROWS } from './rows.ts';
import { summarize } from './summary.ts';
import type { Measured } from './summary.ts';

const { values } = parseArgs({
	options: {
		/** Identifiers with commas between them, see rows.ts; all unless given. */
		rows: { type: 'string' },
		/** Likewise: openai, http, gemini, ours, bare, nothing. */
		nodes: { type: 'string' },
		rounds: { type: 'string', default: '5' },
		/** Another folder of the package than this project, such as a copy of an older state. */
		package: { type: 'string' },
		/** `NAME=value` for n8n, such as NODE_OPTIONS=--cpu-prof; may be repeated. */
		env: { type: 'string', multiple: true, default: [] },
	},
});

await using cleanUp = new AsyncDisposableStack();
const bench = await prepare(cleanUp, values.package, values.env);
const { samples, failures } = await measureAll();
const summary = summarize(samples, os.cpus().length);
say(`\n${resultTable(summary)}\n\n${ratioTable(summary)}\n\n${figureTable(figuresOf(summary))}`);
if (failures.length > 0) {
	say(`\nFailed:\n${failures.join('\n')}`);
	process.exitCode = 1;
} else if (values.rows === undefined && values.nodes === undefined) {
	const micro = await measureMicro(bench, values.package ?? root, say);
	const page = path.join(root, 'docs', 'performance.md');
	await writeFile(page, await performancePage(summary, micro));
	say(`\nWritten: ${path.relative(process.cwd(), page)}`);
}

/** Lets the contestants take turns in each row of each round. A failure does not stop the others. */
async function measureAll(): Promise<{ samples: Measured[]; failures: string[] }> {
	const turns = chosen(ROWS, values.rows).flatMap((row) =>
		chosen(CONTESTANTS, values.nodes)
			.filter((contestant) => takesPart(contestant, row) && !contestant.cannot(row))
			.map((contestant) => ({ row, contestant })),
	);
	const rounds = Array.from({ length: Number(values.rounds) }, () => turns).flat();
	const samples: Measured[] = [];
	const failures: string[] = [];
	const started = performance.now();
	for (const [index, { row, contestant }] of rounds.entries()) {
		const name = `${row.id.padEnd(10)} ${contestant.id.padEnd(8)}`;
		let line: string;
		try {
			const sample = await contestant.sample(bench, row);
			samples.push({ row: row.id, contestant: contestant.id, sample });
			line = lineOf(sample);
		} catch (error) {
			line = `FAILED: ${error instanceof Error ? error.message : String(error)}`;
			failures.push(`${name} ${line}`);
		}
		const done = index + 1;
		const left = ((performance.now() - started) / done) * (rounds.length - done);
		say(`${done}/${rounds.length} ${name} ${line} — ${Math.ceil(left / 60_000)} min left`);
	}
	return { samples, failures };
}

function chosen<T extends { id: string }>(all: readonly T[], list: string | undefined): T[] {
	const ids = list?.split(',') ?? all.map(({ id }) => id);
	const unknown = ids.filter((id) => !all.some((each) => each.id === id));
	if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}`);
	return all.filter(({ id }) => ids.includes(id));
}

function lineOf({ wall, cpu, memory, idle, others }: Sample): string {
	const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
	const used = `CPU ${cpu.toFixed(2)} s, memory +${megabytes(memory)} on ${megabytes(idle)}`;
	return `wall ${wall.toFixed(2)} s, ${used} (others: CPU ${others.toFixed(2)} s)`;
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}
