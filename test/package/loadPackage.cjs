'use strict';

/**
 * Loads the nodes and credentials of an unpacked package, each in the way n8n does: `require` of
 * the path in the manifest, then `new` of the class that has the file's name. Prints as JSON which
 * modules outside the package its code asked for, and how many milliseconds the loading took
 * beyond the two modules that n8n has loaded long before.
 *
 * Usage: node loadPackage.cjs <folder>
 */
const { realpathSync } = require('node:fs');
const Module = require('node:module');
const { basename, join } = require('node:path');
const { performance } = require('node:perf_hooks');

const folder = realpathSync(process.argv[2]);
const manifest = require(join(folder, 'package.json'));
const fromPackage = Module.createRequire(join(folder, 'package.json'));
fromPackage('n8n-workflow');
fromPackage('zod');

const modules = new Set();
const load = Module._load;
Module._load = function (request, parent, ...rest) {
	if (parent?.filename?.startsWith(folder) && !request.startsWith('.')) modules.add(request);
	return load.call(this, request, parent, ...rest);
};

const start = performance.now();
for (const path of [...manifest.n8n.credentials, ...manifest.n8n.nodes]) {
	const className = basename(path).split('.')[0];
	new (fromPackage(`./${path}`)[className])();
}
const milliseconds = Math.round((performance.now() - start) * 10) / 10;

process.stdout.write(JSON.stringify({ modules: [...modules].sort(), milliseconds }));
