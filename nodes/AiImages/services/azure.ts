import { IMAGES_API, SDK, withParameters } from './imagesApi';
import type { Service } from './types';

/** OpenAI's newer name for end users is not in Azure's reference, `user` is. */
const REFERENCE =
	'https://github.com/MicrosoftDocs/azure-ai-docs (articles/foundry/openai/includes/dall-e-rest.md)';
const USER = { safetyIdentifier: 'user', user: 'user' } as const;
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
		generate: withParameters(IMAGES_API.endpoints.generate, USER),
		edit: withParameters(IMAGES_API.endpoints.edit, USER),
	},
	maker: 'openai',
	models: {},
} as const satisfies Service;
