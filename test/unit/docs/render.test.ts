import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderModels, renderReadme } from '../../../docs/render.js';
import { MODELS } from '../../../nodes/AiImages/models';
import { PROMPT_LIMITS } from '../../fixtures/choices';
import { TABLE } from '../newModel';

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

	it('says of a row what is particular to it', () => {
		const section = renderModels(TABLE).split('## Example 1')[1] ?? '';
		for (const [name, generate, edit] of [
			['prompt', 'text, up to 77 characters', 'text, up to 77 characters'],
			['outputFormat', 'png, webp, gif', 'png, webp'],
			['frameCount', '3 to 5; only with `outputFormat` gif', '—'],
			['style', 'text; needs `user`', '—'],
			['inputFidelity', '—', 'a, b'],
			['watermark', 'true, false', 'true, false'],
		]) {
			expect(section).toContain(`| \`${name}\` | ${generate} | ${edit} |`);
		}
		expect(section).toMatch(/multiples of 8 up to 200, at most 2:1, 64 to 9,999 pixels/);
		expect(section).toContain('https://example.com/example-1');
	});

	it.each(Object.entries(PROMPT_LIMITS))('gives the longest prompt of %s', (id, limit) => {
		const section = read('docs/models.md').split(`- ID \`${id}\``)[1];
		const line = section?.split('\n').find((text) => text.startsWith('| `prompt`'));
		expect(line).toContain(`up to ${limit.toLocaleString('en-US')} characters`);
	});
});
