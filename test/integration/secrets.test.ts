import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import {
	API_KEY,
	imageResponse,
	json,
	leaksOf,
	raw,
	useImagesApi,
	type Reply,
} from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();

const parameters: INodeParameters = { operation: 'generate', prompt: 'A cat' };
const run = async (more: Partial<NodeRun>) => await engine.runWorkflow({ parameters, ...more });

describe('a secret that the API repeats', () => {
	const TENANT = 'tenant-0123456789';
	const credentials = () => ({
		...api.credentials,
		extraHeaders: JSON.stringify({ 'X-Tenant': TENANT }),
	});
	const error = (body: object) => json({ error: { message: 'No.', ...body } }, 401);

	it.each<[string, Reply]>([
		['its message', error({ message: `Wrong key ${API_KEY} of ${TENANT}, I said ${API_KEY}` })],
		['its code', error({ code: API_KEY })],
		['its type', error({ type: TENANT })],
		['its param', error({ param: `header ${API_KEY}` })],
		['its request id', json({ error: { message: 'No.' } }, 401, { 'x-request-id': API_KEY })],
		['a page', raw(`<p>You sent ${API_KEY}</p>`, 500, { 'content-type': 'text/html' })],
		['a page whose excerpt ends inside of it', raw('x'.repeat(180) + API_KEY, 500)],
		['a successful response without an image', raw(`You sent ${API_KEY}`, 200)],
		['a content type', raw('?', 200, { 'content-type': `text/${API_KEY}` })],
	])('is removed from %s', async (_, reply) => {
		api.reply(reply);
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const result = await run({ credentials: credentials(), onError });
			expect(leaksOf(result, [API_KEY, TENANT])).toEqual([]);
		}
	});

	it('is not in the output of a successful call', async () => {
		const id = { 'x-request-id': API_KEY };
		const said = { created: 1, size: API_KEY, usage: { key: API_KEY } };
		api.reply(json({ ...said, ...imageResponse(await picture()) }, 200, id));
		expect(leaksOf(await run({ credentials: credentials() }))).toEqual([]);
	});
});
