import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Di from '@n8n/di';
import type * as Core from 'n8n-core';
import type * as N8n from 'n8n-workflow';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	INode,
	INodeTypes,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { AiImagesApi } from '../../../credentials/AiImagesApi.credentials.ts';
import type { AiImages } from '../../../nodes/AiImages/AiImages.node.ts';

/** What the parent process asks for. */
export interface JobTask {
	by: 'node' | 'loop';
	/** Of the image service. */
	url: string;
	/** The package with its `dist`, and with its packages. */
	packageFolder: string;
	/** Where n8n keeps the images. */
	userFolder: string;
	jobs: number;
	/** Milliseconds that each job takes. */
	milliseconds: number;
}

/** What n8n gives to a node, with the node of the package and a credential. */
export interface Prepared {
	type: AiImages;
	context: Core.ExecuteContext;
	credentials: ICredentialDataDecryptedObject;
}

// The packages' ES modules lack extensions in their imports, so that Node.js cannot load them.
const load = createRequire(import.meta.url);

let type: AiImages | undefined;

const PARAMETERS = {
	...{ operation: 'generate', family: 'flux', model: 'flux-2-pro' },
	...{ sizeType: 'preset', size: '1024x1024', prompt: '={{ $json.prompt }}', n: 1 },
	options: { parallelRequests: 100 },
};

export async function prepareContext(task: JobTask): Promise<Prepared> {
	process.env.N8N_USER_FOLDER = task.userFolder;
	process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';
	const { Container } = load('@n8n/di') as typeof Di;
	const { BinaryDataService, ExecuteContext } = load('n8n-core') as typeof Core;
	const { Workflow } = load('n8n-workflow') as typeof N8n;
	await Container.get(BinaryDataService).init();
	const dist = createRequire(path.join(task.packageFolder, 'dist', 'index.js'));
	const { AiImages: Type } = dist('./nodes/AiImages/AiImages.node.js') as {
		AiImages: typeof AiImages;
	};
	// Its description is made once, when n8n starts.
	type ??= new Type();
	const node: INode = {
		...{ id: '1', name: 'AI Images', type: 'n8n-nodes-ai-images.aiImages', typeVersion: 1 },
		position: [0, 0],
		parameters: PARAMETERS,
		credentials: { aiImagesApi: { id: '1', name: 'Bench' } },
	};
	const own = type;
	const nodeTypes: INodeTypes = {
		getByName: () => own,
		getByNameAndVersion: () => own,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: '1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	const items = Array.from({ length: task.jobs }, (_, index) => ({
		json: { prompt: `Cat ${index + 1}, takes ${task.milliseconds} ms` },
	}));
	const input = { main: [items] };
	const credentials = {
		...{ service: 'blackForestLabs', apiKey: 'bench', extraHeaders: '{}' },
		blackForestLabsBaseUrl: `${task.url}/bfl`,
	};
	const context = new ExecuteContext(
		workflow,
		node,
		{
			...{ variables: {}, executionId: '1' },
			credentialsHelper: credentialsHelper(dist, credentials),
		} as unknown as IWorkflowExecuteAdditionalData,
		'manual',
		{
			...{ version: 1, resultData: { runData: {} } },
			executionData: { contextData: {} },
		} as unknown as IRunExecutionData,
		0,
		items,
		input,
		{ node, data: input, source: null },
		[],
		new AbortController().signal,
	);
	return { type: own, context, credentials };
}

/** n8n's own helper without its database. */
function credentialsHelper(dist: NodeJS.Require, data: ICredentialDataDecryptedObject) {
	const { AiImagesApi: Type } = dist('./credentials/AiImagesApi.credentials.js') as {
		AiImagesApi: typeof AiImagesApi;
	};
	const authenticate = new Type().authenticate as Extract<IAuthenticate, Function>;
	return {
		isCredentialUsableByNode: () => true,
		getParentTypes: () => [],
		getDecrypted: async () => data,
		preAuthentication: async () => undefined,
		authenticate: async (
			credentials: ICredentialDataDecryptedObject,
			_: string,
			request: IHttpRequestOptions,
		) => await authenticate(credentials, request),
	};
}
