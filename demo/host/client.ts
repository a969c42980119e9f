import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readExecution } from './execution.ts';
import type { Execution } from './execution.ts';

/** A workflow as n8n exports it; only what is used here is typed. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
}

export interface Login {
	email: string;
	password: string;
}

export interface N8nClient {
	login: Login;
	/** @returns the new credential's id */
	createCredential(name: string, type: string, data: object): Promise<string>;
	/** Presses the Test button of a saved credential. */
	testCredential(id: string): Promise<{ status: 'OK' | 'Error'; message: string }>;
	/** @returns the new workflow's id */
	createWorkflow(workflow: Workflow): Promise<string>;
	/** The description of a node type, as the editor gets it. */
	nodeType(name: string, version: number): Promise<NodeTypeDescription>;
	/** Runs a workflow from its trigger node. @returns the execution's id */
	run(workflowId: string, trigger: string): Promise<string>;
	/** Waits until an execution has ended, however it ends. */
	finished(executionId: string, signal?: AbortSignal): Promise<Execution>;
	/** Presses the stop button. */
	stopExecution(executionId: string): Promise<void>;
	/**
	 * Presses *Retry* in the list of executions and waits until the new execution has ended.
	 * @param loadWorkflow with the workflow as it is saved by then
	 * @returns the new execution's id
	 */
	retry(executionId: string, loadWorkflow?: boolean): Promise<string>;
	/** The bytes of a file in the binary store. */
	download(binaryId: string): Promise<Buffer>;
	/** Any other call of n8n's API below `/rest`; throws with n8n's message unless 2xx. */
	request<T>(method: string, route: string, body?: unknown): Promise<T>;
}

export interface NodeTypeDescription {
	name: string;
	properties: Array<{
		name: string;
		options?: Array<{ name: string; value?: unknown }>;
		displayOptions?: { show?: Record<string, unknown[]> };
	}>;
}

/** The endings of https://docs.n8n.io/api/ → executions; any other status is on the way to one. */
const ENDED = ['success', 'error', 'crashed', 'canceled'];

/**
 * Logs in as the owner of an n8n. Of a new one, it makes the owner first.
 * @param url such as `http://127.0.0.1:5678`
 * @param known how the owner logs in, unless the n8n is new
 */
export async function connect(url: string, known?: Login): Promise<N8nClient> {
	const login = known ?? newLogin();
	let cookie = '';

	async function call(method: string, route: string, body?: unknown): Promise<Buffer> {
		const response = await fetch(`${url}/rest${route}`, {
			method,
			headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const bytes = Buffer.from(await response.arrayBuffer());
		if (!response.ok) throw new Error(`n8n: ${method} ${route}: ${response.status} ${bytes}`);
		const [set] = response.headers.getSetCookie();
		if (set?.startsWith('n8n-auth=')) cookie = set.split(';', 1)[0] ?? '';
		return bytes;
	}

	async function request<T>(method: string, route: string, body?: unknown): Promise<T> {
		const response: { data: T } = JSON.parse(String(await call(method, route, body)));
		return response.data;
	}

	if (known) {
		const { email, password } = known;
		await request('POST', '/login', { emailOrLdapLoginId: email, password });
	} else {
		await request('POST', '/owner/setup', { ...login, firstName: 'Demo', lastName: 'Owner' });
	}

	return {
		login,
		request,
		async createCredential(name, type, data) {
			return (await request<{ id: string }>('POST', '/credentials', { name, type, data })).id;
		},
		async testCredential(id) {
			const credentials = await request<object>('GET', `/credentials/${id}?includeData=true`);
			return await request('POST', '/credentials/test', { credentials });
		},
		async createWorkflow(workflow) {
			return (await request<{ id: string }>('POST', '/workflows', workflow)).id;
		},
		async nodeType(name, version) {
			const nodeInfos = [{ name, version }];
			const [type] = await request<NodeTypeDescription[]>('POST', '/node-types', { nodeInfos });
			if (type === undefined) throw new Error(`n8n has no node type ${name}`);
			return type;
		},
		async run(workflowId, trigger) {
			const body = { triggerToStartFrom: { name: trigger } };
			const route = `/workflows/${workflowId}/run`;
			return (await request<{ executionId: string }>('POST', route, body)).executionId;
		},
		async finished(executionId, signal) {
			for (;;) {
				const response = await request<{ status: string }>('GET', `/executions/${executionId}`);
				if (ENDED.includes(response.status)) return readExecution(response);
				await sleep(250, undefined, { signal });
			}
		},
		async stopExecution(executionId) {
			await request('POST', `/executions/${executionId}/stop`);
		},
		async retry(executionId, loadWorkflow = false) {
			const route = `/executions/${executionId}/retry`;
			return (await request<{ id: string }>('POST', route, { loadWorkflow })).id;
		},
		async download(binaryId) {
			return await call('GET', `/binary-data?id=${encodeURIComponent(binaryId)}&action=download`);
		},
	};
}

function newLogin(): Login {
	return {
		email: 'demo@example.com',
		// n8n asks for 8 to 64 characters with a capital letter and a digit among them.
		password: `A1${randomBytes(9).toString('base64url')}`,
	};
}
