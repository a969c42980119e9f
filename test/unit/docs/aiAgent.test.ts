import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** All texts in the parameters of a workflow that is run by a test; expressions without their `=`. */
function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value.replace(/^=/, '')];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsOf);
}

const { nodes } = JSON.parse(read('demo/workflows/image-agent-with-files.json')) as {
	nodes: Array<{ parameters: object }>;
};
const texts = nodes.flatMap(({ parameters }) => textsOf(parameters));

describe.each(['README.md', 'docs/ai-agent.md'])('expressions for agents in %s', (page) => {
	const blocks = [...read(page).matchAll(/^( *)```(?:js)?\n([\s\S]*?)\n *```$/gm)]
		.map(([, indent, text]) => `${text}`.replaceAll(new RegExp(`^${indent}`, 'gm'), ''))
		.filter((text) => /\$(?:fromAI|json)/.test(text));

	it('are those of the workflow', () => {
		expect(blocks.length).toBeGreaterThan(0);
		expect(texts).toEqual(expect.arrayContaining(blocks));
	});
});
