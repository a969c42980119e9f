import type {
	IConnections,
	ICredentialDataDecryptedObject,
	INode,
	INodeParameters,
	IPinData,
	IWorkflowSettings,
} from 'n8n-workflow';

import { withFamily } from '../withFamily';
import { leadsTo, workflowNode } from '../workflowNode';
import { AI_IMAGES_API } from './credentials';
import { AI_IMAGES_TYPE, MANUAL_TRIGGER_TYPE, type InputItem } from './nodes';

/** The parts of an exported workflow that the engine reads. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

export interface WorkflowRun {
	/** What the manual trigger emits. Default: one empty item. */
	items?: InputItem[];
	/** Plain credential data by credential type; the ids and names in the workflow do not matter. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** Aborting it presses n8n's stop button. */
	stop?: AbortSignal;
}

type NodeSettings = Pick<
	INode,
	'alwaysOutputData' | 'executeOnce' | 'maxTries' | 'onError' | 'retryOnFail' | 'waitBetweenTries'
>;

export interface NodeRun extends NodeSettings, Pick<WorkflowRun, 'items' | 'stop'> {
	parameters: INodeParameters;
	/** Plain data of the node's credential; without it none is selected. */
	credentials?: ICredentialDataDecryptedObject;
	/** Default `aiImagesApi`. */
	credentialType?: string;
	/** Full name of the node type. Default: AI Images. */
	type?: string;
	/** Workflow settings, e.g. `{ binaryMode: 'combined' }`. */
	settings?: IWorkflowSettings;
}

export const NODE_NAME = 'AI Images';

/** By default, tests see all that items can tell. */
export function inFull(parameters: INodeParameters): INodeParameters {
	const { options } = parameters;
	return { ...parameters, options: { simplify: false, ...(options as object | undefined) } };
}

/** Manual trigger → one node. */
export function singleNodeRun({
	items,
	stop,
	parameters,
	credentials,
	credentialType = AI_IMAGES_API,
	type = AI_IMAGES_TYPE,
	settings,
	...nodeSettings
}: NodeRun): { workflow: WorkflowJson; run: WorkflowRun } {
	const trigger = workflowNode('Manual Trigger', MANUAL_TRIGGER_TYPE, { id: 'trigger' });
	const node = workflowNode(NODE_NAME, type, {
		...nodeSettings,
		id: 'node',
		position: [200, 0],
		parameters: withFamily(inFull(parameters)),
	});
	if (credentials) node.credentials = { [credentialType]: { id: 'credential', name: 'Test' } };
	return {
		workflow: {
			nodes: [trigger, node],
			connections: { [trigger.name]: leadsTo(NODE_NAME) },
			settings: { executionOrder: 'v1', ...settings },
		},
		run: { items, stop, credentials: credentials && { [credentialType]: credentials } },
	};
}
