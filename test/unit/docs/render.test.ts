import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS, renderModels, renderOptions, renderServices } from '../../../docs/render.js';
import { AiImages } from '../../../nodes/AiImages/AiImages.node';
import { FAMILIES, MODELS } from '../../../nodes/AiImages/models';
import { SERVICES } from '../../../nodes/AiImages/services/table';
import { PROMPT_LIMITS } from '../../fixtures/choices';
import { WITNESSES } from '../../witnesses/services';
import { TABLE } from '../newModel';

const read = (file: string) => readFileSync(join(__dirname, '../../..', file), 'utf8');

describe('the page about the models', () => {
	it('is up to date; otherwise run `npm run docs`', () => {
		expect(read('docs/models.md')).toBe(renderModels(MODELS));
	});

	it('has an overview and a section for each row', () => {
		const row = { ...MODELS['gpt-image-1.5'], displayName: 'GPT Image 9' };
		const table = { ...MODELS, 'gpt-image-9': row };
		expect(renderModels(table)).toContain('## GPT Image 9');
		expect(renderModels(table)).toContain('| GPT Image 9 | `gpt-image-9` |');
	});

	it('lists the limits and conditions of a row', () => {
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

	it.each(Object.entries(PROMPT_LIMITS))(
		'has the maximum length of the prompt for %s',
		(id, limit) => {
			const section = read('docs/models.md').split(`- ID \`${id}\``)[1];
			const line = section?.split('\n').find((text) => text.startsWith('| `prompt`'));
			expect(line).toContain(`up to ${limit.toLocaleString('en-US')} characters`);
		},
	);
});

describe('the page about the services', () => {
	const page = read('docs/services.md');

	it('is up to date; otherwise run `npm run docs`', () => {
		expect(page).toBe(renderServices(SERVICES, MODELS, FAMILIES));
	});

	it('has a section for each service, and a line for each model', () => {
		for (const { displayName } of Object.values(SERVICES))
			expect(page).toContain(`\n## ${displayName}\n`);
		for (const { displayName } of Object.values(MODELS))
			expect(page).toContain(`| ${displayName} |`);
	});

	it('names the clients that witness for each service', () => {
		const witnesses = WITNESSES.map(({ service }) => service);
		const packages = Object.fromEntries(
			witnesses.map((service) => [
				service,
				[...new Set(WITNESSES.flatMap((each) => (each.service === service ? each.package : [])))],
			]),
		);
		expect(CLIENTS).toEqual(packages);
	});
});

describe('the page about the fields', () => {
	const { properties } = new AiImages().description;
	const page = read('docs/options.md');

	it('is up to date; otherwise run `npm run docs`', () => {
		expect(renderOptions(page, properties)).toBe(page);
	});

	it.each([
		['Timeout', 'options.timeout', '600', 'Seconds'],
		['Max Image Size', 'options.largestImage', '256', 'MB'],
		['Output', 'options.output', 'One Item per Image', ''],
		['Check Parameters', 'options.checkParameters', 'on', ''],
		['Mask', 'options.mask', '—', ''],
		['Model Family', 'family', 'GPT Image', ''],
		['Size', 'size', 'by model', ''],
		['Frame Duration', 'frameDurationMs', '200', 'Milliseconds'],
	])('has one row for %s, with path, default and unit', (label, path, value, unit) => {
		const rows = page.split('\n').filter((line) => line.includes(`| \`${path}\` |`));
		expect(rows).toEqual([
			expect.stringContaining(`| ${label} | \`${path}\` | ${value} | ${unit} |`),
		]);
	});

	it('marks fields that belong to edits, and fields without expressions', () => {
		expect(page).toMatch(/`options\.mask` .* Edit Image only\. \|/);
		expect(page).toMatch(/`outputFormat` .* Doesn't accept expressions\. \|/);
		expect(page).not.toMatch(/`prompt` .* (Edit Image only|Doesn't accept expressions)\./);
	});

	it('names only paths of parameters that exist', () => {
		const paths = [...page.matchAll(/`(options\.\w+)`/g)].map(([, path]) => path);
		const options = properties.find(({ name }) => name === 'options')?.options ?? [];
		const known = options.map(({ name }) => `options.${name}`);
		expect(paths.length).toBeGreaterThan(20);
		expect(paths.filter((path) => !known.includes(`${path}`))).toEqual([]);
	});
});
