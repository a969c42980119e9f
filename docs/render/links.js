'use strict';

const { between } = require('./table');

module.exports = { linksOf, renderLinks };

/**
 * Where the project is found. This follows from `repository` in `package.json`; until that is filled
 * in, the package's page on npm stands in.
 *
 * @param {{ name: string, repository?: { url: string } }} manifest `package.json`
 * @returns {{ repository: string | null, docs: string, credentialDocs: string }} URLs of web pages
 */
function linksOf({ name, repository }) {
	if (!repository) {
		const page = pageOnNpm(name);
		return { repository: null, docs: page, credentialDocs: `${page}#credentials` };
	}
	const url = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
	return {
		repository: url,
		docs: `${url}#readme`,
		credentialDocs: `${url}/blob/HEAD/docs/credentials.md`,
	};
}

/** Replaces the badges, and how to get the code, between the marks in `README.md`. */
function renderLinks(page, manifest) {
	return between(between(page, 'badges', badgesOf(manifest)), 'clone', cloneOf(manifest));
}

/** None without a repository: the package is not published before. */
function badgesOf(manifest) {
	const { name, license } = manifest;
	const { repository } = linksOf(manifest);
	if (!repository) return '';
	return [
		`[![npm](https://img.shields.io/npm/v/${name})](${pageOnNpm(name)})`,
		`[![License: ${license}](https://img.shields.io/npm/l/${name})](${repository}/blob/HEAD/LICENSE)`,
	].join(' ');
}

function cloneOf(manifest) {
	const { repository } = linksOf(manifest);
	if (!repository) return 'With Node.js 20 or newer, in a clone of this repository:';
	const folder = repository.split('/').at(-1);
	return `With Node.js 20 or newer:\n\n\`\`\`sh\ngit clone ${repository}.git\ncd ${folder}\n\`\`\``;
}

function pageOnNpm(name) {
	return `https://www.npmjs.com/package/${name}`;
}
