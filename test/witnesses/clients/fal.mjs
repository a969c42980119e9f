import { fal } from '@fal-ai/client';

/** fal's own client. It speaks to fal's hosts alone, so its requests are led to the image service. */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { n = 1, single, calls = 1, ...fields } = parameters;
	fal.config({
		credentials: apiKey,
		requestMiddleware: async (request) => ({
			...request,
			url: request.url.replace('https://queue.fal.run', baseUrl),
		}),
	});
	const links = inputs.map((input) => `data:image/png;base64,${input.toString('base64')}`);
	const input = {
		prompt,
		...fields,
		...(n > 1 && calls === 1 && { num_images: n }),
		...(single && { image_url: links[0] }),
		...(!single && links.length > 0 && { image_urls: links }),
	};
	const results = [];
	for (let call = 0; call < calls; call++) {
		const { data } = await fal.subscribe(model, { input, pollInterval: 50 });
		results.push(...data.images);
	}
	return await Promise.all(
		results.map(async ({ url }) => Buffer.from(await (await fetch(url)).arrayBuffer())),
	);
}
