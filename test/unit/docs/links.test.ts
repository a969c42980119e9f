import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../../..');
const pages = globSync('{*,docs/*,demo/image-service/*}.md', { cwd: root });

/** Text without code, in which brackets are no links. */
function textOf(page: string): string {
	return readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
}

/** The anchors of headings, as GitHub and npm make them. */
function anchorsOf(page: string): string[] {
	const headings = readFileSync(join(root, page), 'utf8').matchAll(/^#+ (.+)$/gm);
	return [...headings].map(([, heading]) =>
		`${heading}`
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-'),
	);
}

it('covers all pages', () => {
	expect(pages).toEqual(
		expect.arrayContaining(['README.md', 'CONTRIBUTING.md', join('docs', 'options.md')]),
	);
});

it.each(pages)('%s links only to files and headings that exist', (page) => {
	const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => `${link}`);
	const broken = links
		.filter((link) => !/^https?:/.test(link))
		.filter((link) => {
			const [path, anchor] = link.split('#');
			const target = path ? relative(root, join(root, dirname(page), path)) : page;
			if (!existsSync(join(root, target))) return true;
			return anchor !== undefined && !anchorsOf(target).includes(anchor);
		});
	expect(broken).toEqual([]);
});
