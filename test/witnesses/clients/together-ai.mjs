import Together from 'together-ai';

/** Together AI's own client. */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { oneImage, ...fields } = parameters;
	const together = new Together({ baseURL: `${baseUrl}/v1`, apiKey, maxRetries: 0 });
	const links = inputs.map((input) => `data:image/png;base64,${input.toString('base64')}`);
	const { data } = await together.images.generate({
		model,
		prompt,
		...fields,
		response_format: 'base64',
		...(oneImage && { image_url: links[0] }),
		...(!oneImage && links.length > 0 && { reference_images: links }),
	});
	return data.map((image) => image.b64_json);
}
