import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { preProcessFile } from 'typescript';

const root = join(__dirname, '../..');
const nodeFolder = 'nodes/AiImages';

/** The project's files that each file imports: types, re-exports and `import()` included. */
const imports = importsOf(globSync('{nodes,credentials}/**/*.ts', { cwd: root }));

const folders = readdirSync(join(root, nodeFolder), { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name)
	.sort();

describe('the files of the package', () => {
	it('import only files that exist', () => {
		expect(imports.size).toBeGreaterThan(100);
		const all = [...imports.values()].flat();
		expect(all.filter((file) => !existsSync(join(root, file)))).toEqual([]);
	});

	it('never import each other in a circle, not even for a type', () => {
		expect(findCycles(imports)).toEqual([]);
	});

	it('import nothing from outside of the package', () => {
		const outside = [...imports].filter(([, files]) =>
			files.some((file) => !/^(?:nodes|credentials)\//.test(file)),
		);
		expect(outside).toEqual([]);
	});
});

it('finds circles', () => {
	const graph = { a: ['b', 'd'], b: ['c'], c: ['b'], d: ['d'], e: ['a'] };
	expect(findCycles(new Map(Object.entries(graph)))).toEqual([
		['b', 'c', 'b'],
		['d', 'd'],
	]);
});

describe('the layers', () => {
	const depths = [1, 2, 3];
	/** One file for each folder and depth, which imports from everywhere. */
	const cases = folders.flatMap((folder) => depths.map((depth) => ({ folder, depth })));
	const { layers, refused } = lint(
		cases.map(({ folder, depth }) => ({
			filePath: `${nodeFolder}/${folder}/${'sub/'.repeat(depth - 1)}new.ts`,
			text: targetsOf(folder, depth)
				.flatMap(({ path }) => [`import '${path}';`, `import type {} from '${path}';`])
				.join('\n'),
		})),
	);

	it('name every folder of the node, and no other', () => {
		expect(Object.keys(layers).sort()).toEqual(folders);
		expect(folders).toEqual(expect.arrayContaining(Object.values(layers).flat()));
	});

	it('have no circles', () => {
		expect(findCycles(new Map(Object.entries(layers)))).toEqual([]);
	});

	it('are those of docs/architecture.md', () => {
		const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
		const rows = [...page.matchAll(/^\| `(\w+)\/` +\| (.*?) +\|$/gm)].map(
			([, folder = '', allowed = '']) => [
				folder,
				[...allowed.matchAll(/`(\w+)\/`/g)].map(([, name]) => name),
			],
		);
		expect(Object.fromEntries(rows)).toEqual(layers);
	});

	it('apply to the deepest file', () => {
		const files = [...imports.keys()].filter((file) => file.startsWith(`${nodeFolder}/`));
		const deepest = Math.max(...files.map((file) => file.split('/').length - 3));
		expect(deepest).toBeLessThanOrEqual(Math.max(...depths));
	});

	it.each(cases)('are what ESLint lets $folder/ import, $depth deep', ({ folder, depth }) => {
		const index = cases.findIndex((each) => each.folder === folder && each.depth === depth);
		const allowed = [folder, ...(layers[folder] ?? [])];
		const expected = targetsOf(folder, depth).flatMap(({ target }, position) =>
			// A text has two lines for each target, the second one for types only.
			allowed.includes(target) ? [] : [2 * position + 1, 2 * position + 2],
		);
		expect(expected.length).toBeGreaterThan(0);
		expect(refused[index]).toEqual(expected);
	});

	it('hold for every import in any form', () => {
		const folderOf = (file: string) => /^nodes\/AiImages\/(\w+)\//.exec(file)?.[1] ?? 'root';
		const upward = [...imports].flatMap(([file, files]) => {
			const own = folderOf(file);
			const allowed = own === 'root' ? [...folders, own] : [own, ...(layers[own] ?? [])];
			return files
				.filter((each) => !allowed.includes(folderOf(each)))
				.map((each) => `${file} → ${each}`);
		});
		expect(upward).toEqual([]);
	});

	/** What a file so many levels below the node's folder could import, and the path to it. */
	function targetsOf(folder: string, depth: number): Array<{ target: string; path: string }> {
		const toNode = '../'.repeat(depth);
		return [
			{ target: folder, path: './any' },
			{ target: folder, path: depth > 1 ? `${'../'.repeat(depth - 1)}any` : './other/any' },
			...folders
				.filter((target) => target !== folder)
				.map((target) => ({ target, path: `${toNode}${target}/any` })),
			{ target: 'execute.ts', path: `${toNode}execute` },
			{ target: 'AiImages.node.ts', path: `${toNode}AiImages.node` },
			{ target: 'credentials', path: `${toNode}../../credentials/AiImagesApi.credentials` },
			{ target: 'test', path: `${toNode}../../test/unit/requests` },
			{ target: 'demo', path: `${toNode}../../demo/image-service/models` },
		];
	}
});

function lint(cases: ReadonlyArray<{ filePath: string; text: string }>): {
	layers: Record<string, string[]>;
	/** For each case, the lines with an import that the rule refuses. */
	refused: number[][];
} {
	const options = { cwd: root, input: JSON.stringify(cases), encoding: 'utf8' } as const;
	const output = execFileSync(process.execPath, [join(__dirname, 'lintTexts.mjs')], options);
	return JSON.parse(output);
}

function importsOf(files: readonly string[]): Map<string, string[]> {
	return new Map(
		files.map((file) => {
			const { importedFiles } = preProcessFile(readFileSync(join(root, file), 'utf8'));
			const paths = importedFiles.map(({ fileName }) => fileName);
			const own = paths.filter((path) => path.startsWith('.'));
			return [slashed(file), own.map((path) => resolve(file, path))];
		}),
	);
}

/** The file that an import leads to, relative to the project. */
function resolve(from: string, path: string): string {
	const target = join(root, dirname(from), path);
	const file = existsSync(`${target}.ts`) ? `${target}.ts` : join(target, 'index.ts');
	return slashed(relative(root, file));
}

function slashed(path: string): string {
	return path.split(sep).join('/');
}

/** Each circle that a search through the whole graph runs into, from its first file back to it. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
	const cycles: string[][] = [];
	const done = new Set<string>();
	const visit = (file: string, path: readonly string[]): void => {
		const start = path.indexOf(file);
		if (start >= 0) cycles.push([...path.slice(start), file]);
		if (start >= 0 || done.has(file)) return;
		for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
		done.add(file);
	};
	for (const file of graph.keys()) visit(file, []);
	return cycles;
}
