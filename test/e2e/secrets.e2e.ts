import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { picture } from '../helpers/pictures';
import { useApi, type Reply } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { json } from './helpers/replies';
import { imageNode, prompts, workflow, type Node } from './helpers/workflow';

const api = useApi();
const elsewhere = useApi();
const n8n = useN8n({
	environment: { N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console,file' },
});

const KEY = 'sk-e2e-9Zq4Tb7Lw2Xn8Rv5';
const TENANT = 'tenant-5hJ3kP8sWd1Qy6Gu';
const SIGNATURE = 'c2lnbmVkLXVybC1vZi10aGUtdGVzdA.Vx3mN7';
const SECRETS = [KEY, TENANT, SIGNATURE];

/** No word of a person's is as long, and no id of n8n's. What n8n has encrypted begins with "Salted". */
const BASE64 = /(?<![A-Za-z0-9+/])(?!U2FsdGVkX1)[A-Za-z0-9+/]{120,}/;

let image: Buffer;
beforeAll(async () => {
	// Colourful enough for a base64 that nothing else could be taken for.
	image = await picture({ width: 512, height: 512, colour: '#31c7a9', format: 'png' });
});

const signed = (route: string) => `${route}?sig=${SIGNATURE}&key=${KEY}`;
const echo = `You sent ${KEY} for ${TENANT}, see ${'https://x.test'}/${signed('a')}`;
const encoded = () => image.toString('base64');

/** Answers for images with a link, and what the link leads to. */
function linking(link: () => string, file: Reply): Reply {
	return async (call, response) => {
		const isCall = call.method === 'POST';
		await (isCall ? json({ data: [{ url: link() }] }) : file)(call, response);
	};
}

const download: Reply = (_, response) =>
	response.writeHead(200, { 'content-type': 'image/png' }).end(image);

const redirect: Reply = async (call, response) => {
	await call.read();
	response.writeHead(307, { location: elsewhere.url + signed('/v1') }).end();
};

const SCENARIOS: Record<string, () => Reply> = {
	'a success that repeats the key': () =>
		json({ created: 1, data: [{ b64_json: encoded() }], usage: { by: KEY }, size: TENANT }),
	'a success with partial images': () => async (call, response) => {
		await call.read();
		const event = (type: string) =>
			`data: ${JSON.stringify({ type: `image_generation.${type}`, b64_json: encoded() })}\n\n`;
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		response.end(event('partial_image') + event('completed'));
	},
	'a 401 that repeats the key': () => json({ error: { message: echo, code: KEY } }, 401),
	'a 400 that repeats the headers': () => json({ error: { message: echo, param: TENANT } }, 400),
	'a 500 that is a page': () => json(`<title>${echo}</title>`, 500),
	'a redirect': () => redirect,
	'base64 that is no image': () => json({ data: [{ b64_json: 'A'.repeat(4000) }] }),
	'base64 that breaks off': () => async (call, response) => {
		await call.read();
		response.writeHead(200, { 'content-type': 'application/json' });
		response.write(`{"data":[{"b64_json":"${encoded().slice(0, 400)}`, () => response.destroy());
	},
	'an error beside base64': () => json({ error: encoded() }, 500),
	'a signed link': () => linking(() => signed('/a.png'), download),
	'a signed link that has expired': () =>
		linking(() => signed('/a.png'), json({ error: { message: echo } }, 403)),
	'a signed link to nobody': () => linking(() => `http://127.0.0.1:9${signed('/a.png')}`, download),
	'a signed link that is redirected': () => linking(() => signed('/a.png'), redirect),
	'a signed link to what is no image': () => linking(() => signed('/a.png'), json({ is: echo })),
	'a link that is no address': () => linking(() => `ftp://x${signed('/a')}`, download),
};

const BEARER = { authentication: 'bearer' };
const HEADER = { authentication: 'header', headerName: 'X-Image-Key' };

/** Where a key in a header of its own could take another way. */
const WITH_HEADER = [
	'a 401 that repeats the key',
	'a redirect',
	'a signed link',
	'a signed link that is redirected',
];

/** Secrets and pictures in a text, each by its first letters: a beginning tells nearly as much. */
function leaksIn(text: string): string[] {
	const base64 = encoded().slice(0, 40);
	return [...SECRETS.map((secret) => secret.slice(0, 12)), base64].filter((leak) =>
		text.includes(leak),
	);
}

it.each([
	...Object.keys(SCENARIOS).map((name) => [name, 'as a bearer token', BEARER] as const),
	...WITH_HEADER.map((name) => [name, 'in a header of its own', HEADER] as const),
])('nothing secret stays of %s, with the key %s', async (name, _, authentication) => {
	const credential = await n8n.credential({
		...{ baseUrl: api.url, apiKey: KEY, ...authentication },
		extraHeaders: JSON.stringify({ 'X-Tenant': TENANT }),
	});
	api.reply(SCENARIOS[name]!());
	elsewhere.reply(json({}));
	for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
		const more: Partial<Node> = {
			onError,
			parameters: {
				...(name.includes('partial') && { stream: true, partialImages: 1 }),
				options: { maxRetryWait: 0 },
			},
		};
		const id = await n8n.save(workflow(prompts('A cat'), [imageNode(credential, more)]));
		const execution = await n8n.run(id);
		const stored = await n8n.running.client.request('GET', `/executions/${execution.id}`);
		const text = JSON.stringify(stored);
		expect(leaksIn(text)).toEqual([]);
		expect(BASE64.exec(text)?.[0]).toBeUndefined();
	}
	expect(api.posts().length).toBe(2);
	const sent = api.posts().map(({ headers }) => JSON.stringify(headers));
	for (const headers of sent) expect(headers).toContain(TENANT);
	const others = [...api.calls.filter(({ method }) => method === 'GET'), ...elsewhere.calls];
	expect(others.flatMap(({ headers }) => leaksIn(JSON.stringify(headers)))).toEqual([]);
});

it('nothing secret is in what n8n prints or writes: logs, database, files', async () => {
	const { userFolder, output } = n8n.running;
	expect(leaksIn(output())).toEqual([]);
	const below = await readdir(userFolder, { recursive: true, withFileTypes: true });
	const files = below.filter(
		(entry) => entry.isFile() && !entry.parentPath.includes('node_modules'),
	);
	const texts = await Promise.all(
		files.map(async ({ parentPath, name }) => ({
			name,
			text: await readFile(path.join(parentPath, name), 'latin1'),
		})),
	);
	expect(texts.flatMap(({ name, text }) => leaksIn(text).map((leak) => [name, leak]))).toEqual([]);
	// The places that count are among them.
	const withCats = texts.filter(({ text }) => text.includes('A cat')).map(({ name }) => name);
	expect(withCats.join()).toMatch(/database\.sqlite/);
	expect(texts.find(({ name }) => name === 'n8n.log')?.text).toContain('debug');
});
