import { createGoogleGenerativeAI } from '@ai-sdk/google';

/** Vercel's AI SDK, whose image model makes one image per call. */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { n = 1, aspectRatio, resolution, seed, thinkingLevel } = parameters;
	const google = createGoogleGenerativeAI({ baseURL: `${baseUrl}/v1beta`, apiKey });
	const images = [];
	for (let index = 0; index < n; index++) {
		const result = await google.image(model).doGenerate({
			prompt,
			n: 1,
			size: undefined,
			aspectRatio,
			seed: seed === undefined ? undefined : seed + index,
			files: inputs.map((data) => ({
				type: 'file',
				data: new Uint8Array(data),
				mediaType: 'image/png',
			})),
			mask: undefined,
			providerOptions: {
				google: {
					...(resolution ? { imageConfig: { imageSize: resolution } } : {}),
					...(thinkingLevel ? { thinkingConfig: { thinkingLevel } } : {}),
				},
			},
		});
		images.push(...result.images);
	}
	return images;
}
