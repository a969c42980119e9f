'use strict';

const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const gulp = require('gulp');
const ts = require('typescript');
const manifest = require('./package.json');
const {
	linksOf,
	renderCredentials,
	renderLinks,
	renderModels,
	renderOptions,
	renderReadme,
	renderServices,
} = require('./docs/render');

/** Each pattern begins with its folder: a brace there would make gulp walk all of `node_modules`. */
const ICONS = ['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}'];
const CODEX = 'nodes/AiImages/AiImages.node.json';
const SOURCES = ['nodes/**/*', 'credentials/**/*', 'tsconfig.json'];

const build = gulp.series(checkTypes, clean, gulp.parallel(compile, copyIcons, writeCodex));

/** Does not return the watcher: gulp would end the task, and with it the watch, on a type error. */
function watch(done) {
	gulp.watch(SOURCES, { ignoreInitial: false }, build);
	done();
}

module.exports = { build, clean, docs: gulp.series(build, writeDocs), watch, default: build };

/** The program that `checkTypes` has checked and `compile` writes. */
let program;

/** Runs before anything is removed: a type error leaves the last good `dist` in place. */
async function checkTypes() {
	const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(
		'tsconfig.json',
		{},
		{ ...ts.sys, onUnRecoverableConfigFileDiagnostic: failOn },
	);
	program = ts.createProgram(fileNames, options);
	failOn(...errors, ...ts.getPreEmitDiagnostics(program));
}

function clean() {
	return rm('dist', { recursive: true, force: true });
}

async function compile() {
	failOn(...program.emit().diagnostics);
}

function copyIcons() {
	// Without `encoding: false`, gulp 5 reads files as UTF-8 and damages every PNG.
	return gulp.src(ICONS, { base: '.', encoding: false }).pipe(gulp.dest('dist'));
}

/** What n8n's editor searches and links to. The links follow from `package.json`. */
async function writeCodex() {
	const { docs, credentialDocs } = linksOf(manifest);
	const codex = {
		...JSON.parse(await readFile(CODEX, 'utf8')),
		resources: {
			primaryDocumentation: [{ url: docs }],
			credentialDocumentation: [{ url: credentialDocs }],
		},
	};
	await mkdir(dirname(join('dist', CODEX)), { recursive: true });
	await writeFile(join('dist', CODEX), JSON.stringify(codex));
}

/** From the built node, so that the pages always match it. */
async function writeDocs() {
	const { FAMILIES, MAKERS, MODELS } = require(join(__dirname, 'dist/nodes/AiImages/models'));
	const { SERVICES } = require(join(__dirname, 'dist/nodes/AiImages/services/table'));
	const { AiImages } = require(join(__dirname, 'dist/nodes/AiImages/AiImages.node'));
	const { properties } = new AiImages().description;
	const today = new Date().toISOString().slice(0, 10);
	await writeFile('docs/models.md', renderModels(MODELS, SERVICES, MAKERS));
	await writeFile('docs/services.md', renderServices(SERVICES, MODELS, FAMILIES, today));
	await rewrite('docs/options.md', (page) => renderOptions(page, properties));
	await rewrite('docs/credentials.md', (page) => renderCredentials(page, SERVICES));
	await rewrite('README.md', (page) =>
		renderLinks(renderReadme(page, SERVICES, MODELS, FAMILIES, today), manifest),
	);
}

/** Changes the generated parts of a page that is written by hand. */
async function rewrite(file, render) {
	await writeFile(file, render(await readFile(file, 'utf8')));
}

/** Throws one error that lists all diagnostics the way `tsc` prints them; gulp then exits with 1. */
function failOn(...diagnostics) {
	if (diagnostics.length === 0) return;
	const text = ts.formatDiagnostics(diagnostics, {
		getCanonicalFileName: (fileName) => fileName,
		getCurrentDirectory: ts.sys.getCurrentDirectory,
		getNewLine: () => '\n',
	});
	// `showStack: false` makes gulp print the message alone.
	throw Object.assign(new Error(`TypeScript reports\n${text}`), { showStack: false });
}
