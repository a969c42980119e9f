import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { resolveCredential } from '../nodes/AiImages/services/access';
import { OPENAI } from '../nodes/AiImages/services/openai';

/** Key and address of OpenAI, or of any API that is compatible with it. */
export class AiImagesApi implements ICredentialType {
	name = 'aiImagesApi';

	displayName = 'AI Images API';

	icon: Icon = { light: 'file:aiImagesApi.svg', dark: 'file:aiImagesApi.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-ai-images#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: OPENAI.baseUrl,
			description:
				'Address of the API, with or without /v1. Change it for a gateway or a server of your own',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Bearer Token', value: 'bearer', description: 'Authorization: Bearer KEY' },
				{ name: 'Header', value: 'header', description: 'The key in a header of its own' },
				{ name: 'None', value: 'none', description: 'For local servers without a key' },
			],
			default: 'bearer',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'May stay empty for servers without a key',
			displayOptions: { show: { authentication: ['bearer', 'header'] } },
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'api-key',
			description: 'The header that carries the key',
			displayOptions: { show: { authentication: ['header'] } },
		},
		{
			displayName: 'Organization ID',
			name: 'organization',
			type: 'string',
			default: '',
			placeholder: 'e.g. org-…',
			description: 'For keys that belong to more than one organization. Sent only if filled in',
		},
		{
			displayName: 'Project ID',
			name: 'project',
			type: 'string',
			default: '',
			placeholder: 'e.g. proj_…',
			description: 'For keys that belong to more than one project. Sent only if filled in',
		},
		{
			displayName: 'Extra Headers',
			name: 'extraHeaders',
			type: 'json',
			default: '{}',
			description: 'More headers to send with every request, as a JSON object of texts',
		},
	];

	/** Adds address and headers to a request whose `url` is a path of the API. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { baseURL, qs, headers } = resolveCredential(credentials);
		// The request helper ignores the base URL if the request has an absolute URL.
		if (new URL(request.url, baseURL).origin !== new URL(baseURL).origin) {
			throw new Error('The request leads to another server than the credential, which gets no key');
		}
		return {
			...request,
			baseURL,
			// The key must not reach any other server, whatever this one responds.
			disableFollowRedirect: true,
			qs: { ...request.qs, ...qs },
			headers: { ...request.headers, ...headers },
		};
	}
}
