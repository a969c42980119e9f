import { IMAGES_API, SDK, withParameters } from './imagesApi';
import type { Endpoint, Service } from './types';

/** OpenAI's newer name for end users is not in Azure's reference, `user` is. */
const REFERENCE =
	'https://github.com/MicrosoftDocs/azure-ai-docs (articles/foundry/openai/includes/dall-e-rest.md)';
const PARAMETERS = {
	safetyIdentifier: 'user',
	user: 'user',
	// PNG and JPEG alone (REFERENCE).
	outputFormat: {
		fields: ['output_format'],
		spell: (format) => (format === 'webp' ? [] : [format]),
	},
} as const satisfies Endpoint['parameters'];
const VERSIONS = 'https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle';

/** OpenAI's models at Azure, under the names of the account's deployments. */
export const AZURE = {
	...IMAGES_API,
	displayName: 'Azure OpenAI',
	sentenceName: 'Azure OpenAI',
	sources: [
		SDK,
		VERSIONS,
		REFERENCE,
		'https://learn.microsoft.com/azure/ai-services/openai/how-to/dall-e',
	],
	keyPage: 'https://portal.azure.com',
	recognizedBy: /^[^/]+\.(?:openai|services\.ai|cognitiveservices)\.azure\.com(?::\d+)?\//,
	baseUrl: null,
	// A token of Microsoft Entra ID goes into another header than a key.
	auth: { header: 'api-key', bearer: /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/ },
	apiVersion: {
		query: 'api-version',
		base: { dated: '/openai', undated: '/openai/v1' },
		prefix: '/deployments/{model}',
	},
	endpoints: {
		generate: withParameters(IMAGES_API.endpoints.generate, PARAMETERS),
		edit: withParameters(IMAGES_API.endpoints.edit, PARAMETERS),
	},
	// "Less than 4 MB" (REFERENCE).
	limits: { maskBytes: 4_000_000 },
	maker: 'openai',
	models: {},
	// https://learn.microsoft.com/azure/ai-foundry/openai/how-to/troubleshoot
	errorCodes: {
		...IMAGES_API.errorCodes,
		deployment: ['DeploymentNotFound', 'OperationNotSupported'],
	},
} as const satisfies Service;
