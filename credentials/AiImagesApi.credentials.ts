import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import {
	addressField,
	CUSTOM_AUTHENTICATION,
	DETECT,
	mayReach,
	resolveCredential,
	withCredential,
} from '../nodes/AiImages/services/access';
import { OPENAI } from '../nodes/AiImages/services/openai';
import { SERVICES } from '../nodes/AiImages/services/table';
import type { Service } from '../nodes/AiImages/services/types';

/** The services whose rows have something, by their values of *Service*. */
function servicesWith(has: (service: Service) => boolean): string[] {
	const services: Array<[string, Service]> = Object.entries(SERVICES);
	return services.flatMap(([id, service]) => (has(service) ? id : []));
}

/** The address of a service: needed where it has no fixed one. */
function addressOf([id, { displayName, baseUrl, apiVersion }]: [string, Service]): INodeProperties {
	const example = apiVersion ? 'https://my-resource.openai.azure.com' : 'http://localhost:4000/v1';
	return {
		displayName: 'Base URL',
		name: addressField(id),
		type: 'string',
		default: '',
		placeholder: `e.g. ${baseUrl ?? example}`,
		...(baseUrl === null ? { required: true } : {}),
		description:
			baseUrl === null
				? `Address of your ${displayName} service`
				: `Only needed for another address than ${baseUrl}. The key is sent there alone.`,
		displayOptions: { show: { service: [id] } },
	};
}

/** Key and address of a service that makes images. */
export class AiImagesApi implements ICredentialType {
	name = 'aiImagesApi';

	displayName = 'AI Images API';

	icon: Icon = { light: 'file:aiImagesApi.svg', dark: 'file:aiImagesApi.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-ai-images#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Service',
			name: 'service',
			type: 'options',
			options: [
				{
					name: 'Detect From Base URL',
					value: DETECT,
					description: 'OpenAI, any service below, or a server that speaks its API',
				},
				...Object.entries(SERVICES).map(([value, { displayName: name }]) => ({ name, value })),
			],
			default: DETECT,
			description: 'Which service the key belongs to',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: "Leave empty if the service doesn't require a key",
		},
		{
			displayName: 'Base URL',
			name: addressField(DETECT),
			type: 'string',
			default: OPENAI.baseUrl,
			placeholder: `e.g. ${OPENAI.baseUrl} or https://openrouter.ai/api/v1`,
			description:
				'Base URL of the API. Change it to use another service, a gateway or a self-hosted server. The version (/v1) is optional.',
			displayOptions: { show: { service: [DETECT] } },
		},
		...Object.entries<Service>(SERVICES).map(addressOf),
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2025-04-01-preview',
			description: 'Leave empty for the v1 API, which needs no version',
			displayOptions: { show: { service: servicesWith(({ apiVersion }) => Boolean(apiVersion)) } },
		},
		{
			displayName: 'Deployments',
			name: 'deployments',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. {"gpt-image-2": "my-deployment"}',
			description:
				'Names of your deployments by model, as a JSON object. Only needed where they differ.',
			displayOptions: { show: { service: servicesWith(({ apiVersion }) => Boolean(apiVersion)) } },
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Bearer Token',
					value: 'bearer',
					description: 'Send the key as a bearer token, or as the detected service wants it',
				},
				{ name: 'Header', value: 'header', description: 'Send the key in a custom header' },
				{ name: 'None', value: 'none', description: 'Send no key, e.g. to a local server' },
			],
			default: 'bearer',
			displayOptions: { show: { service: [...CUSTOM_AUTHENTICATION] } },
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'api-key',
			placeholder: 'e.g. api-key',
			description: 'Name of the header to send the key in',
			displayOptions: {
				show: { service: [...CUSTOM_AUTHENTICATION], authentication: ['header'] },
			},
		},
		...(['Organization ID', 'Project ID'] as const).map((displayName): INodeProperties => {
			const isProject = displayName === 'Project ID';
			return {
				displayName,
				name: isProject ? 'project' : 'organization',
				type: 'string',
				default: '',
				placeholder: isProject ? 'e.g. proj_…' : 'e.g. org-…',
				description: `Only needed if your key has access to multiple ${isProject ? 'projects' : 'organizations'}`,
				displayOptions: {
					show: {
						service: [DETECT, ...servicesWith(({ accountHeaders }) => Boolean(accountHeaders))],
					},
				},
			};
		}),
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
		const resolved = resolveCredential(credentials);
		// The request helper ignores the base URL if the request has an absolute URL.
		if (!mayReach(resolved, new URL(request.url, resolved.baseURL))) {
			throw new Error(
				"The API key is only sent to the host of 'Base URL' in the credential, and this request goes to another host",
			);
		}
		return withCredential(resolved, request);
	}
}
