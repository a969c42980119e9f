import { randomBytes } from 'node:crypto';
import { useApi } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { itGeneratesStopsAndRetries } from './helpers/proofs';
import { IMAGE_NODE } from './helpers/workflow';
import { useServices } from './queue/services';
import { useWorker } from './queue/worker';

const api = useApi();
const { environment } = useServices();
Object.assign(environment, {
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
});

describe('n8n in queue mode', () => {
	const n8n = useN8n({ environment });
	const worker = useWorker(environment);

	itGeneratesStopsAndRetries(n8n, api);

	it('has left all of that to the worker, and the files to the database', async () => {
		const started = worker.output().match(/Worker started execution \d+/g);
		expect(new Set(started).size).toBe(5);
		const [last] = await n8n.running.client
			.request<{ results: Array<{ id: string }> }>('GET', '/executions?limit=1')
			.then(({ results }) => results);
		const execution = await n8n.finished(last!.id);
		const ids = execution.items(IMAGE_NODE).map(({ binary }) => binary?.data?.id?.split(':')[0]);
		expect(ids).toEqual(['database', 'database', 'database']);
	});
});
