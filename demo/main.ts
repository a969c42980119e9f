/**
 * Runs an example workflow in a real n8n against the image service of this project, or against the
 * API of IMAGES_API_KEY, IMAGES_BASE_URL and IMAGES_MODEL. See README.md.
 *
 *   node demo/main.ts          runs the workflow, prints a table of its images, and exits
 *   node demo/main.ts --open   then keeps n8n running until Ctrl-C
 */
import { once } from 'node:events';
import { untilInterrupted } from './interrupt.ts';
import { report } from './report.ts';
import { outputFolder, runExample } from './runExample.ts';

/** The nodes of the example that write files: they return one item per file. */
const WRITERS = ['Save Originals', 'Save Edits'];

await untilInterrupted(async (signal, cleanUp) => {
	const started = Date.now();
	const { api, n8n, workflow, execution } = await runExample(signal, cleanUp);
	const table = await report(outputFolder, WRITERS.flatMap(execution.items), started);
	console.log(`\n${table} in ${(execution.durationMs / 1000).toFixed(1)} s, saved in demo/output/`);

	if (process.argv.includes('--open')) {
		const { email, password } = n8n.client.login;
		console.log(`\nEditor:   ${n8n.url}/workflow/${workflow.id}`);
		console.log(`Login:    ${email}\nPassword: ${password}`);
		if (api.isDemo) console.log(`\nImage service: ${api.baseUrl}, API key "${api.apiKey}"`);
		console.log('\nPress Ctrl-C to stop.');
		await once(signal, 'abort');
	}
});
