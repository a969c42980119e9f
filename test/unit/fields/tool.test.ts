import { NodeHelpers } from 'n8n-workflow';
import { description } from '../screen';

describe('a tool of an agent', () => {
	it.each([
		['generate', 'Generate image in AI Images'],
		['edit', 'Edit image in AI Images'],
	])('describes its operation by default: %s', (operation, text) => {
		const { makeDescription } = NodeHelpers;
		expect(makeDescription({ resource: 'image', operation }, description)).toBe(text);
	});
});
