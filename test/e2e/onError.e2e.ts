import { useApi } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { imageServer } from './helpers/responses';
import { IMAGE_NODE, imageNode, node, prompts, workflow } from './helpers/workflow';

const api = useApi();
const n8n = useN8n();

/** A node of n8n's that reads the files it gets. */
const reader = (name: string) =>
	node(name, 'n8n-nodes-base.extractFromFile', {
		typeVersion: 1,
		parameters: {
			operation: 'binaryToPropery',
			binaryPropertyName: 'data',
			destinationKey: 'base64',
			options: {},
		},
		onError: 'continueRegularOutput',
	});

async function run(onError: 'continueErrorOutput' | 'continueRegularOutput') {
	const server = imageServer();
	api.reply(server.failing(9));
	const credential = await n8n.credential({ baseUrl: api.url, apiKey: 'sk-e2e' });
	const texts = ['cat 0', 'bad 1', 'cat 2', 'bad 3'];
	const execution = await n8n.run(
		await n8n.save(
			workflow(
				prompts(...texts),
				[imageNode(credential, { onError }), reader('Read'), node('Failed', 'n8n-nodes-base.noOp')],
				{ wiring: { [IMAGE_NODE]: [['Read'], ['Failed']] } },
			),
		),
	);
	expect(execution.error).toBeUndefined();
	expect(api.posts().length).toBe(4);
	return { server, execution };
}

const CATS = ['cat 0', 'cat 2'];

const FAILURE = {
	error: 'Rejected.',
	message: expect.stringMatching(/safety system/),
	details: expect.objectContaining({ status: 400, code: 'moderation_blocked', attempts: 1 }),
};

it('sends failed items to the error output, and files that the next node can read on', async () => {
	const { server, execution } = await run('continueErrorOutput');
	const read = execution.items('Read').map(({ json }) => json.base64);
	expect(read).toEqual(CATS.map((prompt) => server.imageOf(prompt)?.toString('base64')));
	expect(execution.items('Failed').map(({ json }) => json)).toEqual([
		{ prompt: 'bad 1', ...FAILURE },
		{ prompt: 'bad 3', ...FAILURE },
	]);
});

it('keeps failed items in their place with Continue', async () => {
	const { server, execution } = await run('continueRegularOutput');
	const items = execution.items(IMAGE_NODE);
	expect(items.map(({ json }) => json.error)).toEqual([
		undefined,
		'Rejected.',
		undefined,
		'Rejected.',
	]);
	const read = execution.items('Read').flatMap(({ json }) => json.base64 ?? []);
	expect(read).toEqual(CATS.map((prompt) => server.imageOf(prompt)?.toString('base64')));
	expect(execution.items('Failed')).toEqual([]);
});
