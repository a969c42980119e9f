import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeListSearchResult,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { AiImages } from '../../nodes/AiImages/AiImages.node.ts';
import { AI_IMAGES_API, EngineCredentials, loadCredentialTypes } from './engine/credentials';
import { AI_IMAGES_TYPE, createNodeTypes } from './engine/nodes';

/**
 * Searches a list of the node as the editor does when its dropdown is opened, in n8n's own context
 * and over its own request helper. An engine must be running.
 */
export async function searchList(
	method: keyof AiImages['methods']['listSearch'],
	credentials: ICredentialDataDecryptedObject,
	filter?: string,
): Promise<INodeListSearchResult> {
	const node: INode = {
		id: 'node',
		name: 'AI Images',
		type: AI_IMAGES_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: { model: 'other' },
		credentials: { [AI_IMAGES_API]: { id: 'credential', name: 'Test' } },
	};
	const nodes = [node];
	const nodeTypes = await createNodeTypes({ nodes }, []);
	const workflow = new Workflow({ id: '1', nodes, connections: {}, active: false, nodeTypes });
	const credentialTypes = await loadCredentialTypes({ nodes });
	const additionalData = {
		credentialsHelper: new EngineCredentials(credentialTypes, { [AI_IMAGES_API]: credentials }),
		currentNodeParameters: node.parameters,
	} as Partial<IWorkflowExecuteAdditionalData> as IWorkflowExecuteAdditionalData;
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters.modelId');
	return await new AiImages().methods.listSearch[method].call(context, filter);
}
