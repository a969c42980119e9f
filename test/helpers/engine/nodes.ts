import {
	NodeHelpers,
	UnexpectedError,
	type IBinaryKeyData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type ITriggerFunctions,
} from 'n8n-workflow';
import { describeNode } from './describeNode';

export const AI_IMAGES_TYPE = 'n8n-nodes-ai-images.aiImages';
export const MANUAL_TRIGGER_TYPE = 'n8n-nodes-base.manualTrigger';
export const NO_OP_TYPE = 'n8n-nodes-base.noOp';

export interface BinaryInput {
	data: Buffer;
	mimeType: string;
	/** File name with extension. */
	fileName?: string;
}

export interface InputItem {
	json?: IDataObject;
	/** Files by binary field; they are put into n8n's binary store before the workflow sees them. */
	binary?: Record<string, BinaryInput>;
}

/**
 * The node types of one execution. AI Images is imported only if the workflow contains it and the
 * caller provides no type of that name, so the engine can be used on its own.
 */
export async function createNodeTypes(
	workflow: { nodes: INode[] },
	items: InputItem[],
	additional: Record<string, INodeType> = {},
): Promise<INodeTypes> {
	const types: Record<string, INodeType> = {
		[MANUAL_TRIGGER_TYPE]: manualTrigger(() => items, storeItem),
		[NO_OP_TYPE]: noOp,
		...additional,
	};
	if (!types[AI_IMAGES_TYPE] && workflow.nodes.some(({ type }) => type === AI_IMAGES_TYPE)) {
		const { AiImages } = await import('../../../nodes/AiImages/AiImages.node.ts');
		types[AI_IMAGES_TYPE] = new AiImages();
	}
	const getByName = (name: string): INodeType => {
		const type = types[name];
		if (!type) throw new UnexpectedError(`The test engine has no node type "${name}"`);
		return type;
	};
	return {
		getByName,
		getByNameAndVersion: (name, version) =>
			NodeHelpers.getVersionedNodeType(getByName(name), version),
		getKnownTypes: () => ({}),
	};
}

/**
 * A manual trigger that emits one item for each of these.
 *
 * @param toItem makes the item that n8n sees, and may put files into its store
 */
export function manualTrigger<Item>(
	items: () => readonly Item[],
	toItem: (functions: ITriggerFunctions, item: Item) => Promise<INodeExecutionData>,
): INodeType {
	return {
		description: describeNode('Manual Trigger', 'manualTrigger', {
			group: ['trigger'],
			inputs: [],
		}),
		async trigger(this: ITriggerFunctions) {
			return {
				manualTriggerFunction: async () =>
					this.emit([await Promise.all(items().map(async (item) => await toItem(this, item)))]),
			};
		},
	};
}

async function storeItem(
	{ helpers }: ITriggerFunctions,
	{ json = {}, binary }: InputItem,
): Promise<INodeExecutionData> {
	if (!binary) return { json };
	const stored: IBinaryKeyData = {};
	for (const [field, { data, fileName, mimeType }] of Object.entries(binary)) {
		stored[field] = await helpers.prepareBinaryData(data, fileName, mimeType);
	}
	return { json, binary: stored };
}

/** Hands its items on: a node to connect an output to. */
const noOp: INodeType = {
	description: describeNode('No Operation, do nothing', 'noOp', { group: ['organization'] }),
	async execute() {
		return [this.getInputData()];
	},
};
