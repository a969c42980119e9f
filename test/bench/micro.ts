import { parseArgs } from 'node:util';
import { root } from '../../demo/host/paths.ts';
import { measureJobs } from './jobs/index.ts';
import { measureMicro } from './micro/index.ts';
import { prepare } from './prepare.ts';
import { figureTable } from './report/page.ts';

const { values } = parseArgs({
	options: {
		package: { type: 'string' },
		/** Only what polling for jobs costs. */
		jobs: { type: 'boolean' },
	},
});
const say = (text: string) => process.stdout.write(`${text}\n`);

await using cleanUp = new AsyncDisposableStack();
const bench = await prepare(cleanUp, values.package);
const builtFolder = values.package ?? root;
if (values.jobs) {
	const { table, figures } = await measureJobs(bench, builtFolder, say);
	say(`\n${table}\n\n${figureTable(figures)}`);
} else {
	const { tables, figures } = await measureMicro(bench, builtFolder, say);
	say(`\n${tables}\n\n${figureTable(figures)}`);
}
