/**
 * Lints texts as the files of this project would be linted, in a process of its own, because Jest
 * cannot load ESLint's configuration.
 *
 *     node test/package/lintTexts.mjs < cases.json
 *
 * Reads a list of `{ filePath, text }`. Prints `LAYERS` of the configuration, and for each text the
 * lines in which the rule for imports found something.
 */
import { json } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import { LAYERS } from '../../eslint.config.mjs';

const eslint = new ESLint();
const refused = [];
for (const { filePath, text } of await json(process.stdin)) {
	const [{ messages }] = await eslint.lintText(text, { filePath });
	const fatal = messages.find((message) => message.fatal);
	if (fatal) throw new Error(`${filePath}: ${fatal.message}`);
	const own = messages.filter(({ ruleId }) => ruleId === 'no-restricted-imports');
	refused.push(own.map(({ line }) => line));
}
console.log(JSON.stringify({ layers: LAYERS, refused }));
