import type { Job } from '../../../demo/image-service/jobs.ts';
import type { Client } from '../../image-service/helpers';
import { moment } from './api';
import type { N8n } from './n8n';
import { imageNode, prompts, workflow, type Node } from './workflow';

export const KEY = 'key-0123456789abcdefghij';

/** What the node logs of a job, as *Resume Job* takes it. n8n prints its own data behind it. */
export function loggedJob(output: string): string {
	const record = [...output.matchAll(/for 'Resume Job': (\{.*\})/g)].at(-1)?.[1];
	if (record === undefined) throw new Error(`No job in the log:\n${output}`);
	return record;
}

export const areDone = (jobs: readonly Job[]) => jobs.every(({ state }) => state === 'done');
export const areRunning = (jobs: readonly Job[]) =>
	jobs.length > 0 && jobs.every(({ state, polls }) => state === 'running' && polls > 0);

/** Workflows that request jobs of the image service, as Black Forest Labs has them. */
export function jobsOf(n8n: N8n, service: Client) {
	const jobs = async (): Promise<Job[]> => (await service.http.get('/control/jobs')).data;
	return {
		jobs,
		async until(isWanted: (jobs: readonly Job[]) => boolean): Promise<void> {
			while (!isWanted(await jobs())) await moment(50);
		},
		/** Saves a workflow with an item for each text. @returns its id */
		async save(texts: readonly string[], more: Partial<Node> = {}, settings = {}) {
			const credential = await n8n.credential({
				service: 'blackForestLabs',
				apiKey: KEY,
				blackForestLabsBaseUrl: `${service.url}/bfl`,
			});
			const parameters = { family: 'flux', model: 'flux-2-pro', ...more.parameters };
			const image = imageNode(credential, { ...more, parameters });
			return await n8n.save(workflow(prompts(...texts), [image], { settings }));
		},
	};
}
