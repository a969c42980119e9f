import { LoadOptionsContext } from 'n8n-core';
import {
	UnexpectedError,
	Workflow,
	type ICredentialDataDecryptedObject,
	type INodeListSearchResult,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { EngineOptions } from './engine';
import { AI_IMAGES_API, EngineCredentials, loadCredentialTypes } from './engine/credentials';
import { AI_IMAGES_TYPE, createNodeTypes } from './engine/nodes';
import { workflowNode } from './workflowNode';

/**
 * Searches a list of the node as the editor does when its dropdown is opened, in n8n's own context
 * and over its own request helper. An engine must be running.
 *
 * @param credentials null = none is selected
 * @param types instead of this project's own
 */
export async function searchList(
	method: string,
	credentials: ICredentialDataDecryptedObject | null,
	filter?: string,
	types: Pick<EngineOptions, 'nodeTypes' | 'credentialTypes'> = {},
): Promise<INodeListSearchResult> {
	const node = workflowNode('AI Images', AI_IMAGES_TYPE, {
		id: 'node',
		parameters: { family: 'other' },
		credentials: { [AI_IMAGES_API]: { id: 'credential', name: 'Test' } },
	});
	const nodes = [node];
	const nodeTypes = await createNodeTypes({ nodes }, [], types.nodeTypes);
	const workflow = new Workflow({ id: '1', nodes, connections: {}, active: false, nodeTypes });
	const credentialTypes = await loadCredentialTypes({ nodes }, types.credentialTypes);
	const additionalData = {
		credentialsHelper: new EngineCredentials(credentialTypes, {
			[AI_IMAGES_API]: credentials ?? {},
		}),
		currentNodeParameters: node.parameters,
	} as Partial<IWorkflowExecuteAdditionalData> as IWorkflowExecuteAdditionalData;
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters.modelId');
	if (!credentials) delete node.credentials;
	const { methods } = nodeTypes.getByNameAndVersion(AI_IMAGES_TYPE);
	const search = methods?.listSearch?.[method];
	if (!search) throw new UnexpectedError(`The node has no list "${method}"`);
	return await search.call(context, filter);
}
