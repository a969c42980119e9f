import type { INodeParameters } from 'n8n-workflow';
import { useEngine, type NodeRun } from '../helpers/engine';
import { leaksOf, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { useService } from '../image-service/helpers';

const KEY = 'key-0123456789abcdefghij';
const service = useService({ apiKey: KEY });
const hostile = useImagesApi();
const FLUX = { family: 'flux', model: 'flux-2-pro', sizeType: 'preset', size: '1024x1024' };

const submits = async () => (await service.requests()).length;

const runOf = (parameters: INodeParameters, more: Partial<NodeRun> = {}): NodeRun => ({
	parameters: { ...FLUX, ...parameters },
	onError: 'continueRegularOutput',
	credentials: {
		service: 'blackForestLabs',
		apiKey: KEY,
		blackForestLabsBaseUrl: `${service.url}/bfl`,
	},
	...more,
});

describe.each(['filesystem', 'default'] as const)(
	'a job of another execution, with binary data in %s mode',
	(binaryMode) => {
		const engine = useEngine({ binaryMode });

		const late = async (parameters: INodeParameters, more: Partial<NodeRun> = {}) => {
			const { outputs } = await engine.runWorkflow(
				runOf({ prompt: 'takes 1500 ms', options: { timeout: 1 }, ...parameters }, more),
			);
			return outputs[0]?.[0]?.json as { details: { job: object; pendingJobs?: object[] } };
		};

		it('is fetched by its record, and requests nothing', async () => {
			const json = await late({});
			const parameters = {
				prompt: 'A cat',
				options: { resumeJob: '={{ $json.details.job }}', fileName: '{prompt}' },
			};
			const result = await engine.runWorkflow(runOf(parameters, { items: [{ json }] }));
			const [item] = result.outputs[0]!;
			expect(item?.json).toMatchObject({ model: 'flux-2-pro', width: 1024, attempts: 0 });
			expect(item?.json).not.toHaveProperty('warnings');
			expect(item?.json.costUsd).toBeGreaterThan(0);
			expect(item?.binary?.data?.fileName).toMatch(/^a-cat\./);
			expect(await submits()).toBe(1);
		});

		it('of an edit needs no files', async () => {
			const data = await picture();
			const json = await late(
				{ operation: 'edit' },
				{ items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'photo.png' } } }] },
			);
			const parameters = {
				operation: 'edit',
				prompt: 'x',
				options: { resumeJob: '={{ $json.details.job }}' },
			};
			const result = await engine.runWorkflow(runOf(parameters, { items: [{ json }] }));
			expect(result.outputs[0]?.[0]?.json).toMatchObject({ width: 1024, operation: 'edit' });
			expect(await submits()).toBe(1);
		});

		it('can be one of several of an item', async () => {
			const json = await late({ n: 3 });
			const { job, pendingJobs = [] } = json.details;
			expect(pendingJobs).toHaveLength(3);
			expect(pendingJobs[0]).toEqual(job);
			const items = pendingJobs.map((each) => ({ json: { each } }));
			const parameters = { prompt: 'x', options: { resumeJob: '={{ $json.each }}' } };
			const result = await engine.runWorkflow(runOf(parameters, { items } as Partial<NodeRun>));
			expect(result.outputs[0]).toHaveLength(3);
			expect(await submits()).toBe(3);
		});

		it('stands beside the images that are there', async () => {
			await service.control('faults', { operation: 'poll', status: 403 });
			const { outputs } = await engine.runWorkflow(runOf({ prompt: 'A cat', n: 2 }));
			expect(outputs[0]).toHaveLength(1);
			const { pendingJobs } = outputs[0]![0]!.json as { pendingJobs: object[] };
			expect(pendingJobs).toHaveLength(1);
			const parameters = { prompt: 'x', options: { resumeJob: '={{ $json.pendingJobs[0] }}' } };
			const items = [{ json: { pendingJobs } }];
			const result = await engine.runWorkflow(runOf(parameters, { items } as Partial<NodeRun>));
			expect(result.outputs[0]?.[0]?.json).toMatchObject({ width: 1024 });
			expect(await submits()).toBe(2);
		});
	},
);

describe('a record of a job', () => {
	const engine = useEngine();

	const resume = async (resumeJob: unknown, more: Partial<NodeRun> = {}) =>
		await engine.runWorkflow(
			runOf({ prompt: 'A cat', options: { resumeJob: JSON.stringify(resumeJob) } }, more),
		);
	const record = (url: string) => ({ service: 'Black Forest Labs', id: 'job-1', url });

	it.each([
		[
			'of another service',
			{ service: 'fal', id: '1', url: 'https://queue.fal.run/1' },
			'\'Resume Job\' is a job at "fal", but the credential is for Black Forest Labs. Use a credential for the same service',
		],
		[
			'that is incomplete',
			{ service: 'Black Forest Labs', id: '1' },
			"'Resume Job' needs service, id and url. Use 'details.job' of an error item as it is",
		],
	])('%s is refused', async (_, job, message) => {
		const { outputs } = await resume(job);
		expect(outputs[0]?.[0]?.json).toMatchObject({ error: message });
		expect(await submits()).toBe(0);
	});

	it('is refused where there are no jobs', async () => {
		const parameters = {
			...{ prompt: 'A cat', family: 'gpt-image', model: 'gpt-image-2' },
			options: {
				resumeJob: JSON.stringify({ ...record('https://x.example/1'), service: 'OpenAI' }),
			},
		};
		const credentials = { service: 'openai', apiKey: KEY, openaiBaseUrl: `${service.url}/v1` };
		const { outputs } = await engine.runWorkflow(runOf(parameters, { credentials }));
		expect(outputs[0]?.[0]?.json.error).toBe(
			"'Resume Job': this model doesn't answer with jobs at OpenAI",
		);
	});

	it.each(['/steal', '//%s/steal', 'http://%s/steal'])('gets no key at %s', async (address) => {
		const url = address.replace('%s', new URL(hostile.url).host);
		const result = await resume(record(url), {
			credentials: { ...runOf({}).credentials, blackForestLabsBaseUrl: `${service.url}/bfl` },
		});
		expect(hostile.requests).toEqual([]);
		expect(result.outputs[0]?.[0]?.json.error).toMatch(/isn't its own|Not found|404/i);
		expect(leaksOf(result, [KEY])).toEqual([]);
	});

	it('needs the address of the result where that is another one', async () => {
		const job = {
			service: 'fal',
			id: 'request-1',
			url: `${service.url}/fal/requests/request-1/status`,
		};
		const { outputs } = await engine.runWorkflow(
			runOf(
				{ prompt: 'x', options: { resumeJob: JSON.stringify(job) } },
				{ credentials: { service: 'fal', apiKey: KEY, falBaseUrl: `${service.url}/fal` } },
			),
		);
		expect(outputs[0]?.[0]?.json.error).toMatch(/^'Resume Job' needs resultUrl/);
		expect(await submits()).toBe(0);
	});

	it('of a job that is not known any more says what to do', async () => {
		const { outputs } = await resume(record(`${service.url}/bfl/v1/get_result?id=gone`));
		expect(outputs[0]?.[0]?.json).toMatchObject({
			message: expect.stringMatching(/to request a new image, without 'Resume Job' if it is set/),
		});
		expect(await submits()).toBe(0);
	});
});
