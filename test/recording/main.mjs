/**
 * Shows whether a change of the code is visible to users or servers: records the results of thousands
 * of seeded inputs (requests, items, files, errors) through the packed tarball, and compares two
 * recordings. Plain JavaScript for Node.js 20 and newer.
 *
 *   node test/recording/main.mjs [compare]          this checkout with the stored recording
 *   node test/recording/main.mjs compare --with v1  this checkout with another revision
 *   node test/recording/main.mjs record             stores a recording of this checkout
 *
 * For all of them:
 *
 *   --ref <revision>   that revision of the repository instead of this checkout
 *   --only <text>      only the cases whose names contain the text; nothing is stored
 *   --show <number>    how many differing cases are shown, 5 by default
 *
 * The stored recording, `recording.txt`, has a line for each case: hashes of its input, requests,
 * items, files and errors, and its name. If one differs, the text of the other side is recorded
 * from the commit that last changed `recording.txt`. The folder printed at the end has the text of all
 * cases of both sides.
 *
 * The recorder finds the node as n8n does, by the manifest of its package, and reads the models, fields
 * and values from its description. So it needs no change when files move. `text/normalize.ts` lists
 * what is masked. Record again if dependencies change, or if there are new cases: a fault, a field or a
 * model.
 *
 * Before recording again, review the differences and list them in `differences.md`.
 *
 * Exits with 1 if there are differences.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../demo/setup/paths.mjs';
import { differencesOf, printDifferences, readRecording } from './compare.mjs';
import { git, packRevision, recordPackage } from './revision.mjs';

const STORED = path.join(root, 'test', 'recording', 'recording.txt');

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		ref: { type: 'string' },
		with: { type: 'string' },
		only: { type: 'string', default: '' },
		show: { type: 'string', default: '5' },
	},
});
const [command = 'compare'] = positionals;
const folder = mkdtempSync(path.join(os.tmpdir(), 'recording-'));

if (command === 'record') record();
else if (command === 'compare') compare();
else throw new Error(`Unknown command: ${command}. Use record or compare`);

function record() {
	const file = path.join(recorded(values.ref, 'new'), 'recording.txt');
	if (values.only) return console.log(`Recorded in ${folder}`);
	copyFileSync(file, STORED);
	console.log(`Stored ${readRecording(STORED).size} cases in ${path.relative(root, STORED)}`);
	rmSync(folder, { recursive: true });
}

function compare() {
	const news = recorded(values.ref, 'new');
	const olds = values.with ? recorded(values.with, 'old') : undefined;
	const before = olds ? path.join(olds, 'recording.txt') : STORED;
	const known = readRecording(before, values.only);
	const all = differencesOf(known, readRecording(path.join(news, 'recording.txt'), values.only));
	const differences = all.filter(({ kind }) => kind !== 'new');
	const added = all.length - differences.length;
	if (added > 0) console.log(`${added} cases are new and can't be compared`);
	if (differences.length === 0) {
		console.log(`${known.size} cases, no difference`);
		rmSync(folder, { recursive: true });
		return;
	}
	process.exitCode = 1;
	const texts = olds ?? recordStored();
	printDifferences(differences, { olds: texts, news }, Number(values.show));
	console.log(`\nFull text of both sides: ${folder}`);
}

/** The text that belongs to the stored hashes, if the commit that stored them still gives them. */
function recordStored() {
	const commit = git('log', '-1', '--format=%H', '--', path.relative(root, STORED));
	if (!commit || !existsSync(STORED)) return undefined;
	const olds = recorded(commit, 'old');
	const again = readRecording(path.join(olds, 'recording.txt'));
	const differ = differencesOf(readRecording(STORED, values.only), again).filter(
		({ kind }) => kind === 'changed' || kind === 'gone',
	);
	if (differ.length === 0) return olds;
	console.log(
		`The stored recording doesn't match ${commit.slice(0, 9)}, the commit that stored it: ${differ.length} cases differ. Use --with to name the revision it was recorded from`,
	);
	return olds;
}

/** Records a revision, or this checkout. */
function recorded(revision, name) {
	console.log(`Recording ${revision ?? 'this checkout'} …`);
	const out = path.join(folder, name);
	const packed = packRevision(revision, path.join(folder, `${name}-package`));
	recordPackage(packed, out, values.only);
	return out;
}
