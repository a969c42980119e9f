import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type {
	ICredentialType,
	INodeExecutionData,
	INodeType,
	NodeExecutionHint,
} from 'n8n-workflow';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadCredentialTypes } from './engine/credentials';
import { setEnvironment } from './engine/environment';
import { executeWorkflow, type WorkflowResult } from './engine/execution';
import { createNodeTypes } from './engine/nodes';
import {
	NODE_NAME,
	singleNodeRun,
	type NodeRun,
	type WorkflowJson,
	type WorkflowRun,
} from './engine/workflow';
import './nodeErrors';

export type { BinaryInput, InputItem } from './engine/nodes';
export type { NodeRun, WorkflowJson, WorkflowResult, WorkflowRun };

export interface EngineOptions {
	/** Where binary data lives: files (n8n's regular mode) or base64 in memory. Default `filesystem`. */
	binaryMode?: 'filesystem' | 'default';
	/** Variables that n8n reads at its start, e.g. `N8N_SSRF_PROTECTION_ENABLED`. */
	env?: Record<string, string>;
	/** Node types by full name, in addition to the manual trigger, the no-op node and AI Images. */
	nodeTypes?: Record<string, INodeType>;
	/** Credential types in addition to AI Images API. */
	credentialTypes?: ICredentialType[];
}

export interface NodeResult extends WorkflowResult {
	/** Per output of the node; with `continueErrorOutput` the errors are in the second. */
	outputs: INodeExecutionData[][];
	hints: NodeExecutionHint[];
}

export interface Engine {
	/** Manual trigger → one node named `AI Images`. */
	runWorkflow(run: NodeRun): Promise<NodeResult>;
	/** Any whole workflow that begins with a manual trigger. */
	runWorkflowJson(workflow: WorkflowJson, run?: WorkflowRun): Promise<WorkflowResult>;
	/** Folder under which filesystem mode keeps its files. */
	readonly storagePath: string;
}

/** An engine for a Jest file: started before its tests, closed after them. */
export function useEngine(options?: EngineOptions): Engine {
	let engine!: Awaited<ReturnType<typeof startEngine>>;
	beforeAll(async () => {
		engine = await startEngine(options);
	});
	afterAll(async () => await engine?.close());
	return {
		runWorkflow: async (run) => await engine.runWorkflow(run),
		runWorkflowJson: async (workflow, run) => await engine.runWorkflowJson(workflow, run),
		get storagePath() {
			return engine.storagePath;
		},
	};
}

/**
 * Starts n8n's published engine in this process, with a temporary n8n folder that `close()`
 * removes. One engine at a time: n8n keeps its services in one global container.
 *
 * Two things differ from n8n: expressions run in its `legacy` evaluator, and it cannot sniff the
 * type of a Buffer, both because Jest cannot load ES modules on the way.
 */
export async function startEngine(
	options: EngineOptions = {},
): Promise<Engine & { close(): Promise<void> }> {
	const userFolder = await mkdtemp(join(tmpdir(), 'ai-images-engine-'));
	const restoreEnvironment = setEnvironment({
		N8N_USER_FOLDER: userFolder,
		N8N_DEFAULT_BINARY_DATA_MODE: options.binaryMode ?? 'filesystem',
		N8N_LOG_LEVEL: 'silent',
		...options.env,
	});
	Container.reset();
	await Container.get(BinaryDataService).init();

	const runWorkflowJson: Engine['runWorkflowJson'] = async (workflow, run = {}) =>
		await executeWorkflow({
			workflow,
			nodeTypes: await createNodeTypes(workflow, run.items ?? [{}], options.nodeTypes),
			credentialTypes: await loadCredentialTypes(workflow, options.credentialTypes),
			credentials: run.credentials ?? {},
			stop: run.stop,
		});

	return {
		storagePath: join(userFolder, '.n8n', 'storage'),
		runWorkflowJson,
		async runWorkflow(nodeRun) {
			const { workflow, run } = singleNodeRun(nodeRun);
			const result = await runWorkflowJson(workflow, run);
			return { ...result, outputs: result.outputsOf(NODE_NAME), hints: result.hintsOf(NODE_NAME) };
		},
		async close() {
			restoreEnvironment();
			Container.reset();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
}
