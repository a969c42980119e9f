import {
	NodeApiError,
	type ICredentialType,
	type IExecuteFunctions,
	type IN8nHttpFullResponse,
	type INodeExecutionData,
	type INodeType,
	type JsonObject,
} from 'n8n-workflow';
import type { Readable } from 'node:stream';
import { describeNode } from './engine/describeNode';

export const keyCredential: ICredentialType = {
	name: 'keyApi',
	displayName: 'Key API',
	properties: [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		{ displayName: 'Scheme', name: 'scheme', type: 'string', default: 'Bearer' },
	],
	authenticate: async ({ key, scheme }, request) => ({
		...request,
		headers: { ...request.headers, Authorization: `${String(scheme)} ${String(key)}` },
	}),
};

export const headerCredential: ICredentialType = {
	name: 'headerApi',
	displayName: 'Header API',
	properties: [
		{ displayName: 'Name', name: 'headerName', type: 'string', default: 'api-key' },
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
	],
	authenticate: {
		type: 'generic',
		properties: { headers: { '={{$credentials.headerName}}': '={{$credentials.key}}' } },
	},
};

/**
 * A node with the habits of ours, to try the engine on: it POSTs each item's prompt and mask to the
 * URL of its parameters and stores the response as a file. A status other than 200 is an error.
 */
export function exampleNode({ name: credentialType }: ICredentialType): INodeType {
	return {
		description: describeNode('Example', 'example', {
			credentials: [{ name: credentialType, required: true }],
			properties: [
				{ displayName: 'URL', name: 'url', type: 'string', default: '' },
				{ displayName: 'Operation', name: 'operation', type: 'string', default: 'generate' },
				{ displayName: 'Prompt', name: 'prompt', type: 'string', default: '' },
				{
					displayName: 'Mask',
					name: 'mask',
					type: 'string',
					default: '',
					displayOptions: { show: { operation: ['edit'] } },
				},
			],
		}),
		async execute() {
			const items: INodeExecutionData[] = [];
			for (const index of this.getInputData().keys()) {
				items.push(await postItem.call(this, credentialType, index));
			}
			return [items];
		},
	};
}

async function postItem(
	this: IExecuteFunctions,
	credentialType: string,
	index: number,
): Promise<INodeExecutionData> {
	const response = (await this.helpers.httpRequestWithAuthentication.call(this, credentialType, {
		method: 'POST',
		url: this.getNodeParameter('url', index) as string,
		body: {
			prompt: this.getNodeParameter('prompt', index),
			mask: this.getNodeParameter('mask', index, null),
		},
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	})) as IN8nHttpFullResponse;
	const file = await this.helpers.prepareBinaryData(
		response.body as Readable,
		`${index}.png`,
		'image/png',
	);
	if (response.statusCode === 200)
		return { json: {}, binary: { data: file }, pairedItem: { item: index } };
	const error = new NodeApiError(this.getNode(), { message: 'refused' } as JsonObject);
	if (!this.continueOnFail()) throw error;
	return { json: { error: error.message }, pairedItem: { item: index } };
}
