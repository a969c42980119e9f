import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { n8nFolder, root } from '../../../demo/host/paths.ts';
import type { Summary } from '../summary.ts';
import { figuresOf } from './figures.ts';
import type { Figure } from './figures.ts';
import { markdownTable, ratioTable, resultTable } from './table.ts';

/**
 * The page docs/performance.md.
 * @param micro the tables of the parts, and goals of theirs
 */
export async function performancePage(
	summary: Summary,
	micro: { tables: string; figures: Figure[] },
): Promise<string> {
	const sections = [
		'# Performance',
		`${await conditions(summary)}`,
		'## Goals',
		figureTable([...figuresOf(summary), ...micro.figures]),
		'## Three nodes and a bare loop',
		'Medians, and in brackets the least and the most. Memory is the peak above the memory at rest.',
		resultTable(summary),
		'## Ratios',
		'The median of AI Images divided by the median of the other: less than 1 is better.',
		ratioTable(summary),
		'## Parts and growth',
		micro.tables,
		METHOD,
	];
	// As all pages of the project are written.
	const options = await resolveConfig(path.join(root, 'docs', 'performance.md'));
	return await format(sections.join('\n\n'), { ...options, parser: 'markdown' });
}

export function figureTable(figures: readonly Figure[]): string {
	return markdownTable(
		['Goal', 'At most or at least', 'Measured', ''],
		figures.map(({ what, goal, measured, reached }) => [
			what,
			goal,
			measured,
			reached ? 'reached' : '**not reached**',
		]),
	);
}

/** Where and when: the machine, the versions, and how quiet it was. */
async function conditions({ rounds, others }: Summary): Promise<string> {
	const processors = os.cpus();
	const memory = `${Math.round(os.totalmem() / 2 ** 30)} GiB of memory`;
	const date = new Date().toISOString().slice(0, 10);
	const versions = [
		`Node.js ${process.versions.node}`,
		`n8n ${await n8nVersion()}`,
		`n8n-nodes-ai-images ${await versionIn(path.join(root, 'package.json'))}`,
	];
	const percent = (share: number) => `${Math.max(0, share * 100).toFixed(0)} %`;
	return [
		`Measured on ${date} in ${rounds} ${rounds === 1 ? 'round' : 'rounds'} on ${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${memory}, ${os.type()}, with ${versions.join(', ')}.`,
		`Programs outside of the bench, the system’s own work among them, used ${percent(others.median)} of the processors meanwhile (${percent(others.min)} to ${percent(others.max)}).`,
		'This page is written by `npm run bench`.',
	].join(' ');
}

async function n8nVersion(): Promise<string> {
	return await versionIn(path.join(n8nFolder, 'node_modules', 'n8n', 'package.json'));
}

async function versionIn(manifest: string): Promise<string> {
	return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version;
}

const METHOD = `## How it is measured

Each sample is a new n8n (regular mode, files in the filesystem, everything else at n8n’s defaults, so the data of all executions is saved) with the packed package, and one workflow: a webhook that takes the items, Split Out, for edits Read/Write Files (each item reads its own file), and the nodes to measure. The webhook answers when the last node has finished; nothing polls n8n meanwhile. The image service of \`demo/image-service\` answers in its byte mode, from a process of its own on the same machine: images of an exact length, no two of them equal, after an exact latency.

- **Order**: the nodes take turns in every row of every round.
- **Before a sample** the same workflow makes one image of 20 kB, so that all code is loaded. Then n8n collects its garbage, as it does by itself after some twenty seconds of rest; otherwise a peak would hide in what n8n’s start leaves behind.
- **Wall**: from the request to the webhook to its answer. Reading the files of the edits takes 0.15 s of it, for all nodes alike.
- **CPU**: user and system time of n8n’s main process with all its threads (\`/proc/<pid>/stat\`), until the execution is in the database. No task runner works in these workflows.
- **Memory**: the highest resident memory (\`VmHWM\`, reset before the run) less the resident memory at rest. 1 MB is 1,000,000 bytes. Reading the files of the edits takes 15 MB of it.
- **Kept**: what JavaScript’s heap and buffers hold more after the run than before, when garbage is collected.
- **Right results**: every sample counts the items that come out and compares every file in the binary store with the one that was served. A wrong one fails the bench.
- **OpenAI node**: ${'`@n8n/n8n-nodes-langchain.openAi`'} 2.3, which works on one item after the other. For links it needs an HTTP Request node behind it, which downloads them.
- **HTTP Request node**: 4.5, all items at once, as it does unless *Batching* is set; then Convert to File, or another HTTP Request node for links.
- **AI Images**: with *Parallel Requests* as many as the row has items, but 20 where it has 100 or more. The bare loop likewise.
- **Bare loop**: \`fetch\`, \`response.json()\`, \`Buffer.from(…, 'base64')\`, \`writeFile\` in a process of its own.
- **n8n alone**: Edit Fields in the place of the node, which evaluates an expression per item, as all do for the prompt, and gives each item as much json, but no image.

## To repeat it

Linux, a quiet machine, and about 35 minutes:

\`\`\`
npm run bench
npm run bench -- --rows 20x1.5,40x4 --nodes ours,http --rounds 3
npm run bench:micro
\`\`\`

With \`--rows\` or \`--nodes\` the tables are printed and this page stays as it is. Speed never fails the command: it depends on the machine; wrong images do.`;
