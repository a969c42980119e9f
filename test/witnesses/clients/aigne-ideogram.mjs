import { IdeogramImageModel } from '@aigne/ideogram';

const send = globalThis.fetch;

/** The client takes the origin of an address, but not its path. */
export default async function ({ prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { origin } = new URL(baseUrl);
	globalThis.fetch = async (address, options) =>
		await send(String(address).replace(origin, baseUrl), options);
	const client = new IdeogramImageModel({ apiKey, baseURL: baseUrl });
	const image = inputs.map((data) => ({
		type: 'file',
		data: data.toString('base64'),
		mimeType: 'image/png',
	}));
	const { images } = await client.process({
		prompt,
		...parameters,
		...(image.length > 0 ? { image } : {}),
	});
	const files = images.map(async ({ url }) => await (await send(url)).arrayBuffer());
	return await Promise.all(files);
}
