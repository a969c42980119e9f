import { picture } from '../helpers/pictures';
import { useApi, type Reply } from './helpers/api';
import { useN8n, type Execution, type N8n } from './helpers/n8n';
import { imageServer, json } from './helpers/responses';
import { IMAGE_NODE, imageNode, prompts, workflow } from './helpers/workflow';

/** The server that may be reached, and one that may not. */
const api = useApi();
const inner = useApi();

let image: Buffer;
beforeAll(async () => {
	image = await picture();
});
beforeEach(() => inner.reply(file));

const file: Reply = (_, response) =>
	response.writeHead(200, { 'content-type': 'image/png' }).end(image);

async function run(n8n: N8n, baseUrl: string, parameters = {}): Promise<Execution> {
	const credential = await n8n.credential({ baseUrl, apiKey: 'sk-e2e' });
	const node = imageNode(credential, { parameters });
	return await n8n.run(await n8n.save(workflow(prompts('A cat'), [node])));
}

const METADATA = 'http://169.254.169.254/latest/meta-data';

const BLOCKED = {
	message: expect.stringMatching(/n8n blocked the request to \S+/),
	description: expect.stringMatching(/N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES/),
	node: IMAGE_NODE,
};

describe('with the guard against requests to inner networks, and one host allowed', () => {
	const n8n = useN8n({
		environment: {
			N8N_SSRF_PROTECTION_ENABLED: 'true',
			N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost',
		},
	});
	const allowed = () => api.url.replace('127.0.0.1', 'localhost');

	/** Links that lead to a blocked address, directly or by a redirect. */
	const PLACES: Array<[string, () => string]> = [
		['the loopback address', () => `${inner.url}/a.png`],
		['the metadata of a cloud', () => METADATA],
		['a redirect to the loopback address', () => `${allowed()}/to-inner`],
		['a redirect to the metadata of a cloud', () => `${allowed()}/to-metadata`],
	];
	const serve: (post: Reply) => Reply = (post) => async (call, response) => {
		const location = { '/to-inner': `${inner.url}/a.png`, '/to-metadata': METADATA }[call.path];
		if (call.method === 'POST') return await post(call, response);
		if (location) return response.writeHead(302, { location }).end();
		return file(call, response);
	};

	it('the allowed server delivers images, inside responses and behind links', async () => {
		const server = imageServer();
		for (const post of [server.serveImage, json({ data: [{ url: '/a.png' }] })]) {
			api.reply(serve(post));
			const execution = await run(n8n, allowed());
			expect(execution.error).toBeUndefined();
			expect(execution.items(IMAGE_NODE)).toHaveLength(1);
		}
	});

	it('another server gets no request', async () => {
		api.reply(imageServer().serveImage);
		const execution = await run(n8n, api.url);
		expect(execution.error).toEqual(BLOCKED);
		expect(api.calls).toEqual([]);
	});

	it.each(PLACES)('a link to %s is not followed', async (_, link) => {
		api.reply(serve(json({ data: [{ url: link() }] })));
		const execution = await run(n8n, allowed());
		expect(execution.error).toEqual(BLOCKED);
		expect(execution.error?.message).toMatch(/^Image generated, but the download failed/);
		expect(inner.calls).toEqual([]);
	});

	it.each(PLACES)('an input image from %s is not fetched, and nothing is sent', async (_, link) => {
		api.reply(serve(imageServer().serveImage));
		const inputImages = { image: [{ source: 'url', url: link() }] };
		const execution = await run(n8n, allowed(), { operation: 'edit', inputImages });
		expect(execution.error?.message).toMatch(/n8n blocked the request to \S+/);
		expect(inner.calls).toEqual([]);
		expect(api.posts()).toEqual([]);
	});
});
