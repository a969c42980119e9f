import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { buildFields } from './fields';
import { MODELS } from './models';
import { OPERATIONS } from './fields/operations';
import { executeItems } from './execute';
import { searchModels } from './methods/searchModels';
import { testCredential } from './methods/testCredential';

/** The node. Its fields follow from the table of models, its requests from that of services. */
export class AiImages implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AI Images',
		name: 'aiImages',
		icon: { light: 'file:aiImages.svg', dark: 'file:aiImages.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ($parameter.operation === "edit" ? "Edit" : "Generate") + ": " + ($parameter.family === "other" ? ($parameter.modelId.value || "") : $parameter.model) }}',
		description: 'Generate and edit images with OpenAI, Gemini, FLUX, Seedream, Grok and more',
		defaults: { name: 'AI Images' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aiImagesApi', required: true, testedBy: 'testCredential' }],
		properties: buildFields(
			MODELS,
			Object.values(OPERATIONS),
			new Date().toISOString().slice(0, 10),
		),
	};

	methods = { listSearch: { searchModels }, credentialTest: { testCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeItems(this)];
	}
}
