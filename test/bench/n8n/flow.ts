import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient } from '../../../demo/host/client.ts';
import type { RunningN8n } from '../../../demo/host/n8n.ts';
import type { Node } from '../contestants/types.ts';

/** An active workflow: a webhook that takes a list of items, and the nodes to measure. */
export interface Flow {
	workflowId: string;
	/**
	 * Sends items through the workflow.
	 * @param image base64 text for all of them
	 * @returns how many come out
	 */
	run(items: object[], image?: string): Promise<number>;
	/** Waits until the last execution is in the database. @returns its id */
	saved(): Promise<string>;
}

/**
 * Webhook → one item per entry of the body's `items` → (one file per item) → the nodes. The webhook
 * responds when the last node has finished, so nothing has to ask n8n meanwhile. The workflow has
 * n8n's own settings, by which all executions are saved with their data.
 * @param inputFile a file that each item contains
 */
export async function createFlow(
	{ client, url }: RunningN8n,
	nodes: readonly Node[],
	inputFile: string | null,
): Promise<Flow> {
	const path = randomUUID();
	const workflowId = await activate(client, [
		webhookNode(path),
		splitNode('Items', 'body.items'),
		...(inputFile === null ? [] : [readNode(inputFile)]),
		...nodes,
	]);
	return {
		workflowId,
		async run(items, image) {
			const response = await post(`${url}/webhook/${path}`, { items, image });
			const text = await response.text();
			if (!response.ok) throw new Error(`The workflow failed: ${response.status} ${text}`);
			return (JSON.parse(text) as unknown[]).length;
		},
		async saved() {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			for (;;) {
				const { results } = await client.request<{
					results: Array<{ id: string; status: string; stoppedAt: string | null }>;
				}>('GET', `/executions?limit=1&filter=${filter}`);
				const [last] = results;
				if (last?.status === 'success' && last.stoppedAt) return last.id;
				if (last?.status === 'error') throw new Error(`Execution ${last.id} failed.`);
				await sleep(100);
			}
		},
	};
}

async function activate(client: N8nClient, chain: Node[]): Promise<string> {
	const id = await client.createWorkflow({
		name: 'Bench',
		nodes: chain.map((node, index) => ({ id: randomUUID(), position: [index * 224, 0], ...node })),
		connections: Object.fromEntries(
			chain
				.slice(1)
				.map(({ name }, index) => [
					chain[index]?.name,
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	});
	const { versionId } = await client.request<{ versionId: string }>('GET', `/workflows/${id}`);
	await client.request('POST', `/workflows/${id}/activate`, { versionId });
	return id;
}

/** n8n responds with 404 until the webhook of a new active workflow is registered. */
async function post(url: string, body: object): Promise<Response> {
	for (let tries = 0; ; tries++) {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (response.status !== 404 || tries === 100) return response;
		await response.body?.cancel();
		await sleep(100);
	}
}

function webhookNode(path: string): Node {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData: 'allEntries',
			options: {},
		},
	};
}

/** One item per element of a list. */
export function splitNode(name: string, field: string): Node {
	return {
		name,
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: field, options: {} },
	};
}

function readNode(file: string): Node {
	return {
		name: 'Read File',
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1.1,
		parameters: { fileSelector: file, options: {} },
	};
}
