import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderModels, renderReadme } from '../../../docs/render.js';
import { MODELS } from '../../../nodes/AiImages/models';

const read = (file: string) => readFileSync(join(__dirname, '../../..', file), 'utf8');

describe('what is written from the table', () => {
	it('is docs/models.md; otherwise run `npm run docs`', () => {
		expect(read('docs/models.md')).toBe(renderModels(MODELS));
	});

	it('is the overview in the README; otherwise run `npm run docs`', () => {
		const readme = read('README.md');
		expect(renderReadme(readme, MODELS)).toBe(readme);
	});

	it('shows a row that is added', () => {
		const row = { ...MODELS['gpt-image-1.5'], displayName: 'GPT Image 9' };
		const table = { ...MODELS, 'gpt-image-9': row };
		expect(renderModels(table)).toContain('## GPT Image 9');
		expect(renderReadme(read('README.md'), table)).toContain('| GPT Image 9 | `gpt-image-9` |');
	});
});
