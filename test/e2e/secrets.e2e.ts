import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { picture } from '../helpers/pictures';
import { useApi, type Reply } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { json } from './helpers/responses';
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
/** A path with the name of a scenario. */
const pathOf = (name: string) => signed(`/${encodeURIComponent(name)}/a.png`);
const nameIn = (route: string) => decodeURIComponent(route.split('/')[1] ?? '');
const echo = `You sent ${KEY} for ${TENANT}, see ${'https://x.test'}/${signed('a')}`;
const encoded = () => image.toString('base64');

/** Responds to image requests with a link, and serves what the link leads to. */
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
		linking(() => pathOf(SLOW[0]!), json({ error: { message: echo } }, 403)),
	'a signed link to nobody': () => linking(() => `http://127.0.0.1:9${signed('/a.png')}`, download),
	'a signed link that is redirected': () => linking(() => pathOf(SLOW[2]!), redirect),
	'a signed link to what is no image': () => linking(() => pathOf(SLOW[3]!), json({ is: echo })),
	'a link that is no address': () => linking(() => `ftp://x${signed('/a')}`, download),
};

const BEARER = { authentication: 'bearer' };
const HEADER = { authentication: 'header', headerName: 'X-Image-Key' };

/** Scenarios whose download is repeated for a minute. */
const SLOW = [
	'a signed link that has expired',
	'a signed link to nobody',
	'a signed link that is redirected',
	'a signed link to what is no image',
];

/** Where a key in a header of its own could take another way. */
const WITH_HEADER = [
	'a 401 that repeats the key',
	'a redirect',
	'a signed link',
	'a signed link that is redirected',
];

/** Secrets and pictures in a text, each by its first letters: a beginning reveals nearly as much. */
function leaksIn(text: string): string[] {
	const base64 = encoded().slice(0, 40);
	return [...SECRETS.map((secret) => secret.slice(0, 12)), base64].filter((leak) =>
		text.includes(leak),
	);
}

const CASES = [
	...Object.keys(SCENARIOS).map((name) => [name, 'as a bearer token', BEARER] as const),
	...WITH_HEADER.map((name) => [name, 'in a header of its own', HEADER] as const),
];
type Case = readonly [name: string, how: string, authentication: object];
const isSlow = ([name]: Case) => SLOW.includes(name);

/** Runs a scenario, and looks for secrets in what n8n has stored of it. */
async function expectNoSecrets([name, , authentication]: Case): Promise<void> {
	const credential = await n8n.credential({
		...{ baseUrl: api.url, apiKey: KEY, ...authentication },
		extraHeaders: JSON.stringify({ 'X-Tenant': TENANT, 'X-Scenario': name }),
	});
	const runs = (['stopWorkflow', 'continueErrorOutput'] as const).map(async (onError) => {
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
		expect([name, leaksIn(text)]).toEqual([name, []]);
		expect(BASE64.exec(text)?.[0]).toBeUndefined();
	});
	await Promise.all(runs);
}

/** Of the requests of this many executions. */
function expectOwnHeadersOnly(executions: number): void {
	expect(api.posts().length).toBe(executions);
	const sent = api.posts().map(({ headers }) => JSON.stringify(headers));
	for (const headers of sent) expect(headers).toContain(TENANT);
	expect(elsewhere.calls.flatMap(({ headers }) => leaksIn(JSON.stringify(headers)))).toEqual([]);
}

it.each(CASES.filter((each) => !isSlow(each)))(
	'nothing secret stays of %s, with the key %s',
	async (...each) => {
		api.reply(SCENARIOS[each[0]]!());
		elsewhere.reply(json({}));
		await expectNoSecrets(each);
		expectOwnHeadersOnly(2);
		const downloads = api.calls.filter(({ method }) => method === 'GET');
		expect(downloads.flatMap(({ headers }) => leaksIn(JSON.stringify(headers)))).toEqual([]);
	},
);

it('nothing secret stays of links that fail for a minute', async () => {
	const replies = new Map(SLOW.map((name) => [name, SCENARIOS[name]!()]));
	api.reply(async (call, response) => {
		// A link is followed without headers: the path names its scenario.
		const scenario = String(call.headers['x-scenario'] ?? nameIn(call.path));
		await (replies.get(scenario) ?? json({}))(call, response);
	});
	elsewhere.reply(json({}));
	const cases = CASES.filter(isSlow);
	await Promise.all(cases.map(expectNoSecrets));
	expectOwnHeadersOnly(2 * cases.length);
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
