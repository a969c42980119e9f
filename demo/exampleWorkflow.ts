import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { N8nClient, Workflow } from './host/client.ts';
import { workflowsFolder } from './host/paths.ts';
import type { Api } from './settings.ts';

const NODE_TYPE = 'n8n-nodes-ai-images.aiImages';
const CREDENTIAL_TYPE = 'aiImagesApi';

/** The node that starts every example workflow. */
export const TRIGGER = 'Start';

/** A workflow that `importExample` has imported. */
export interface ImportedWorkflow {
	id: string;
	name: string;
	credentialId: string;
}

/**
 * Imports one of demo/workflows into n8n, with a credential for an API that its nodes use.
 * @param file such as `generate-and-edit.json`
 * @param model replaces the models in the workflow
 */
export async function importExample(
	client: N8nClient,
	file: string,
	api: Api,
	model?: string,
): Promise<ImportedWorkflow> {
	const credentialName = 'AI Images account';
	const credentialId = await client.createCredential(credentialName, CREDENTIAL_TYPE, {
		baseUrl: api.baseUrl,
		apiKey: api.apiKey,
		authentication: api.apiKey ? 'bearer' : 'none',
	});
	const text = await readFile(path.join(workflowsFolder, file), 'utf8');
	const workflow: Workflow = JSON.parse(text);
	const choice = model === undefined ? undefined : await chooseModel(client, model);
	for (const node of workflow.nodes) {
		if (node.type !== NODE_TYPE) continue;
		node.credentials = { [CREDENTIAL_TYPE]: { id: credentialId, name: credentialName } };
		if (choice) node.parameters = { ...choice, ...independentOfModel(node.parameters) };
	}
	const id = await client.createWorkflow(workflow);
	return { id, name: workflow.name, credentialId };
}

/** The parameters that select a model: from its family's list, or by its ID. */
async function chooseModel(client: N8nClient, model: string): Promise<Record<string, unknown>> {
	const { properties } = await client.nodeType(NODE_TYPE, 1);
	const list = properties.find(
		({ name, options }) => name === 'model' && options?.some(({ value }) => value === model),
	);
	if (list) return { family: list.displayOptions?.show?.family?.[0], model };
	return {
		family: 'other',
		modelId: { __rl: true, mode: 'id', value: model },
	};
}

/** Sizes, qualities and formats might not be supported by another model. */
function independentOfModel(parameters: Record<string, unknown>): Record<string, unknown> {
	const kept = ['operation', 'prompt', 'inputImages', 'options'];
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => kept.includes(name)));
}
