import { createOpenAICompatible } from '@ai-sdk/openai-compatible';

import { spelled } from './openai.mjs';

/** Vercel's AI SDK for every service that speaks OpenAI's dialect. It sends options as they are. */
export default async function ({ model, prompt, inputs, mask, parameters = {} }, access) {
	const { n = 1, size, ...options } = parameters;
	const { images } = await createOpenAICompatible({
		name: 'compatible',
		baseURL: `${access.baseUrl}/v1`,
		apiKey: access.apiKey,
	})
		.imageModel(model)
		.doGenerate({
			prompt,
			n,
			size,
			files: inputs.length > 0 ? inputs.map(asFile) : undefined,
			mask: mask && asFile(mask),
			providerOptions: { compatible: spelled(options) },
		});
	return images;
}

export function asFile(data) {
	return { type: 'file', data: new Uint8Array(data), mediaType: 'image/png' };
}
