import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	CLIENTS,
	linksOf,
	renderCredentials,
	renderLinks,
	renderModels,
	renderOptions,
	renderReadme,
	renderServices,
} from '../../../docs/render.js';
import { AiImages } from '../../../nodes/AiImages/AiImages.node';
import { FAMILIES, MAKERS, MODELS } from '../../../nodes/AiImages/models';
import { SERVICES } from '../../../nodes/AiImages/services/table';
import type { Service } from '../../../nodes/AiImages/services/types';
import { PROMPT_LIMITS } from '../../fixtures/choices';
import { WITNESSES } from '../../witnesses/services';
import { EXAMPLE_MODEL, TABLE } from '../newModel';

const read = (file: string) => readFileSync(join(__dirname, '../../..', file), 'utf8');

describe('links to the project', () => {
	const published = {
		name: 'example',
		license: 'MIT',
		repository: { url: 'git+https://git.example/team/example-node.git' },
	};

	it('lead to npm until package.json names the repository', () => {
		expect(linksOf({ name: 'example' })).toEqual({
			repository: null,
			docs: 'https://www.npmjs.com/package/example',
			credentialDocs: 'https://www.npmjs.com/package/example#credentials',
		});
	});

	it('follow from the repository', () => {
		expect(linksOf(published)).toEqual({
			repository: 'https://git.example/team/example-node',
			docs: 'https://git.example/team/example-node#readme',
			credentialDocs: 'https://git.example/team/example-node/blob/HEAD/docs/credentials.md',
		});
	});

	it('fill in the badges and the clone command of the README', () => {
		const page = renderLinks(read('README.md'), published);
		expect(page).toContain(
			'git clone https://git.example/team/example-node.git\ncd example-node\n',
		);
		expect(page).toContain('(https://git.example/team/example-node/blob/HEAD/LICENSE)');
		expect(page).toContain('(https://www.npmjs.com/package/example)');
	});

	it('are up to date in the README; otherwise run `npm run docs`', () => {
		const readme = read('README.md');
		expect(renderLinks(readme, JSON.parse(read('package.json')))).toBe(readme);
	});
});

describe('the page about the models', () => {
	it('is up to date; otherwise run `npm run docs`', () => {
		expect(read('docs/models.md')).toBe(renderModels(MODELS, SERVICES, MAKERS));
	});

	it('has an overview and a section for each row', () => {
		const row = { ...MODELS['gpt-image-1.5'], displayName: 'GPT Image 9' };
		const table = { ...MODELS, 'gpt-image-9': row };
		expect(renderModels(table, SERVICES, MAKERS)).toContain('## GPT Image 9');
		expect(renderModels(table, SERVICES, MAKERS)).toContain('| GPT Image 9 | `gpt-image-9` |');
	});

	it('lists the limits and conditions of a row', () => {
		const section = renderModels(TABLE, SERVICES, MAKERS).split('## Example 1')[1] ?? '';
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

	it('says where to get the model, and under which ID', () => {
		const lines = read('docs/models.md').split('\n');
		const placesOf = (name: string) =>
			lines.slice(lines.indexOf(`## ${name}`)).find((line) => line.startsWith('- services'));
		expect(placesOf('GPT Image 2')).toMatch(/ OpenAI, Azure OpenAI \(or your deployment\)/);
		expect(placesOf('GPT Image 2')).toContain('OpenRouter as `openai/gpt-image-2`');
		expect(placesOf('FLUX.1 Dev')).toContain('fal as `fal-ai/flux/dev`');
		const alone = renderModels(MODELS, { openai: SERVICES.openai }, MAKERS);
		const section = alone.split('## FLUX.1 Dev')[1];
		expect(section).toMatch(/^\s*(?:- .+\n)+- services: only OpenAI-compatible and chat servers\n/);
		const ids = Object.values<Service>(SERVICES).flatMap((each) =>
			Object.values(each.models ?? {}),
		);
		const page = lines.join('\n');
		expect(ids.filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
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
	const readme = read('README.md');

	/** The page stands at the last retirement that it knows of, so no test fails on a later day. */
	const [, day = ''] = /\(as of ([\d-]+)\)/.exec(page) ?? [];

	it('is up to date; otherwise run `npm run docs`', () => {
		expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
		expect(page).toBe(renderServices(SERVICES, MODELS, FAMILIES, day));
		expect(readme).toBe(renderReadme(readme, SERVICES, MODELS, FAMILIES, day));
	});

	it.each([
		['the day before', '2030-01-01', '✓'],
		['the day itself', '2030-01-02', '†'],
	])('marks a model that its maker retires, by %s', (_, today, mark) => {
		const row = { ...EXAMPLE_MODEL, displayName: 'Example 2', shutdown: '2030-01-02' } as const;
		const models = { 'gpt-image-2': MODELS['gpt-image-2'], 'example-2': row };
		const services = { openai: SERVICES.openai };
		const rendered = renderServices(services, models, FAMILIES, today);
		expect(rendered).toContain(`| Example 2 | ${mark} |`);
		expect(rendered).toContain('| GPT Image 2 | ✓ |');
		const family = renderReadme(readme, services, { 'example-2': row }, FAMILIES, today);
		expect(family).toContain(`| OpenAI | ${mark} |`);
	});

	it('lists a parameter only where a model takes it that is not retired', () => {
		const parametersOf = (today: string, service: Service) => {
			const models = { 'gpt-image-2': MODELS['gpt-image-2'], 'dall-e-2': MODELS['dall-e-2'] };
			const rendered = renderServices({ openai: service }, models, FAMILIES, today);
			return /parameters besides the prompt: (.*?);/.exec(rendered)?.[1]?.split(', ');
		};
		expect(parametersOf('2026-01-01', SERVICES.openai)).toContain('responseFormat');
		expect(parametersOf('2026-11-01', SERVICES.openai)).not.toContain('responseFormat');
		expect(parametersOf('2026-11-01', SERVICES.openai)).toContain('moderation');
		expect(parametersOf('2026-11-01', SERVICES.openai)).not.toContain('seed');
		expect(parametersOf('2026-11-01', SERVICES.compatible)).toContain('watermark');
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

describe('the page about the credentials', () => {
	const page = read('docs/credentials.md');

	it('is up to date; otherwise run `npm run docs`', () => {
		expect(renderCredentials(page, SERVICES)).toBe(page);
	});

	it.each<[string, Service]>(Object.entries(SERVICES))(
		'tells where to get the key of %s, and what the test asks',
		(_, { displayName, keyPage, baseUrl, apiVersion, modelList }) => {
			const section = page.split(`\n### ${displayName}\n`)[1]?.split('\n#')[0];
			const path = (modelList.test ?? modelList.path).replace(/^(?:\/\.\.)+/, '');
			expect(section).toContain(path);
			// Whose address is not known has no page for keys that could be.
			if (baseUrl !== null || apiVersion) expect(section).toContain(`<${keyPage}>`);
		},
	);
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
