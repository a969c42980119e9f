import { createAzure } from '@ai-sdk/azure';

import { asFile } from './ai-sdk-openai-compatible.mjs';

/** Vercel's AI SDK. It reads its options under the name of OpenAI. */
export default async function ({ model, prompt, inputs, mask, parameters = {} }, access) {
	const { n = 1, size, ...options } = parameters;
	const { images } = await createAzure({
		baseURL: `${access.baseUrl}/openai/v1`,
		apiKey: access.apiKey,
	})
		.image(model)
		.doGenerate({
			prompt,
			n,
			size,
			files: inputs.length > 0 ? inputs.map(asFile) : undefined,
			mask: mask && asFile(mask),
			providerOptions: { openai: options },
		});
	return images;
}
