import { createXai } from '@ai-sdk/xai';

/** Vercel's AI SDK. */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { n = 1, aspectRatio, resolution, quality, user } = parameters;
	const { images } = await createXai({ baseURL: `${baseUrl}/v1`, apiKey })
		.image(model)
		.doGenerate({
			prompt,
			n,
			size: undefined,
			aspectRatio,
			seed: undefined,
			files: inputs.map((data) => ({
				type: 'file',
				data: new Uint8Array(data),
				mediaType: 'image/png',
			})),
			mask: undefined,
			providerOptions: { xai: { resolution, quality, user } },
		});
	return images;
}
