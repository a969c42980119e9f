/** Where Chromium is. Plain JavaScript for Node.js 20 and newer. */
import { existsSync } from 'node:fs';

/** Where distributions and systems put Chromium, and where the user says that it is. */
const PROGRAMS = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | undefined} undefined = there is none */
export function chromiumPath() {
	return PROGRAMS.find((program) => program && existsSync(program));
}
