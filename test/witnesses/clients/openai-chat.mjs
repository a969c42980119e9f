import OpenAI from 'openai';

/** OpenAI's client for chats, with the fields that gateways add for images. */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { n = 1, aspectRatio, resolution, seed, user } = parameters;
	const client = new OpenAI({ apiKey, baseURL: `${baseUrl}/v1`, maxRetries: 0 });
	const pictures = inputs.map((data) => ({
		type: 'image_url',
		image_url: { url: `data:image/png;base64,${data.toString('base64')}` },
	}));
	const config = {
		...(aspectRatio ? { aspect_ratio: aspectRatio } : {}),
		...(resolution ? { image_size: resolution } : {}),
	};
	const images = [];
	for (let index = 0; index < n; index++) {
		const { choices } = await client.chat.completions.create({
			model,
			messages: [{ role: 'user', content: [{ type: 'text', text: prompt }, ...pictures] }],
			modalities: ['image', 'text'],
			...(Object.keys(config).length > 0 ? { image_config: config } : {}),
			...(seed === undefined ? {} : { seed: seed + index }),
			...(user ? { user } : {}),
		});
		images.push(await imageIn(choices[0].message));
	}
	return images;
}

/** From the list of images, or from the text. */
async function imageIn({ images = [], content }) {
	const url = images[0]?.image_url.url ?? /(?:data:image|https?:)[^)\s]+/.exec(content)?.[0];
	return Buffer.from(await (await fetch(url)).arrayBuffer());
}
