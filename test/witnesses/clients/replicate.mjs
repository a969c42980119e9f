import Replicate from 'replicate';

/**
 * Replicate's own client. It sends inputs as they are.
 *
 * `count` and `images` name the inputs of a model for several results and for input images; `one`
 * image is no list.
 */
export default async function ({ model, prompt, inputs, parameters = {} }, { baseUrl, apiKey }) {
	const { n = 1, count, images, one, ...fields } = parameters;
	const replicate = new Replicate({ auth: apiKey, baseUrl: `${baseUrl}/v1`, useFileOutput: false });
	// The client uploads files that are no texts, whatever their size.
	const links = inputs.map((input) => `data:image/png;base64,${input.toString('base64')}`);
	const input = {
		prompt,
		...fields,
		...(count && { [count]: n }),
		...(links.length > 0 && { [images]: one ? links[0] : links }),
	};
	const results = [];
	for (let made = 0; made < n; made = results.length) {
		const created = await replicate.predictions.create({ model, input });
		const { output, error } = await replicate.wait(created, { interval: 100 });
		if (error) throw new Error(error);
		results.push(...[output].flat());
	}
	return await Promise.all(
		results.map(async (link) => Buffer.from(await (await fetch(link)).arrayBuffer())),
	);
}
