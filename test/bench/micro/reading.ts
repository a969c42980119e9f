import { createRequire } from 'node:module';
import type * as Core from 'n8n-core';
import type * as N8n from 'n8n-workflow';
import type {
	INode,
	INodeTypes,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { Parts } from './parts.ts';

/**
 * Reads and validates items through the context that n8n gives to a node.
 * @param userFolder where n8n's core saves its settings
 * @returns milliseconds per item, of reading and of validating
 */
export async function measureReading(
	{ AiImages, readItem, validate, OPENAI }: Parts,
	count: number,
	userFolder: string,
): Promise<{ reading: number; validating: number }> {
	process.env.N8N_USER_FOLDER = userFolder;
	const context = contextFor(new AiImages(), count);
	// The first items compile.
	for (let item = 0; item < count; item++) validate(await readItem(context, item, OPENAI));

	const started = performance.now();
	const requests = [];
	for (let item = 0; item < count; item++) requests.push(await readItem(context, item, OPENAI));
	const read = performance.now();
	for (const request of requests) validate(request);
	const validated = performance.now();
	return { reading: (read - started) / count, validating: (validated - read) / count };
}

function contextFor(type: InstanceType<Parts['AiImages']>, count: number): Core.ExecuteContext {
	// The packages' ES modules lack extensions in their imports, so that Node.js cannot load them.
	const load = createRequire(import.meta.url);
	const { ExecuteContext } = load('n8n-core') as typeof Core;
	const { Workflow } = load('n8n-workflow') as typeof N8n;
	const node: INode = {
		id: '1',
		name: 'AI Images',
		type: 'n8n-nodes-ai-images.aiImages',
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			operation: 'generate',
			model: 'gpt-image-1',
			prompt: '={{ $json.prompt }}',
			n: 1,
			size: '1024x1024',
			quality: 'high',
			options: { parallelRequests: 20 },
		},
	};
	const nodeTypes: INodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: '1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	const items = Array.from({ length: count }, (_, index) => ({
		json: { prompt: `A cat with ${index + 1} hats` },
	}));
	const input = { main: [items] };
	return new ExecuteContext(
		workflow,
		node,
		{ variables: {}, executionId: '1' } as unknown as IWorkflowExecuteAdditionalData,
		'manual',
		{ version: 1, resultData: { runData: {} } } as unknown as IRunExecutionData,
		0,
		items,
		input,
		{ node, data: input, source: null },
		[],
	);
}
