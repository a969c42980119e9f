import { moment, useApi } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { imageServer } from './helpers/responses';
import { IMAGE_NODE, imageNode, prompts, workflow } from './helpers/workflow';

const api = useApi();

/** Only the newest execution is kept, and what is to go goes at once; n8n's own pace is hours. */
const n8n = useN8n({
	environment: {
		EXECUTIONS_DATA_PRUNE_MAX_COUNT: '1',
		EXECUTIONS_DATA_PRUNE_SOFT_DELETE_INTERVAL: '0.05',
		EXECUTIONS_DATA_PRUNE_HARD_DELETE_INTERVAL: '0.05',
		EXECUTIONS_DATA_HARD_DELETE_BUFFER: '0',
	},
});

it('files that a retry has reused go with the failed execution that received them', async () => {
	const server = imageServer();
	api.reply(server.failing(1));
	const credential = await n8n.credential({ baseUrl: api.url, apiKey: 'sk-e2e' });
	const id = await n8n.save(workflow(prompts('cat 0', 'cat 1', 'bad 2'), [imageNode(credential)]));
	const failed = await n8n.run(id);
	const retried = await n8n.retry(failed.id);
	expect(api.posts().length).toBe(4);

	while ((await n8n.executionsOf(id)).some((execution) => execution.id === failed.id)) {
		await moment(500);
	}
	await moment(5000);
	const ids = retried.items(IMAGE_NODE).map(({ binary }) => binary?.data?.id ?? '');
	const left = await Promise.all(
		ids.map(async (file) => await n8n.running.client.download(file).catch(() => 'gone')),
	);
	expect(left).toEqual(['gone', 'gone', server.imageOf('bad 2')]);
	await expect(n8n.retry(failed.id)).rejects.toThrow(/404/);
});
