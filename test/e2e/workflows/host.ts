import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { Workflow, WorkflowNode } from '../../../demo/host/client.ts';
import { workflowsFolder } from '../../../demo/host/paths.ts';
import type { RecordedRequest } from '../../../demo/image-service/recorder.ts';
import { useService, type Client } from '../../image-service/helpers';
import { useN8n, type Execution, type N8n } from '../helpers/n8n';

const KEY = 'sk-workflows-0123456789';

/** Where the image service speaks as the services of the workflows' credentials. */
const SERVICES = {
	openai: 'v1',
	google: 'google',
	xai: 'xai',
	blackForestLabs: 'bfl/v1',
	openRouter: 'openrouter/api/v1',
	replicate: 'replicate/v1',
	fal: 'fal',
} as const;

export type ServiceName = keyof typeof SERVICES;

/** What a user changes in an imported workflow before it runs. */
export interface Changes {
	/** Values of the node *Settings*. */
	settings?: Record<string, string>;
	/** By name, the nodes whose accounts can't exist here, with the types and parameters instead. */
	swaps?: Record<string, Pick<WorkflowNode, 'type' | 'parameters'> & { typeVersion: number }>;
}

export interface WorkflowHost {
	readonly n8n: N8n;
	readonly service: Client;
	/** Makes a credential that the workflows know by its name. @returns its id */
	credential(name: string, type: string, data: object): Promise<string>;
	/** Makes a credential of AI Images, or points the one with this name to another service. */
	imageCredential(name: string, service: ServiceName): Promise<void>;
	/** Imports one of demo/workflows, by its name without `.json`. @returns its id */
	load(file: string, changes?: Changes): Promise<string>;
	/** Runs an imported workflow from a trigger to its end, which has to be a success. */
	run(workflowId: string, trigger?: string): Promise<Execution>;
	/** The names of the files in n8n's folder, sorted. */
	fileNames(): Promise<string[]>;
	read(file: string): Promise<Buffer>;
	/** `jpeg 1536x864`, read from a file's bytes. */
	pictureOf(file: string): Promise<string>;
	/** The requests that were billed, in order of arrival. */
	billed(): Promise<RecordedRequest[]>;
}

/** One n8n and one image service for all workflows. What a test leaves is removed after it. */
export function useWorkflowHost(): WorkflowHost {
	const n8n = useN8n();
	const service = useService({ apiKey: KEY });
	const imageCredentials = new Map<string, string>();
	const inFolder = (file: string) => path.join(n8n.filesFolder, file);
	afterEach(async () => {
		for (const name of await readdir(n8n.filesFolder)) await rm(inFolder(name));
	});

	const credential: WorkflowHost['credential'] = async (name, type, data) =>
		await n8n.running.client.createCredential(name, type, data);
	return {
		n8n,
		service,
		credential,
		async imageCredential(name, of) {
			const baseUrl = { [`${of}BaseUrl`]: `${service.url}/${SERVICES[of]}` };
			const data = { service: of, apiKey: KEY, ...baseUrl };
			const known = imageCredentials.get(name);
			const type = 'aiImagesApi';
			if (known === undefined) imageCredentials.set(name, await credential(name, type, data));
			else await n8n.running.client.request('PATCH', `/credentials/${known}`, { name, type, data });
		},
		async load(file, changes = {}) {
			const text = await readFile(path.join(workflowsFolder, `${file}.json`), 'utf8');
			return await n8n.save(changed(JSON.parse(text), changes));
		},
		async run(workflowId, trigger = 'Start') {
			const { client } = n8n.running;
			const execution = await n8n.finished(await client.run(workflowId, trigger));
			expect(execution.error).toBeUndefined();
			expect(execution.status).toBe('success');
			return execution;
		},
		fileNames: async () => (await readdir(n8n.filesFolder)).sort(),
		read: async (file) => await readFile(inFolder(file)),
		async pictureOf(file) {
			const { format, width, height } = await sharp(inFolder(file)).metadata();
			return `${format} ${width}x${height}`;
		},
		billed: async () => (await service.requests()).filter((request) => request.billedImages > 0),
	};
}

/** Only the nodes named may change, and never one that makes images. */
function changed(workflow: Workflow, { settings = {}, swaps = {} }: Changes): Workflow {
	const byName = new Map(workflow.nodes.map((node) => [node.name, node]));
	for (const [name, swap] of Object.entries(swaps)) {
		const node = byName.get(name);
		if (!node || node.type.includes('aiImages')) throw new Error(`"${name}" can't be swapped`);
		delete node.credentials;
		Object.assign(node, swap);
	}
	for (const [name, value] of Object.entries(settings)) {
		const { assignments } = byName.get('Settings')!.parameters as unknown as SetParameters;
		const setting = assignments.assignments.find((each) => each.name === name);
		if (!setting) throw new Error(`"Settings" has no ${name}`);
		setting.value = value;
	}
	return workflow;
}

/** Of n8n's node *Edit Fields*. */
interface SetParameters {
	assignments: { assignments: Array<{ name: string; value: unknown }> };
}
