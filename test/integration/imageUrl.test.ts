import type { INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { imageResponse, json, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();

/** Responds with these links, under which images are found. */
async function run(links: readonly string[], options: INodeParameters, credentials: object = {}) {
	const png = await picture();
	api.reply(async (request, response) => {
		if (request.method === 'GET') return void response.end(png);
		await json({ data: links.map((url) => ({ url })) })(request, response);
	});
	const result = await engine.runWorkflow({
		parameters: {
			model: 'dall-e-2',
			prompt: 'a cat',
			n: links.length,
			options: { simplify: true, ...options },
		},
		credentials: { ...api.credentials, ...credentials },
	});
	expect(result.error).toBeUndefined();
	return result.outputs[0]!.map((item) => item.json);
}

const at = (path: string) => `${api.url}${path}`;

describe('Include Image URL', () => {
	it('is off by default', async () => {
		const [item] = await run([at('/files/a.png')], {});
		expect(item).not.toHaveProperty('imageUrl');
	});

	it.each([true, false])('adds the URL of each image, with Simplify: %j', async (simplify) => {
		const links = [at('/files/a.png?sig=1'), at('/files/b.png?sig=2')];
		const items = await run(links, { includeImageUrl: true, simplify });
		expect(items.map(({ imageUrl }) => imageUrl)).toEqual(links);
	});

	it('adds the URLs to the list of One Item With All Images', async () => {
		const links = [at('/files/a.png'), at('/files/b.png')];
		const [item] = await run(links, { includeImageUrl: true, output: 'singleItem' });
		expect(item?.images).toMatchObject(links.map((imageUrl) => ({ imageUrl })));
		expect(item).not.toHaveProperty('imageUrl');
	});

	it.each(['sk-integration-0123456789', 'k3y-7'])(
		'leaves out a URL that contains the key %s',
		async (apiKey) => {
			const [item] = await run(
				[at(`/files/a.png?key=${apiKey}`)],
				{ includeImageUrl: true },
				{ apiKey },
			);
			expect(item?.fileName).toMatch(/\.png$/);
			expect(JSON.stringify(item)).not.toContain(apiKey);
			expect(item).not.toHaveProperty('imageUrl');
		},
	);

	it('adds nothing to an image that came as base64', async () => {
		api.reply(json(imageResponse(await picture())));
		const result = await engine.runWorkflow({
			parameters: { prompt: 'a cat', options: { includeImageUrl: true } },
			credentials: api.credentials,
		});
		expect(result.outputs[0]![0]!.json).not.toHaveProperty('imageUrl');
	});
});
