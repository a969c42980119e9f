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
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: "Leave empty if the API doesn't require a key",
			displayOptions: { show: { authentication: ['bearer', 'header'] } },
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: OPENAI.baseUrl,
			placeholder: `e.g. ${OPENAI.baseUrl} or https://openrouter.ai/api/v1`,
			description:
				'Base URL of the API. Change it to use a gateway or a self-hosted server. The version (/v1) is optional.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Bearer Token',
					value: 'bearer',
					description: 'Send the key as a bearer token in the Authorization header',
				},
				{ name: 'Header', value: 'header', description: 'Send the key in a custom header' },
				{ name: 'None', value: 'none', description: 'Send no key, e.g. to a local server' },
			],
			default: 'bearer',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'api-key',
			placeholder: 'e.g. api-key',
			description: 'Name of the header to send the key in',
			displayOptions: { show: { authentication: ['header'] } },
		},
		{
			displayName: 'Organization ID',
			name: 'organization',
			type: 'string',
			default: '',
			placeholder: 'e.g. org-…',
			description: 'Only needed if your key has access to multiple organizations',
		},
		{
			displayName: 'Project ID',
			name: 'project',
			type: 'string',
			default: '',
			placeholder: 'e.g. proj_…',
			description: 'Only needed if your key has access to multiple projects',
		},
		{
			displayName: 'Extra Headers',
			name: 'extraHeaders',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. {"X-Title": "n8n"}',
			description: 'Headers to add to every request, as a JSON object',
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
			throw new Error(
				"The API key is only sent to the host of 'Base URL' in the credential, and this request goes to another host",
			);
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
