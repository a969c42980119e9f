import type { N8nClient } from '../../../demo/host/client.ts';
import type { Api } from '../contestants/types.ts';
import type { Dialect } from '../rows.ts';
import type { BenchService } from '../service.ts';

/** Makes a credential of each type, with the address of a service. */
export async function createApi(
	client: N8nClient,
	{ url }: BenchService,
	service: Dialect = 'openai',
): Promise<Api> {
	const baseUrl = `${url}/v1`;
	const apiKey = 'bench';
	const create = async (type: string, data: object) => ({
		id: await client.createCredential(type, type, data),
		name: type,
	});
	const access = {
		openai: { baseUrl, authentication: 'bearer' },
		google: { service, googleBaseUrl: `${url}/google/v1beta` },
		xai: { service, xaiBaseUrl: `${url}/xai/v1` },
	};
	return {
		baseUrl,
		credentials: {
			openAiApi: await create('openAiApi', { apiKey, url: baseUrl, header: false }),
			googlePalmApi: await create('googlePalmApi', { apiKey, host: `${url}/google` }),
			aiImagesApi: await create('aiImagesApi', { apiKey, ...access[service] }),
		},
	};
}
