import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const manifest = {
	name: 'n8n-nodes-fixture',
	version: '1.0.0',
	description: 'A package for the scan to look at',
	license: 'MIT',
	author: { name: 'Fixture', email: 'fixture@example.com' },
	homepage: 'https://example.com',
	keywords: ['n8n-community-node-package'],
	files: ['dist'],
	n8n: { n8nNodesApiVersion: 1, nodes: ['dist/nodes/Fixture/Fixture.node.js'] },
	peerDependencies: { 'n8n-workflow': '*' },
};
const code = 'exports.Fixture = class Fixture {};\n';
const folder = mkdtempSync(join(tmpdir(), 'fixture-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run scan', () => {
	it('passes a package without violations', () => {
		expect(scan(manifest, code)).toEqual({ status: 0, output: expect.any(String) });
	});

	it.each([
		['no-console', manifest, "console.log('left behind');\n"],
		['no-restricted-globals', manifest, 'setTimeout(() => {}, 1);\n'],
		['no-restricted-imports', manifest, "require('node:fs');\n"],
		['no-runtime-dependencies', { ...manifest, dependencies: { axios: '1.0.0' } }, code],
	])('fails on %s', (rule, packageJson, source) => {
		const { status, output } = scan(packageJson, source);
		expect(output).toContain(rule);
		expect(status).toBe(1);
	});
});

function scan(packageJson: object, source: string) {
	const file = join(folder, 'dist/nodes/Fixture/Fixture.node.js');
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, source);
	writeFileSync(join(folder, 'package.json'), JSON.stringify(packageJson, null, 2));
	const { status, stdout } = spawnSync(process.execPath, [join(__dirname, 'scan.mjs'), folder]);
	return { status, output: stdout.toString() };
}
