/** Where Chromium is. CommonJS, which Jest and Node.js both load. */
'use strict';

const { existsSync } = require('node:fs');

module.exports = { chromiumPath };

/** Where distributions and systems put Chromium, and where the user says that it is. */
const PROGRAMS = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | undefined} undefined = there is none */
function chromiumPath() {
	return PROGRAMS.find((program) => program && existsSync(program));
}
