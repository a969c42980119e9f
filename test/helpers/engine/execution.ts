import { Container } from '@n8n/di';
import {
	BinaryDataService,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	WorkflowExecute,
} from 'n8n-core';
import {
	UnexpectedError,
	Workflow,
	type ExecutionError,
	type ExecutionStatus,
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INodeExecutionData,
	type INodeTypes,
	type IRun,
	type IRunData,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { EngineCredentials } from './credentials';
import type { WorkflowJson } from './workflow';

export interface WorkflowResult {
	executionId: string;
	status: ExecutionStatus;
	/** The error that ended the execution: a plain copy with name, message and stack, as n8n saves it. */
	error?: ExecutionError;
	runData: IRunData;
	/** What nodes keep in the execution, for a retry of it among others. */
	contextData: unknown;
	/** What a node's last run gave, per output: items, or an empty list. */
	outputsOf(nodeName: string): INodeExecutionData[][];
	hintsOf(nodeName: string): NodeExecutionHint[];
	/** Bytes of a binary field (default `data`), wherever the binary mode put it. Throws without one. */
	binary(item: INodeExecutionData | undefined, field?: string): Promise<Buffer>;
}

interface Execution {
	workflow: WorkflowJson;
	nodeTypes: INodeTypes;
	credentialTypes: ICredentialType[];
	credentials: Record<string, ICredentialDataDecryptedObject>;
	stop?: AbortSignal;
}

/** Executes a workflow as n8n does after a click on "Execute workflow" and waits for its end. */
export async function executeWorkflow(execution: Execution): Promise<WorkflowResult> {
	const { nodes, connections, settings, pinData, ...named } = execution.workflow;
	const { id = 'workflow', name = 'Test workflow' } = named;
	// The engine writes into nodes and items: the caller's workflow stays as it was.
	const content = structuredClone({ nodes, connections, settings, pinData });
	const workflow = new Workflow({
		...content,
		id,
		name,
		active: false,
		nodeTypes: execution.nodeTypes,
	});
	const executionId = randomUUID();
	const additionalData = createAdditionalData(execution, executionId, {
		...content,
		id,
		name,
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
	});

	const running = new WorkflowExecute(additionalData, 'manual').run({
		workflow,
		pinData: content.pinData,
	});
	const pressStop = () => running.cancel();
	if (execution.stop?.aborted) pressStop();
	execution.stop?.addEventListener('abort', pressStop);
	try {
		return toResult(executionId, await running);
	} finally {
		execution.stop?.removeEventListener('abort', pressStop);
	}
}

function createAdditionalData(
	{ credentialTypes, credentials }: Execution,
	executionId: string,
	workflowData: ExecutionLifecycleHooks['workflowData'],
): IWorkflowExecuteAdditionalData {
	const baseUrl = 'http://localhost:5678/';
	return {
		executionId,
		credentialsHelper: new EngineCredentials(credentialTypes, credentials),
		hooks: new ExecutionLifecycleHooks('manual', executionId, workflowData),
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${baseUrl}rest`,
		instanceBaseUrl: baseUrl,
		formBaseUrl: `${baseUrl}form`,
		formWaitingBaseUrl: `${baseUrl}form-waiting`,
		formTestBaseUrl: `${baseUrl}form-test`,
		webhookBaseUrl: `${baseUrl}webhook`,
		webhookWaitingBaseUrl: `${baseUrl}webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}webhook-test`,
		mcpBaseUrl: `${baseUrl}mcp`,
		mcpTestBaseUrl: `${baseUrl}mcp-test`,
		logAiEvent: () => {},
		executeWorkflow: async () => await unavailable('sub-workflows'),
		getRunExecutionData: async () => await unavailable('other executions'),
		getRuntimeCredential: async () => await unavailable('runtime credentials'),
		startRunnerTask: async () => await unavailable('task runners'),
	};
}

async function unavailable(what: string): Promise<never> {
	throw new UnexpectedError(`The test engine has no ${what}`);
}

function toResult(executionId: string, { data, status }: IRun): WorkflowResult {
	const { runData, error } = data.resultData;
	const lastRunOf = (nodeName: string) => runData[nodeName]?.at(-1);
	return {
		executionId,
		status,
		error,
		runData,
		contextData: data.executionData?.contextData,
		outputsOf: (nodeName) => (lastRunOf(nodeName)?.data?.main ?? []).map((items) => items ?? []),
		hintsOf: (nodeName) => lastRunOf(nodeName)?.hints ?? [],
		binary: async (item, field = 'data') =>
			await Container.get(BinaryDataService).getAsBuffer(binaryField(item, field)),
	};
}

/** Workflows with `binaryMode: 'combined'` carry their files in `json._files`. */
function binaryField(item: INodeExecutionData | undefined, field: string): IBinaryData {
	const combined = item?.json._files as Record<string, IBinaryData> | undefined;
	const binary = item?.binary?.[field] ?? combined?.[field];
	if (!binary) throw new UnexpectedError(`The item has no binary field "${field}"`);
	return binary;
}
