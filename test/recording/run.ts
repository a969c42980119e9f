import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect, parseArgs } from 'node:util';

import { casesFor } from './cases';
import { createPictures, onTheWeb } from './cases/pictures';
import type { Case } from './cases/types';
import { ASPECTS, type Aspects } from './text/aspects';
import { hashOf } from './text/hash';
import { createWorlds, type World } from './world';
import { loadPackage } from './world/package';

/** Records an unpacked package; started by main.mjs. */
const { values } = parseArgs({
	options: {
		package: { type: 'string', default: '' },
		/** A folder for the hashes of all cases, and for the texts by group. */
		out: { type: 'string', default: '' },
		/** A part of the ids of the cases to record. */
		only: { type: 'string', default: '' },
	},
});

void main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${inspect(error)}\n`);
		process.exit(1);
	},
);

async function main(): Promise<void> {
	const pictures = await createPictures();
	const loaded = await loadPackage(values.package);
	const worlds = await createWorlds(loaded, onTheWeb(pictures));
	const cases = casesFor(loaded, pictures).filter(({ id }) => id.includes(values.only));
	const done = new Map<string, Aspects>();
	const tell = progress(cases.length);
	for (const mode of ['filesystem', 'default'] as const) {
		await worlds.within(mode, async (world) => {
			for (const one of cases.filter(({ binaryMode = 'filesystem' }) => binaryMode === mode)) {
				if (done.has(one.id)) throw new Error(`There are two cases ${one.id}`);
				done.set(one.id, await record(one, world));
				tell(done.size);
			}
		});
	}
	worlds.stop();
	write(cases, done);
}

async function record(one: Case, world: World): Promise<Aspects> {
	try {
		const shown = await one.record(world);
		const entries = ASPECTS.map((name) => [name, world.normalize(shown[name] ?? '')]);
		return Object.fromEntries(entries) as Aspects;
	} catch (error) {
		throw new Error(`Case ${one.id}`, { cause: error });
	} finally {
		world.servers.disconnect();
		await world.clock.reset();
		world.servers.takeLog();
	}
}

function write(cases: readonly Case[], done: ReadonlyMap<string, Aspects>): void {
	mkdirSync(values.out, { recursive: true });
	const texts = new Map<string, string[]>();
	const lines = cases.map(({ id }) => {
		const aspects = done.get(id) as Aspects;
		const [group = ''] = id.split('/');
		const blocks = ASPECTS.map((name) => `─── ${name}\n${indented(aspects[name])}`);
		texts.set(group, [...(texts.get(group) ?? []), `═══ ${id}\n${blocks.join('\n')}\n`]);
		const hashes = ASPECTS.map((name) => (aspects[name] ? hashOf(aspects[name]) : '-'));
		return `${hashes.join(' ')} ${id}\n`;
	});
	writeFileSync(path.join(values.out, 'recording.txt'), lines.join(''));
	for (const [group, blocks] of texts) {
		writeFileSync(path.join(values.out, `${group}.txt`), blocks.join(''));
	}
}

function indented(text: string): string {
	return text.replace(/^/gm, '  ');
}

/** Tells from time to time how far it is, and how long it takes. */
function progress(all: number): (count: number) => void {
	const started = process.hrtime.bigint();
	return (count) => {
		if (count % 500 !== 0 && count !== all) return;
		const seconds = Math.round(Number(process.hrtime.bigint() - started) / 1e9);
		process.stdout.write(`${count} of ${all} cases, ${seconds} s\n`);
	};
}
