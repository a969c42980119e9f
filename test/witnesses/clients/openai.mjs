import OpenAI, { toFile } from 'openai';

/** OpenAI's own client. */
export default async function (wish, { baseUrl, apiKey }) {
	return await carryOut(new OpenAI({ baseURL: `${baseUrl}/v1`, apiKey, maxRetries: 0 }), wish);
}

/** @param client OpenAI's client, or one that is derived from it */
export async function carryOut(
	client,
	{ operation, model, prompt, inputs, mask, parameters = {} },
) {
	const body = { model, prompt, ...spelled(parameters) };
	if (operation === 'generate') return await imagesOf(await client.images.generate(body));
	const files = await Promise.all(inputs.map(asFile('input')));
	const edit = {
		...body,
		image: files.length === 1 ? files[0] : files,
		mask: mask && (await asFile('mask')(mask, 0)),
	};
	return await imagesOf(await client.images.edit(edit));
}

/** The API writes the node's names in snake case. */
export function spelled(parameters) {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => [
			name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
			value,
		]),
	);
}

const asFile = (stem) => async (bytes, index) =>
	await toFile(bytes, `${stem}-${index}.png`, { type: 'image/png' });

/** @param response the images, or a stream of events */
async function imagesOf(response) {
	if (response.data) return response.data.map(({ b64_json }) => b64_json);
	const images = [];
	for await (const { type, b64_json } of response) {
		if (type.endsWith('.completed')) images.push(b64_json);
	}
	return images;
}
