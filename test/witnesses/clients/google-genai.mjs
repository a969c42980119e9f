import { GoogleGenAI } from '@google/genai';

/** Google's own client, which asks for one image at a time. */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { n = 1, aspectRatio, resolution, seed, thinkingLevel } = parameters;
	const google = new GoogleGenAI({ apiKey, httpOptions: { baseUrl, apiVersion: 'v1beta' } });
	const images = inputs.map((data) => ({
		inlineData: { mimeType: 'image/png', data: data.toString('base64') },
	}));
	const request = {
		model,
		contents: [{ role: 'user', parts: [{ text: prompt }, ...images] }],
		config: {
			responseModalities: ['IMAGE'],
			...(aspectRatio || resolution ? { imageConfig: { aspectRatio, imageSize: resolution } } : {}),
			...(thinkingLevel ? { thinkingConfig: { thinkingLevel: thinkingLevel.toUpperCase() } } : {}),
			...(seed === undefined ? {} : { seed }),
		},
	};
	const responses = [];
	for (let index = 0; index < n; index++) {
		const config = seed === undefined ? request.config : { ...request.config, seed: seed + index };
		responses.push(await google.models.generateContent({ ...request, config }));
	}
	return responses.map((response) => response.data);
}
