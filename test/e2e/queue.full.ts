import { randomBytes } from 'node:crypto';
import { useApi } from './helpers/api';
import { useService } from '../image-service/helpers';
import { areDone, areRunning, jobsOf, KEY, loggedJob } from './helpers/jobs';
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
	// How soon the others notice that a worker has died, in milliseconds.
	QUEUE_WORKER_LOCK_DURATION: '4000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
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

	describe('whose worker is killed while the service generates', () => {
		const service = useService({ apiKey: KEY });
		const { until, save } = jobsOf(n8n, service);

		it('does not run the execution again, and Resume Job fetches its job', async () => {
			const id = await n8n.start(await save(['one, takes 6000 ms']));
			await until(areRunning);
			const record = loggedJob(worker.output());
			await worker.crash();
			// Whoever notices first: the queue that lost its worker, or n8n as it cleans up.
			expect((await n8n.finished(id)).status).toMatch(/^(?:crashed|error)$/);
			await until(areDone);
			expect(await service.requests()).toHaveLength(1);

			const parameters = { options: { resumeJob: record } };
			const resumed = await n8n.run(await save(['one'], { parameters }));
			expect(resumed.error?.message).toBeUndefined();
			expect(resumed.items(IMAGE_NODE)).toHaveLength(1);
			expect(await service.requests()).toHaveLength(1);
		});
	});
});
