import type { INodeExecutionData } from 'n8n-workflow';
import type { Job } from '../../../demo/image-service/jobs';
import type { Engine, NodeResult } from '../../helpers/engine';
import type { Client } from '../../image-service/helpers';
import type { JobService, Kept, Setting, Stage } from './stage';

export const KEY = 'key-0123456789abcdefghij';

/** All that can be seen of a run, at the service and in n8n. */
export interface Observed {
	readonly result: NodeResult;
	readonly items: INodeExecutionData[];
	readonly jobs: readonly Job[];
	readonly submits: number;
	readonly billed: number;
	readonly kept: Kept;
	/** Files of the items. */
	readonly files: Buffer[];
	/** The images of all jobs that are done, as the service serves them. */
	readonly drawn: Buffer[];
	/** Fills hosts and the first job into a text. */
	fill(text: string): string;
}

export async function runStage(
	engine: Engine,
	service: Client,
	stage: Stage,
	{ onError, isRetried }: Setting,
): Promise<Observed> {
	await service.control('bytes', { bytes: 3000, width: 1024, height: 1024 });
	await service.control('jobs', { queuedMs: 0, runningMs: 5 });
	await service.control('faults', stage.faults ?? []);
	const { prompts = ['A cat'], parameters, options, service: where = 'blackForestLabs' } = stage;
	const result = await engine.runWorkflow({
		parameters: {
			...(where === 'dashScope' ? WAN : FLUX),
			...{ prompt: '={{ $json.prompt }}', ...parameters },
			options: { ...options },
		},
		items: prompts.map((prompt) => ({ json: { prompt } })),
		credentials: {
			...{ service: where, apiKey: KEY },
			[`${where}BaseUrl`]: `${service.url}${PATHS[where]}`,
		},
		onError,
		...(isRetried ? { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } : {}),
	});
	await service.http.delete('/control/faults');
	const items = result.outputs.flat();
	const withFiles = items.filter(({ binary }) => binary !== undefined);
	const jobs: Job[] = (await service.http.get('/control/jobs')).data;
	const requests = await service.requests();
	const links = jobs.flatMap(({ state, result: drawn }) =>
		state === 'done' ? linksIn(drawn) : [],
	);
	return {
		...{ result, items, jobs },
		submits: requests.length,
		billed: requests.reduce((sum, { billedImages }) => sum + billedImages, 0),
		kept: keptIn(result),
		files: await Promise.all(withFiles.map(async (item) => await result.binary(item))),
		drawn: await Promise.all(links.map(async (link) => await download(service, link))),
		fill: (text) =>
			text
				.replaceAll('{job}', jobs[0]?.id ?? '')
				.replaceAll('{last job}', jobs.at(-1)?.id ?? '')
				.replaceAll('{api}', new URL(service.url).host)
				.replaceAll('{files}', links[0] ? new URL(links[0]).host : ''),
	};
}

const FLUX = { family: 'flux', model: 'flux-2-pro', sizeType: 'preset', size: '1024x1024' };
const WAN = { family: 'wan', model: 'wan2.6-t2i', sizeType: 'preset', size: '1280x1280' };

/** Where the image service speaks as each service. */
const PATHS: Readonly<Record<JobService, string>> = {
	blackForestLabs: '/bfl',
	replicate: '/replicate/v1',
	fal: '/fal',
	dashScope: '/dashscope',
};

/** Wherever a service puts them. */
function linksIn(drawn: unknown): string[] {
	return JSON.stringify(drawn ?? null).match(/https?:[^"]+/g) ?? [];
}

/** Images that were requested anew although an earlier job of the same item was done. */
export function boughtTwice(jobs: readonly Job[], images: number): number {
	const done = jobs.filter(({ state }) => state === 'done');
	const perPrompt = new Map<string, number>();
	for (const { prompt } of done) perPrompt.set(prompt, (perPrompt.get(prompt) ?? 0) + 1);
	return [...perPrompt.values()].reduce((sum, count) => sum + Math.max(0, count - images), 0);
}

async function download({ http }: Client, link: string): Promise<Buffer> {
	return Buffer.from((await http.get(link, { responseType: 'arraybuffer' })).data);
}

interface Saved {
	readonly ticket?: object;
	readonly result?: { readonly images: object[]; readonly links: object[] };
}

/** What n8n keeps of the execution for a retry of it. */
function keptIn({ contextData }: NodeResult): Kept {
	const own = contextData as Record<string, { completedCalls?: Record<string, Saved> }>;
	const saved = Object.values(own['node:AI Images']?.completedCalls ?? {});
	const count = (of: (call: Saved) => number) => saved.reduce((sum, call) => sum + of(call), 0);
	const kept = {
		// A finished call keeps it, too, for new links.
		tickets: count(({ ticket, result }) => (ticket && !result ? 1 : 0)),
		images: count((call) => call.result?.images.length ?? 0),
		links: count((call) => call.result?.links.length ?? 0),
	};
	return Object.fromEntries(Object.entries(kept).filter(([, number]) => number > 0));
}
