import { setTimeout as sleep } from 'node:timers/promises';

import { api, dashScopeClient, idOf } from './dashScopeClient';
import { edit, job, says, text } from './dashScopeRequests';
import { FILE_URL, dataUrl, photo, useService } from './helpers';

const TASKS = 'https://www.alibabacloud.com/help/en/model-studio/manage-asynchronous-tasks';

const service = useService();
const { post, task, ask, askFlat, follow, sizeOf } = dashScopeClient(service);

let image: string;
beforeAll(async () => {
	image = dataUrl(await photo(768, 384));
});
beforeEach(() => service.control('jobs', { queuedMs: 20, runningMs: 20 }));

const request = { request_id: expect.any(String) };

describe('a job', () => {
	it('waits, runs, and has a choice for each picture', async () => {
		const prompt = 'queued 200 ms, takes 200 ms';
		const response = await ask(job, 'wan2.6-t2i', { n: 2 }, prompt);
		expect(response.status).toBe(200);
		const output = { task_status: 'PENDING', task_id: expect.any(String) };
		expect(response.data).toEqual({ ...request, output });
		const { states, end } = await follow(idOf(response));
		expect(states).toEqual(['PENDING', 'RUNNING', 'SUCCEEDED']);
		const content = [{ image: expect.stringMatching(FILE_URL), type: 'image' }];
		const choice = { finish_reason: 'stop', message: { role: 'assistant', content } };
		const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
		expect(end).toEqual({
			...request,
			output: {
				task_id: idOf(response),
				task_status: 'SUCCEEDED',
				...{ submit_time: time, scheduled_time: time, end_time: time },
				finished: true,
				choices: [choice, choice],
			},
			usage: {
				...{ image_count: 2, size: '1280*1280' },
				...{ input_tokens: 0, output_tokens: 0, total_tokens: 0 },
			},
		});
		expect(await sizeOf(end.output.choices[0]!.message.content[0]!.image)).toEqual([
			...['png', 1280, 1280],
		]);
		expect((await service.requests())[0]).toMatchObject({ images: 0, billedImages: 2 });
	});

	it('of Wan 2.5 and older has results, and so has one of Qwen', async () => {
		for (const [model, size, shape] of [
			['wan2.5-t2i-preview', '1696*960', [1696, 960]],
			['wan2.2-t2i-flash', '512*1024', [512, 1024]],
			['qwen-image-plus', '928*1664', [928, 1664]],
		] as const) {
			const prompt = { negative_prompt: 'cats' };
			const response = await askFlat(text, model, { size, n: 1 }, prompt);
			const { end } = await follow(idOf(response));
			expect(end).toMatchObject({
				output: {
					results: [{ orig_prompt: 'A fox', actual_prompt: 'A fox', url: expect.any(String) }],
					task_metrics: { TOTAL: 1, SUCCEEDED: 1, FAILED: 0 },
				},
				usage: { image_count: 1 },
			});
			expect(await sizeOf(end.output.results[0]!.url)).toEqual(['png', ...shape]);
		}
	});

	it('edits', async () => {
		const input = says('A fox', [image, image]);
		const spoken = await post(job, { model: 'wan2.6-image', input, parameters: { n: 1 } });
		const { end } = await follow(idOf(spoken));
		const { image: url } = end.output.choices[0]!.message.content[0]!;
		expect(await sizeOf(url)).toEqual(['png', 1808, 912]);
		const images = { images: [image] };
		const flat = await askFlat(edit, 'wan2.5-i2i-preview', { n: 1, size: '1024*768' }, images);
		const { results } = (await follow(idOf(flat))).end.output;
		expect(await sizeOf(results[0]!.url)).toEqual(['png', 1024, 768]);
	});

	it('draws four pictures, or a sequence of twelve at most', async () => {
		const usual = await follow(idOf(await askFlat(text, 'wan2.2-t2i-plus', { size: '512*512' })));
		expect(usual.end.output.results).toHaveLength(4);
		const parameters = { enable_sequential: true, size: '768*768' };
		const sequence = await follow(idOf(await ask(job, 'wan2.7-image', parameters)));
		expect(sequence.end.output.choices).toHaveLength(12);
	});

	it('can be done before an earlier one', async () => {
		const size = { size: '512*512', n: 1 };
		const wait = (ms: number) => ({ prompt: `queued 1 ms, takes ${ms} ms` });
		const slow = await askFlat(text, 'wan2.2-t2i-flash', size, wait(500));
		const quick = await askFlat(text, 'wan2.2-t2i-flash', size, wait(1));
		expect((await follow(idOf(quick))).end.output.task_status).toBe('SUCCEEDED');
		expect((await task(idOf(slow))).output.task_status).toBe('RUNNING');
		expect((await follow(idOf(slow))).end.output.task_status).toBe('SUCCEEDED');
	});

	it.each([
		['Please refuse this', 'DataInspectionFailed'],
		['fail', 'InternalError.Algo'],
	])('with the prompt "%s" fails with %s, and is not billed', async (prompt, code) => {
		const { states, end } = await follow(idOf(await ask(job, 'wan2.6-t2i', {}, prompt)));
		expect(states.at(-1)).toBe('FAILED');
		expect(end.output).toMatchObject({ code, message: expect.any(String) });
		expect(end).not.toHaveProperty('usage');
		expect((await service.requests())[0]?.billedImages).toBe(0);
	});

	it('fails where an input is of no use', async () => {
		const small = dataUrl(await photo(200, 400));
		const input = says('A fox', [small]);
		const response = await post(job, { model: 'wan2.6-image', input });
		expect(response.status).toBe(200);
		expect((await follow(idOf(response))).end.output.code).toBe('InvalidImageResolution');
	});

	it('can succeed with some of its pictures', async () => {
		const prompt = { prompt: 'refuse one' };
		const response = await askFlat(text, 'wan2.2-t2i-flash', { n: 2, size: '512*512' }, prompt);
		const { output, usage } = (await follow(idOf(response))).end;
		expect(output).toMatchObject({
			task_status: 'SUCCEEDED',
			results: [
				{ url: expect.any(String) },
				{ code: 'DataInspectionFailed', message: expect.any(String) },
			],
			task_metrics: { TOTAL: 2, SUCCEEDED: 1, FAILED: 1 },
		});
		expect(usage).toEqual({ image_count: 1 });
	});

	it(`can be cancelled while it waits (${TASKS})`, async () => {
		const cancel = async (id: string) => await service.http.post(`${api}/tasks/${id}/cancel`);
		const waiting = idOf(await ask(job, 'wan2.6-t2i', {}, 'queued 9000 ms'));
		const { status, data } = await cancel(waiting);
		expect([status, data]).toEqual([200, request]);
		expect((await task(waiting)).output.task_status).toBe('CANCELED');
		const running = idOf(await ask(job, 'wan2.6-t2i', {}, 'queued 1 ms, takes 9000 ms'));
		while ((await task(running)).output.task_status !== 'RUNNING') await sleep(5);
		for (const id of [waiting, running, 'unknown']) {
			const refusal = await cancel(id);
			expect([refusal.status, refusal.data.code]).toEqual([400, 'UnsupportedOperation']);
		}
	});

	it('is unknown where it was forgotten', async () => {
		const id = idOf(await ask(job, 'wan2.6-t2i'));
		await service.http.delete('/control/jobs');
		const { status, data } = await service.http.get(`${api}/tasks/${id}`);
		expect([status, data]).toEqual([
			200,
			{ ...request, output: { task_id: id, task_status: 'UNKNOWN' } },
		]);
	});
});
