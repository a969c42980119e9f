import { useService } from '../image-service/helpers';
import { areDone, areRunning, jobsOf, KEY, loggedJob } from './helpers/jobs';
import { useN8n } from './helpers/n8n';
import { IMAGE_NODE } from './helpers/workflow';

const service = useService({ apiKey: KEY });
// n8n's default; the tests are quieter.
const n8n = useN8n({ environment: { N8N_LOG_LEVEL: 'info' } });
const { jobs, until, save } = jobsOf(n8n, service);

it('fetches the jobs of a failed execution when it is retried, after a restart, too', async () => {
	const parameters = { options: { timeout: 2 } };
	const failed = await n8n.run(await save(['one, takes 4000 ms', 'two'], { parameters }));
	expect(failed.status).toBe('error');
	expect(failed.error?.message).toMatch(/^Still being generated at Black Forest Labs \(job /);
	await n8n.restart();
	await until(areDone);
	const retried = await n8n.retry(failed.id);
	expect(retried.status).toBe('success');
	expect(retried.items(IMAGE_NODE)).toHaveLength(2);
	expect(await service.requests()).toHaveLength(2);
});

it('fetches the jobs of an execution that reached the timeout of its workflow', async () => {
	const settings = { executionTimeout: 4 };
	const id = await n8n.start(
		await save(['one, takes 8000 ms', 'two, takes 8000 ms'], {}, settings),
	);
	expect((await n8n.finished(id)).status).toBe('canceled');
	// What runs is billed anyway, so it goes on.
	expect((await jobs()).map(({ state }) => state)).toEqual(['running', 'running']);
	await until(areDone);
	const retried = await n8n.retry(id);
	expect(retried.status).toBe('success');
	expect(retried.items(IMAGE_NODE)).toHaveLength(2);
	expect(await service.requests()).toHaveLength(2);
});

it('fetches the job of an execution that failed because of another item', async () => {
	await service.control('faults', { promptIncludes: 'bad', status: 400, times: 1 });
	const failed = await n8n.run(await save(['one, takes 3000 ms', 'bad']));
	expect(failed.status).toBe('error');
	const retried = await n8n.retry(failed.id);
	expect(retried.status).toBe('success');
	expect(retried.items(IMAGE_NODE)).toHaveLength(2);
	expect(await jobs()).toHaveLength(2);
});

describe.each<[string, string, (executionId: string) => Promise<void>]>([
	['stopped by hand', 'canceled', async (id) => await n8n.running.client.stopExecution(id)],
	['ended by the death of n8n', 'crashed', async () => await n8n.crash()],
])('an execution that was %s', (_, status, end) => {
	it('is in the log with its job, which Resume Job fetches', async () => {
		const id = await n8n.start(await save(['one, takes 6000 ms']));
		await until(areRunning);
		const log = n8n.running.output();
		const record = loggedJob(log);
		expect(JSON.parse(record)).toMatchObject({ service: 'Black Forest Labs' });
		expect(log).not.toContain(KEY);
		await end(id);
		expect((await n8n.finished(id)).status).toBe(status);
		await until(areDone);
		// It has saved nothing that could be retried.
		await expect(n8n.retry(id)).rejects.toThrow(/cannot be retried/);

		const parameters = { options: { resumeJob: record } };
		const resumed = await n8n.run(await save(['one'], { parameters }));
		expect(resumed.error?.message).toBeUndefined();
		expect(resumed.status).toBe('success');
		expect(resumed.items(IMAGE_NODE)).toHaveLength(1);
		expect(await service.requests()).toHaveLength(1);
	});
});
