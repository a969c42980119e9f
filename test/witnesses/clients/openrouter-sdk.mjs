import { OpenRouter } from '@openrouter/sdk';

/** OpenRouter's own client. */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const client = new OpenRouter({ apiKey, serverURL: `${baseUrl}/api/v1` });
	const references = inputs.map((data) => ({
		type: 'image_url',
		imageUrl: { url: `data:image/png;base64,${data.toString('base64')}` },
	}));
	const { n = 1, calls = 1, ...fields } = parameters;
	const images = [];
	for (let index = 0; index < calls; index++) {
		const response = await client.images.generate({
			imageGenerationRequest: {
				model,
				prompt,
				...(calls === 1 ? { n } : {}),
				...fields,
				...(references.length > 0 ? { inputReferences: references } : {}),
			},
		});
		images.push(...response.data.map((image) => image.b64Json));
	}
	return images;
}
