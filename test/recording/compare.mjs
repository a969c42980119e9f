import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a case shows, in the order of the hashes in its line. */
const ASPECTS = ['input', 'requests', 'items', 'files', 'errors'];

/**
 * @typedef {{ id: string, kind: 'changed' | 'new' | 'gone', aspects: string[] }} Difference
 */

/**
 * Reads the lines of a recording.
 *
 * @param {string} file
 * @param {string} [only] a part of the names of the cases
 * @returns {Map<string, string[]>} the hashes of each case
 */
export function readRecording(file, only = '') {
	const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
	const cases = lines.map((line) => {
		const words = line.split(' ');
		return [words.slice(ASPECTS.length).join(' '), words.slice(0, ASPECTS.length)];
	});
	return new Map(cases.filter(([id]) => id.includes(only)));
}

/**
 * @param {Map<string, string[]>} before
 * @param {Map<string, string[]>} after
 * @returns {Difference[]} in the order of the cases
 */
export function differencesOf(before, after) {
	const ids = [...new Set([...before.keys(), ...after.keys()])];
	return ids.flatMap((id) => {
		const [old, young] = [before.get(id), after.get(id)];
		if (!old) return [{ id, kind: 'new', aspects: [] }];
		if (!young) return [{ id, kind: 'gone', aspects: [] }];
		const aspects = ASPECTS.filter((_, index) => old[index] !== young[index]);
		return aspects.length === 0 ? [] : [{ id, kind: 'changed', aspects }];
	});
}

/**
 * Prints how many cases differ and in what, and the first of each kind with the lines that differ.
 *
 * @param {Difference[]} differences
 * @param {{ olds?: string, news: string }} folders with the texts of both sides
 * @param {number} show how many cases
 */
export function printDifferences(differences, { olds, news }, show) {
	const groups = new Map();
	for (const difference of differences) {
		const { id, kind, aspects } = difference;
		const name = `${kind} in ${id.split('/')[0]}: ${aspects.join(', ') || 'the case itself'}`;
		groups.set(name, [...(groups.get(name) ?? []), difference]);
	}
	console.log(`\n${differences.length} cases differ:`);
	for (const [name, { length }] of groups) console.log(`  ${length} ${name}`);
	const firsts = [...groups.values()].flatMap(([first]) => first);
	const shown = [...new Set([...firsts, ...differences])].slice(0, show);
	for (const { id, kind, aspects } of shown) {
		console.log(`\n${kind}: ${id}`);
		for (const aspect of aspects) {
			console.log(`  ${aspect}:`);
			const [before, after] = [olds, news].map((folder) => folder && textOf(folder, id, aspect));
			const lines = before === undefined ? [] : differingLines(before, after ?? '');
			for (const line of lines) console.log(`    ${line}`);
		}
	}
}

/** What a case shows of an aspect, as lines without their indentation. */
function textOf(folder, id, aspect) {
	const file = path.join(folder, `${id.split('/')[0]}.txt`);
	if (!existsSync(file)) return '';
	const blocks = `\n${readFileSync(file, 'utf8')}`.split('\n═══ ');
	const block = blocks.find((each) => each.startsWith(`${id}\n`)) ?? '';
	const part = block.split('\n─── ').find((each) => each.startsWith(`${aspect}\n`));
	return part?.slice(aspect.length + 1) ?? '';
}

/** Lines that are printed of an aspect. */
const MOST_LINES = 24;

/** The lines that differ, each next to its counterpart. */
function differingLines(before, after) {
	const hunks = hunksOf(before, after);
	const lines = hunks.flatMap(({ removed, added }) => [
		...removed.map((line, index) => `- ${excerpt(line, added[index])}`),
		...added.map((line, index) => `+ ${excerpt(line, removed[index])}`),
	]);
	if (lines.length <= MOST_LINES) return lines;
	return [...lines.slice(0, MOST_LINES), `… ${lines.length - MOST_LINES} lines more`];
}

/** Git finds what belongs together. */
function hunksOf(before, after) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'difference-'));
	writeFileSync(path.join(folder, 'before'), `${before}\n`);
	writeFileSync(path.join(folder, 'after'), `${after}\n`);
	const args = ['diff', '--no-index', '--no-color', '--unified=0', 'before', 'after'];
	const { stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
	rmSync(folder, { recursive: true });
	return stdout
		.split(/^@@.*\n/m)
		.slice(1)
		.map((hunk) => {
			const sideOf = (sign) =>
				hunk.split('\n').flatMap((line) => (line.startsWith(sign) ? [line.slice(1)] : []));
			return { removed: sideOf('-'), added: sideOf('+') };
		});
}

/** Characters around the first difference. */
const AROUND = 100;

/** A long line from shortly before it begins to differ. */
function excerpt(line, other = '') {
	let at = 0;
	while (at < line.length && line[at] === other[at]) at++;
	const from = Math.max(0, at - AROUND);
	const cut = line.slice(from, at + AROUND);
	return `${from > 0 ? '…' : ''}${cut}${from + cut.length < line.length ? '…' : ''}`;
}
