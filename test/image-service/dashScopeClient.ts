import { setTimeout as sleep } from 'node:timers/promises';
import type { AxiosResponse } from 'axios';
import sharp from 'sharp';

import { now, says } from './dashScopeRequests';
import { FILE_URL } from './helpers';
import type { Client } from './helpers';

export const api = '/dashscope/api/v1';

export interface Task {
	task_id: string;
	task_status: string;
	results: Array<{ url: string; code?: string }>;
	choices: Array<{ message: { content: Array<{ image: string }> } }>;
	code?: string;
}

export function idOf({ data }: AxiosResponse): string {
	return data.output.task_id as string;
}

/** Sends requests to the profile, and follows the jobs that they become. */
export function dashScopeClient(service: Client) {
	const post = (path: string, body: unknown, async = path !== now) =>
		service.http.post(`${api}/services/aigc/${path}`, body, {
			headers: async ? { 'x-dashscope-async': 'enable' } : {},
		});
	const task = async (id: string) =>
		(await service.http.get(`${api}/tasks/${id}`)).data as { output: Task; usage?: unknown };
	return {
		post,
		task,
		ask: (path: string, model: string, parameters: object = {}, prompt = 'A fox') =>
			post(path, { model, input: says(prompt), parameters }),
		askFlat: (path: string, model: string, parameters: object = {}, input: object = {}) =>
			post(path, { model, input: { prompt: 'A fox', ...input }, parameters }),
		/** Every status of a task, without repetitions, and its end. */
		async follow(id: string) {
			const states: string[] = [];
			for (;;) {
				const end = await task(id);
				const { task_status: state } = end.output;
				if (states.at(-1) !== state) states.push(state);
				if (!['PENDING', 'RUNNING'].includes(state)) return { states, end };
				await sleep(5);
			}
		},
		async sizeOf(url: string) {
			expect(url).toMatch(FILE_URL);
			const file = await service.http.get(url, { responseType: 'arraybuffer' });
			const { format, width, height } = await sharp(file.data as Buffer).metadata();
			return [format, width, height];
		},
	};
}
