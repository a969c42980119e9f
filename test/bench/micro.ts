import { parseArgs } from 'node:util';
import { root } from '../../demo/host/paths.ts';
import { measureMicro } from './micro/index.ts';
import { prepare } from './prepare.ts';
import { figureTable } from './report/page.ts';

const { values } = parseArgs({ options: { package: { type: 'string' } } });
const say = (text: string) => process.stdout.write(`${text}\n`);

await using cleanUp = new AsyncDisposableStack();
const bench = await prepare(cleanUp, values.package);
const { tables, figures } = await measureMicro(bench, values.package ?? root, say);
say(`\n${tables}\n\n${figureTable(figures)}`);
