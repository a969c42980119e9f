import { AzureOpenAI } from 'openai';

import { carryOut } from './openai.mjs';

/** OpenAI's own client for Azure, which names the deployment in the path. */
export default async function (wish, { baseUrl, apiKey }) {
	const apiVersion = '2025-04-01-preview';
	return await carryOut(
		new AzureOpenAI({ endpoint: baseUrl, apiKey, apiVersion, maxRetries: 0 }),
		wish,
	);
}
