import { AiImagesApi } from '../../../credentials/AiImagesApi.credentials';

/** What the credential makes of an address, for a request to `/images/generations`. */
export async function called(baseUrl: string): Promise<string> {
	const { baseURL, qs } = await new AiImagesApi().authenticate(
		{ baseUrl, authentication: 'none' },
		{ url: '/images/generations' },
	);
	const query = new URLSearchParams(qs as Record<string, string>).toString();
	return `${baseURL}/images/generations${query && `?${query}`}`;
}

export const AZURE = 'https://res.openai.azure.com';
export const DEPLOYMENT = `${AZURE}/openai/deployments/my-image`;
export const OPENAI = 'https://api.openai.com/v1/images/generations';
