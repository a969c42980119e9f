import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Execution } from '../../../demo/host/execution.ts';
import { startN8n, type N8nOptions, type RunningN8n } from '../../../demo/host/n8n.ts';
import type { Workflow } from '../../../demo/host/client.ts';
import { moment } from './api';
import { IMAGE_NODE, TRIGGER } from './workflow';

export type { Execution };

/** An execution as the list shows it. */
export interface Listed {
	id: string;
	status: string;
	mode: string;
}

export interface N8n {
	readonly running: RunningN8n;
	/** n8n's working folder, the only one where workflows can read and write files. */
	readonly filesFolder: string;
	/** Makes a credential for an API. @returns its id */
	credential(data: object): Promise<string>;
	/** Saves a workflow. @returns its id */
	save(workflow: Workflow): Promise<string>;
	/** Runs a saved workflow from its manual trigger. @returns the execution's id */
	start(workflowId: string): Promise<string>;
	/** Runs a saved workflow to its end. */
	run(workflowId: string): Promise<Execution>;
	/** Waits until an execution has ended. */
	finished(executionId: string): Promise<Execution>;
	/** Presses *Retry* of a failed execution. */
	retry(executionId: string, loadWorkflow?: boolean): Promise<Execution>;
	/** Saves other nodes under the id of a workflow. */
	change(workflowId: string, workflow: Workflow): Promise<void>;
	/** Turns on the triggers of a workflow. */
	publish(workflowId: string): Promise<void>;
	/** The executions of a workflow, the newest first. */
	executionsOf(workflowId: string): Promise<Listed[]>;
	/** The files in the field `data` of a node's items. */
	files(execution: Execution, node?: string): Promise<Buffer[]>;
	/** Ends n8n and starts it again with what it has kept. */
	restart(): Promise<void>;
	/** The same, but n8n gets no chance to save anything. */
	crash(): Promise<void>;
}

/** An n8n for a Jest file, with the packed package and an empty user folder. */
export function useN8n(options: Omit<N8nOptions, 'filesFolder' | 'kept'> = {}): N8n {
	let filesFolder: string;
	let running: RunningN8n;
	beforeAll(async () => {
		filesFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-files-'));
		running = await startN8n({ ...options, filesFolder });
	}, START_LIMIT_MS);
	afterAll(async () => {
		await running?.stop();
		await rm(filesFolder, { recursive: true, force: true });
	});
	/** As the editor does: n8n 1 wants the workflow itself, and n8n 2 passes it over. */
	async function start(workflowId: string): Promise<string> {
		const { request } = running.client;
		const workflowData = await request('GET', `/workflows/${workflowId}`);
		const body = { workflowData, triggerToStartFrom: { name: TRIGGER } };
		const route = `/workflows/${workflowId}/run`;
		return (await request<{ executionId: string }>('POST', route, body)).executionId;
	}

	/** Some versions of n8n do not show an execution before its end, but list it. */
	async function finished(executionId: string): Promise<Execution> {
		const list = `/executions?filter=${encodeURIComponent('{}')}&limit=10`;
		for (;;) {
			const { results } = await running.client.request<{ results: Listed[] }>('GET', list);
			const found = results.find(({ id }) => id === executionId);
			if (found && !['new', 'running'].includes(found.status)) break;
			await moment(200);
		}
		return await running.client.finished(executionId);
	}
	return {
		get running() {
			return running;
		},
		get filesFolder() {
			return filesFolder;
		},
		credential: (data) => running.client.createCredential('AI Images account', 'aiImagesApi', data),
		// n8n 1 does not add it by itself.
		save: (workflow) => running.client.createWorkflow({ ...workflow, ...{ active: false } }),
		start,
		finished,
		run: async (workflowId) => await finished(await start(workflowId)),
		async retry(executionId, loadWorkflow) {
			return await finished(await running.client.retry(executionId, loadWorkflow));
		},
		async change(workflowId, workflow) {
			await running.client.request('PATCH', `/workflows/${workflowId}`, workflow);
		},
		async publish(workflowId) {
			const route = `/workflows/${workflowId}`;
			const { versionId } = await running.client.request<{ versionId: string }>('GET', route);
			await running.client.request('POST', `${route}/activate`, { versionId });
		},
		async executionsOf(workflowId) {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const route = `/executions?filter=${filter}`;
			return (await running.client.request<{ results: [] }>('GET', route)).results;
		},
		async files(execution, node = IMAGE_NODE) {
			const ids = execution.items(node).map(({ binary }) => binary?.data?.id ?? '');
			return await Promise.all(ids.map((id) => running.client.download(id)));
		},
		async restart() {
			const kept = await running.keep();
			running = await startN8n({ ...options, filesFolder, kept });
		},
		async crash() {
			const kept = await running.kill();
			running = await startN8n({ ...options, filesFolder, kept });
		},
	};
}

/** Packing and starting, on a busy machine. */
const START_LIMIT_MS = 240_000;
