import OpenAI from 'openai';

/** OpenAI's client at a gateway that takes input images as JSON. */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { n = 1, size } = parameters;
	const client = new OpenAI({ apiKey, baseURL: `${baseUrl}/v1`, maxRetries: 0 });
	const fields = { model, prompt, n, ...(size ? { size } : {}), response_format: 'b64_json' };
	const images = inputs.map((data) => ({
		image_url: `data:image/png;base64,${data.toString('base64')}`,
	}));
	const { data } =
		images.length > 0
			? await client.post('/images/edits', { body: { ...fields, images } })
			: await client.images.generate(fields);
	return data.map((image) => image.b64_json);
}
