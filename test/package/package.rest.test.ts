import { execFileSync } from 'node:child_process';
import {
	existsSync,
	globSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import type { INodeTypeDescription } from 'n8n-workflow';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'package-')));
let folder: string;
let bytes: number;

beforeAll(() => {
	({ folder, bytes } = runNode('pack.mjs', scratch));
});

afterAll(() => rmSync(scratch, { recursive: true }));

describe('the packed package', () => {
	it('is smaller than 275 kB', () => {
		expect(bytes).toBeLessThan(275_000);
	});

	it('contains JavaScript, icons and the codex, and nothing else', () => {
		const unexpected = listFiles().filter(
			(file) =>
				!['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'].includes(file) &&
				!/^dist\/(nodes|credentials)\/.*\.(js|svg)$/.test(file) &&
				file !== 'dist/nodes/AiImages/AiImages.node.json',
		);
		expect(unexpected).toEqual([]);
	});

	it.each(['README.md', 'LICENSE'])('contains %s', (file) => {
		expect(listFiles()).toContain(file);
	});

	it('has a JavaScript file for each source and none besides', () => {
		const sources = globSync('{nodes,credentials}/**/*.ts');
		const compiled = sources.map((file) => join('dist', file).replace(/\.ts$/, '.js'));
		expect(listFiles().filter((file) => file.endsWith('.js'))).toEqual(compiled.sort());
	});

	it('ships the icons byte for byte', () => {
		const icons = globSync('{nodes,credentials}/**/*.svg');
		expect(icons.length).toBe(4);
		for (const icon of icons) {
			expect(readFileSync(join(folder, 'dist', icon))).toEqual(readFileSync(icon));
		}
	});
});

describe('its manifest', () => {
	it('points at files that exist', () => {
		const { nodes, credentials } = manifest().n8n;
		const paths = [...nodes, ...credentials];
		expect(paths.length).toBeGreaterThanOrEqual(2);
		expect(paths.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
	});

	it('has no dependencies, and n8n-workflow of any version as its only peer', () => {
		expect(manifest().dependencies).toBeUndefined();
		expect(manifest().optionalDependencies).toBeUndefined();
		expect(manifest().peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});
});

describe('in n8n', () => {
	it('loads as a package, with themed icons that lie in it', async () => {
		const { types } = await load();
		for (const { iconUrl } of [...types.nodes, ...types.credentials]) {
			const { light, dark } = iconUrl as { light: string; dark: string };
			expect(light).not.toBe(dark);
			for (const url of [light, dark]) {
				expect(listFiles()).toContain(url.replace(`icons/${manifest().name}/`, ''));
			}
		}
	});

	it('offers the credential for the node', async () => {
		const { known } = await load();
		expect(known.credentials.aiImagesApi?.supportedNodes).toEqual(['aiImages']);
	});

	// n8n drops a codex file that is not beside the JavaScript, or has no `resources`.
	it('is found among the AI nodes, by what people search for', async () => {
		const [{ codex }] = (await load()).types.nodes as [INodeTypeDescription];
		expect(codex?.categories).toContain('AI');
		// The editor's search leaves out AI nodes that are not root nodes.
		expect(codex?.subcategories?.AI).toContain('Root Nodes');
		expect(codex?.resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:/);
		expect(codex?.alias).toEqual(
			expect.arrayContaining([
				'DALL-E',
				'gpt-image',
				'OpenAI',
				'FLUX',
				'text to image',
				'edit image',
				'inpainting',
				'mask',
			]),
		);
	});
});

describe('its code', () => {
	it('loads with only the modules that every n8n resolves', () => {
		const { modules, milliseconds } = runNode('loadPackage.cjs', folder);
		process.stdout.write(`The package loads in ${milliseconds} ms.\n`);
		expect(modules).toContain('n8n-workflow');
		expect(['n8n-workflow', 'zod', 'zod/v4', 'node:crypto']).toEqual(
			expect.arrayContaining(modules),
		);
	});
});

/** Loads the package as n8n loads a community package. */
async function load() {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return loader;
}

function listFiles(): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
		.sort();
}

function manifest() {
	return readJson('package.json');
}

function readJson(path: string) {
	return JSON.parse(readFileSync(join(folder, path), 'utf8'));
}

/** Runs a script of this folder in a Node of its own, and parses what it prints. */
function runNode(script: string, argument: string) {
	const output = execFileSync(process.execPath, [join(__dirname, script), argument]);
	return JSON.parse(output.toString());
}
