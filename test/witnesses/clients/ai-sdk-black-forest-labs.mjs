import { createBlackForestLabs } from '@ai-sdk/black-forest-labs';
import sharp from 'sharp';

/** Vercel's AI SDK. It makes one image at a time. */
export default async function (
	{ model, prompt, inputs, mask, parameters = {} },
	{ baseUrl, apiKey },
) {
	const { n = 1, aspectRatio, seed, ...options } = parameters;
	const client = createBlackForestLabs({
		baseURL: `${baseUrl}/v1`,
		apiKey,
		fetch: async (...request) => await withLinksOf(baseUrl, await fetch(...request)),
	}).image(model);
	const results = [];
	for (let index = 0; index < n; index++) {
		const { images } = await client.doGenerate({
			prompt,
			n: 1,
			size: undefined,
			aspectRatio,
			seed,
			files: inputs.map((data) => ({
				type: 'file',
				data: new Uint8Array(data),
				mediaType: 'image/png',
			})),
			mask: mask && { type: 'file', data: await white(mask), mediaType: 'image/png' },
			providerOptions: { blackForestLabs: options },
		});
		results.push(...images);
	}
	return results;
}

/** The client downloads from no other loopback address than the API's, which has the files, too. */
async function withLinksOf(baseUrl, response) {
	if (!/json/.test(response.headers.get('content-type') ?? '')) return response;
	const text = await response.text();
	const { origin } = new URL(baseUrl);
	const here = text.replace(/http:\/\/[^/"]+(?=\/files\/)/g, origin);
	return new Response(here, { status: response.status, headers: response.headers });
}

/** White where the mask is transparent, as the service wants it. */
async function white(mask) {
	const png = await sharp(mask).extractChannel('alpha').negate().png().toBuffer();
	return new Uint8Array(png);
}
