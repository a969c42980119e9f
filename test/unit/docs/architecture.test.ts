import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

/** The paths in code spans, such as `output/cost.ts` or `demo/`. */
function pathsIn(page: string): string[] {
	const spans = readFileSync(join(root, page), 'utf8').matchAll(/`([\w./-]+)`/g);
	const paths = [...spans].map(([, span]) => `${span}`);
	// Only a build writes `dist/`.
	return [...new Set(paths)].filter((span) =>
		/^(?!dist)\w.*(?:\.(?:ts|mjs|md|json)|\/)$/.test(span),
	);
}

it.each([
	['docs/architecture.md', 80],
	['CONTRIBUTING.md', 20],
])('%s names only files and folders that exist', (page, count) => {
	const paths = pathsIn(page);
	expect(paths.length).toBeGreaterThan(count);
	const folders = [root, join(root, 'nodes/AiImages')];
	const missing = paths.filter((path) => !folders.some((folder) => existsSync(join(folder, path))));
	expect(missing).toEqual([]);
});
