import { createByteDance } from '@ai-sdk/bytedance';

/** Vercel's AI SDK, which makes one call for each picture: `maxImagesPerCall` is 1. */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { n = 1, size, watermark, outputFormat } = parameters;
	const call = {
		prompt,
		n: 1,
		size,
		aspectRatio: undefined,
		seed: undefined,
		files: inputs.map((data) => ({
			type: 'file',
			data: new Uint8Array(data),
			mediaType: 'image/png',
		})),
		mask: undefined,
		providerOptions: { bytedance: { watermark, outputFormat } },
	};
	const image = createByteDance({ baseURL: `${baseUrl}/api/v3`, apiKey }).image(model);
	const results = await Promise.all(Array.from({ length: n }, () => image.doGenerate(call)));
	return results.flatMap(({ images }) => images);
}
