import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { importExample, TRIGGER } from './exampleWorkflow.ts';
import type { ImportedWorkflow } from './exampleWorkflow.ts';
import type { Execution } from './host/execution.ts';
import { DemoFailure } from './host/failure.ts';
import { startN8n } from './host/n8n.ts';
import type { RunningN8n } from './host/n8n.ts';
import { root } from './host/paths.ts';
import { readSettings } from './settings.ts';
import type { Api, Settings } from './settings.ts';

/** The example workflow writes its files here and overwrites those of an earlier run. */
export const outputFolder = path.join(root, 'demo', 'output');

export interface ExampleRun {
	/** The API that generated the images. */
	api: Api;
	n8n: RunningN8n;
	workflow: ImportedWorkflow;
	/** Always successful: a failed one throws. */
	execution: Execution;
}

/**
 * Starts the image service (unless the environment names another API) and n8n, and runs
 * demo/workflows/generate-and-edit.json there. Both keep running until `cleanUp` is disposed.
 * @throws {DemoFailure} if something can't be started or the workflow fails
 */
export async function runExample(
	signal: AbortSignal,
	cleanUp: AsyncDisposableStack,
): Promise<ExampleRun> {
	const settings = await readSettings();
	const api = settings.api ?? (await startService(settings, cleanUp));
	await mkdir(outputFolder, { recursive: true });

	console.log('Starting n8n with the packed node …');
	const port = settings.n8nPort === undefined ? {} : { port: settings.n8nPort };
	const n8n = await startN8n({ filesFolder: outputFolder, ...port }, signal);
	cleanUp.defer(n8n.stop);
	signal.throwIfAborted();

	const file = 'generate-and-edit.json';
	const workflow = await importExample(n8n.client, file, api, settings.model);
	console.log(
		`Running the workflow "${workflow.name}" with the API at ${new URL(api.baseUrl).host} …`,
	);
	const execution = await n8n.client.finished(await n8n.client.run(workflow.id, TRIGGER), signal);
	if (execution.status !== 'success') throw failureOf(execution);
	return { api, n8n, workflow, execution };
}

async function startService(settings: Settings, cleanUp: AsyncDisposableStack): Promise<Api> {
	const { startImageService } = await import('./image-service/server.ts');
	const apiKey = 'demo';
	const service = await startImageService({ apiKey, port: settings.imageServicePort ?? 0 });
	cleanUp.defer(() => service.close());
	return { baseUrl: `${service.url}/v1`, apiKey, isDemo: true };
}

function failureOf({ status, error }: Execution): DemoFailure {
	const { node = 'n8n', message = status, description } = error ?? {};
	const sentences = [message, description].map((text) => text?.replace(/\.?$/, '.')).join(' ');
	return new DemoFailure(`The workflow failed in "${node}": ${sentences.trim()}`);
}
