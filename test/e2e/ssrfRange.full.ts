import { useApi } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { imageServer } from './helpers/responses';
import { IMAGE_NODE, imageNode, prompts, workflow } from './helpers/workflow';

const api = useApi();
const n8n = useN8n({
	environment: {
		N8N_SSRF_PROTECTION_ENABLED: 'true',
		N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32',
	},
});

it('a server inside a range that the guard allows delivers images', async () => {
	api.reply(imageServer().serveImage);
	const credential = await n8n.credential({ baseUrl: api.url, apiKey: 'sk-e2e' });
	const execution = await n8n.run(
		await n8n.save(workflow(prompts('A cat'), [imageNode(credential)])),
	);
	expect(execution.error).toBeUndefined();
	expect(execution.items(IMAGE_NODE)).toHaveLength(1);
});
