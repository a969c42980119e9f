import { setTimeout as sleep } from 'node:timers/promises';
import { JobQueue, type Job } from '../../demo/image-service/jobs';

const queue = new JobQueue();
afterEach(() => queue.clear());

const begun: string[] = [];
beforeEach(() => void begun.splice(0));

function submit(prompt: string, work = async () => await Promise.resolve<unknown>(prompt)): Job {
	const begin = () => void begun.push(prompt);
	return queue.submit({ profile: 'bfl', prompt, work, begin });
}

async function ended(...jobs: Job[]): Promise<void> {
	while (jobs.some(({ endedAt }) => endedAt === null)) await sleep(5);
}

it('a job waits, runs and is done', async () => {
	const job = submit('a cat, queued 30 ms, takes 30 ms');
	expect(job).toMatchObject({ state: 'queued', startedAt: null, endedAt: null });
	while (job.state === 'queued') await sleep(1);
	expect(job).toMatchObject({ state: 'running', endedAt: null });
	expect(begun).toHaveLength(1);
	await ended(job);
	expect(job).toMatchObject({ state: 'done', result: job.prompt });
});

it('a job that throws has failed', async () => {
	const error = new Error('no');
	const job = submit('a', async () => await Promise.reject(error));
	await ended(job);
	expect(job).toMatchObject({ state: 'failed', result: error });
});

it('a later job can be done first', async () => {
	const [slow, quick] = [submit('queued 1 ms, takes 200 ms'), submit('queued 1 ms, takes 1 ms')];
	await ended(quick!);
	expect(slow!.state).toBe('running');
});

it('a job that is canceled in the queue never begins', async () => {
	const job = submit('queued 20 ms');
	expect(queue.cancel(job)).toBe(true);
	await sleep(40);
	expect(job.state).toBe('canceled');
	expect(begun).toEqual([]);
	expect(queue.cancel(job)).toBe(false);
});

it('a job is found by its profile alone', () => {
	const { id } = submit('a');
	expect(queue.find('bfl', id)?.id).toBe(id);
	expect(queue.find('fal', id)).toBeUndefined();
	queue.clear();
	expect(queue.find('bfl', id)).toBeUndefined();
});
