import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Job } from '../../demo/image-service/jobs';
import type { Engine, WorkflowResult } from '../helpers/engine';
import type { Client } from '../image-service/helpers';
import { countedWorkflow } from './round';
import {
	chooseStory,
	downloadFaults,
	isSubmittedAgain,
	LATE_SECONDS,
	STORIES,
	type Story,
} from './stories';

/** An item of a round: what happens to it, and by which prompt the image service knows it. */
export interface Item {
	readonly name: string;
	readonly story: Story;
	readonly prompt: string;
}

/** Items that a retry mends, per round: each can end a try, and n8n has five of them. */
const MOST_MENDED = 4;

/** @param isRetried all items have their image in the end */
export function itemsOf(seed: number, round: number, count: number, isRetried: boolean): Item[] {
	let mended = 0;
	return Array.from({ length: count }, (_, index) => {
		const id = `job ${round}-${index};`;
		const isAllowed = (story: Story) =>
			!isRetried || story.ends === 'image' || (story.isMended && mended < MOST_MENDED);
		const name = chooseStory(seed, id, isAllowed);
		const story = STORIES[name]!;
		if (story.ends !== 'image') mended++;
		return { name, story, prompt: `${id} ${story.says ?? ''}` };
	});
}

export interface JobRound {
	readonly result: WorkflowResult;
	readonly jobs: readonly Job[];
	/** Requests for jobs, those that were refused included. */
	readonly submits: number;
}

/** Disturbs the image service for these items, and runs them. */
export async function runJobRound(
	engine: Engine,
	service: Client,
	items: readonly Item[],
	isRetried: boolean,
): Promise<JobRound> {
	const faults = items.flatMap(({ story, prompt }) =>
		(story.faults ?? []).map((fault) => ({ ...fault, promptIncludes: prompt })),
	);
	await service.control('bytes', { bytes: 20_000, width: 64, height: 64 });
	await service.control('faults', [...faults, ...downloadFaults(Math.ceil(items.length / 5))]);
	const settings: Partial<INode> = isRetried
		? { onError: 'stopWorkflow', retryOnFail: true, maxTries: 5, waitBetweenTries: 1 }
		: { onError: 'continueRegularOutput' };
	const input = items.map(({ prompt, story }) => ({
		prompt,
		timeout: story.isLate ? LATE_SECONDS : 600,
	}));
	return await run(engine, service, settings, input, { timeout: '={{ $json.timeout }}' });
}

/** Fetches the jobs of error items, as a later node does. */
export async function resumeJobs(
	engine: Engine,
	service: Client,
	errors: readonly INodeExecutionData[],
): Promise<JobRound> {
	const input = errors.map(({ json }) => ({ prompt: 'resumed', details: json.details }));
	const resumeJob = '={{ $json.details.job }}';
	return await run(engine, service, { onError: 'continueRegularOutput' }, input, { resumeJob });
}

async function run(
	engine: Engine,
	service: Client,
	settings: Partial<INode>,
	input: readonly INodeExecutionData['json'][],
	options: object,
): Promise<JobRound> {
	const parameters = {
		...{ operation: 'generate', family: 'flux', model: 'flux-2-pro' },
		prompt: '={{ $json.prompt }}',
		options: { parallelRequests: 16, simplify: false, ...options },
	};
	const credentials = {
		...{ service: 'blackForestLabs', apiKey: 'key-soak' },
		blackForestLabsBaseUrl: `${service.url}/bfl`,
	};
	const result = await engine.runWorkflowJson(countedWorkflow({ ...settings, parameters }), {
		items: input.map((json) => ({ json })),
		credentials: { aiImagesApi: credentials },
	});
	const jobs: Job[] = (await service.http.get('/control/jobs')).data;
	return { result, jobs, submits: (await service.requests()).length };
}

/**
 * Expects that every job is accounted for: each item has the image of its own job, a ticket of it, or
 * the error that its story is about; and nothing was requested but for that.
 *
 * @returns the error items with tickets
 */
export async function expectAccounts(
	service: Client,
	items: readonly Item[],
	{ result, jobs, submits }: JobRound,
	isRetried: boolean,
): Promise<INodeExecutionData[]> {
	expect([result.status, result.error?.message]).toEqual(['success', undefined]);
	const output = result.outputsOf('AI Images').flat();
	expect(output).toHaveLength(items.length);
	const tickets: INodeExecutionData[] = [];
	let expectedSubmits = 0;
	for (const [index, { name, story, prompt }] of items.entries()) {
		const own = jobs.filter((job) => job.prompt === prompt);
		const again = isRetried && isSubmittedAgain(story) ? 1 : 0;
		expectedSubmits += 1 + (story.refusals ?? 0) + again;
		const item = output[index]!;
		const { job } = (item.json.details ?? {}) as { job?: { id: string } };
		const failed = job ? 'ticket' : 'error';
		expect({ name, ends: item.json.error ? failed : 'image', jobs: own.length }).toEqual({
			...{ name, ends: isRetried ? 'image' : story.ends, jobs: story.jobs + again },
		});
		if (job) {
			expect(own.map(({ id }) => id)).toEqual([job.id]);
			tickets.push(item);
		}
		if (!item.json.error)
			expect([name, await isOwn(service, result, item, own)]).toEqual([name, true]);
	}
	expect(submits).toBe(expectedSubmits);
	return tickets;
}

/** Whether the file of an item is the image of its last job. */
export async function isOwn(
	service: Client,
	result: WorkflowResult,
	item: INodeExecutionData,
	jobs: readonly Job[],
): Promise<boolean> {
	const { sample } = jobs.at(-1)?.result as { sample: string };
	const { data } = await service.http.get<Buffer>(sample, { responseType: 'arraybuffer' });
	return (await result.binary(item)).equals(data);
}
