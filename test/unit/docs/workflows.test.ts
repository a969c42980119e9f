import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const folder = join(root, 'demo/workflows');
const page = readFileSync(join(root, 'docs/workflows.md'), 'utf8');

interface WorkflowFile {
	nodes: Array<{
		name: string;
		type: string;
		position: [number, number];
		parameters: { content?: string; width?: number; height?: number };
		credentials?: Record<string, { id: string | null }>;
	}>;
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
}

const NOTE = 'n8n-nodes-base.stickyNote';

describe.each(readdirSync(folder))('%s', (file) => {
	const { nodes, connections }: WorkflowFile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
	const notes = nodes.filter(({ type }) => type === NOTE);
	const working = nodes.filter(({ type }) => type !== NOTE);

	it('has a section in the docs, and explains itself', () => {
		expect(page).toContain(`[${file}](../demo/workflows/${file})`);
		expect(notes.map(({ name }) => name)).toContain('About This Workflow');
		// The names of nodes that the notes mention, or of buttons and settings of others.
		const [about] = notes.map(({ parameters }) => parameters.content ?? '');
		const bold = [...about!.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name);
		expect(working.map(({ name }) => name)).toEqual(expect.arrayContaining(bold));
	});

	it('names its credentials, without the IDs of an n8n', () => {
		const ids = nodes.flatMap(({ credentials = {} }) =>
			Object.values(credentials).map(({ id }) => id),
		);
		expect(ids.filter((id) => id !== null)).toEqual([]);
	});

	it('connects all its nodes, whose names differ', () => {
		const names = nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const connected = Object.entries(connections).flatMap(([from, types]) => [
			from,
			...Object.values(types).flatMap((outputs) => outputs.flat().map(({ node }) => node)),
		]);
		expect([...new Set(connected)].sort()).toEqual(working.map(({ name }) => name).sort());
	});

	it('has notes that cover no other note', () => {
		const boxes = notes.map(({ name, position: [left, top], parameters }) => ({
			name,
			...{ left, top },
			...{ right: left + parameters.width!, bottom: top + parameters.height! },
		}));
		const covering = boxes.flatMap((one, index) =>
			boxes
				.slice(index + 1)
				.filter(
					(other) =>
						one.left < other.right &&
						other.left < one.right &&
						one.top < other.bottom &&
						other.top < one.bottom,
				)
				.map((other) => `${one.name} and ${other.name}`),
		);
		expect(covering).toEqual([]);
	});
});
