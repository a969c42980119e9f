import { useEngine, type NodeResult } from '../helpers/engine';
import { API_KEY, json, leaksOf, raw, type Reply } from '../helpers/imagesApi';
import { ATTEMPTS, minutes, SIGNATURE, useLinks } from '../helpers/linkServer';
import { picture } from '../helpers/pictures';
import { refusal } from '../helpers/responses';

const rejected = refusal(400, { message: 'Rejected.', code: 'moderation_blocked' });
const no = (status: number) => raw('No', status);
const reset: Reply = (_, response) => void response.socket!.resetAndDestroy();

const SAVED =
	'1 image was generated but not downloaded. Its link is saved: a retry downloads it without generating it again. To generate new images, run the workflow again.';
const DISCARDED =
	'1 image was generated, but its link failed again in the retry and was discarded. The next retry generates and bills it again.';

describe.each(['filesystem', 'default'] as const)('in binary mode %s', (binaryMode) => {
	const engine = useEngine({ binaryMode });
	const { files, made, before, prompts, runOf, pathsOf } = useLinks();
	const descriptionOf = ({ error }: NodeResult) => (error as { description?: string }).description;

	describe('a link that fails for a minute', () => {
		it.each<[string, Reply, number]>([
			['404', no(404), ATTEMPTS],
			['403', no(403), ATTEMPTS],
			['410', no(410), 1],
			['503', no(503), ATTEMPTS],
			['a lost connection', reset, ATTEMPTS],
			['a web page', raw('<html></html>'), ATTEMPTS],
		])('is downloaded by the retry, and not generated again: %s', async (_, reply, attempts) => {
			before.set('/1.png', minutes(1, reply, attempts));
			const result = await engine.runWorkflow(runOf(['cat']));
			expect(result.error).toBeUndefined();
			expect(prompts()).toEqual(['cat']);
			expect(await pathsOf(result)).toEqual(['/1.png']);
			expect(result.outputs[0]![0]!.json).toMatchObject({
				...{ fileName: 'cat-1.png', revisedPrompt: 'of /1.png', requestId: 'req_1' },
				attempts: 1,
			});
			expect(result.outputs[0]![0]!.json).not.toHaveProperty('warnings');
			expect(leaksOf(result, [SIGNATURE])).toEqual([]);
			expect(JSON.stringify(result.contextData)).not.toContain(SIGNATURE);
		});

		it('is not kept where it holds the key, which n8n would store as it is', async () => {
			const link = `${files.url}/0.png?key=${API_KEY}`;
			before.set('cat', [json({ data: [{ url: link }] })]);
			before.set('/0.png', minutes(1, no(404)));
			const kept = await engine.runWorkflow(runOf(['cat'], { retryOnFail: false }));
			expect(descriptionOf(kept)).not.toContain('saved');
			expect(JSON.stringify(kept.contextData)).not.toContain(API_KEY);
			before.set('cat', [json({ data: [{ url: link }] })]);
			before.set('/0.png', minutes(1, no(404)));
			const result = await engine.runWorkflow(runOf(['cat']));
			expect(prompts()).toEqual(['cat', 'cat', 'cat']);
			expect(JSON.stringify(result.contextData)).not.toContain(API_KEY);
			expect(leaksOf(result)).toEqual([]);
		});

		it('is reported as saved, and is only in the context of the execution', async () => {
			before.set('/1.png', minutes(1, no(404)));
			const result = await engine.runWorkflow(runOf(['cat'], { retryOnFail: false }));
			expect(descriptionOf(result)).toContain(`(HTTP status 404, request ID req_1).\n${SAVED}`);
			expect(JSON.stringify(result.contextData)).toContain(SIGNATURE);
			expect(leaksOf(result, [SIGNATURE])).toEqual([]);
		});

		it('is discarded when the retry finds it dead, too, and then generated again', async () => {
			before.set('/1.png', minutes(3, no(404)));
			const two = await engine.runWorkflow(runOf(['cat']));
			expect(descriptionOf(two)).toContain(DISCARDED);
			expect(JSON.stringify(two.contextData)).not.toContain(SIGNATURE);
			expect(prompts()).toEqual(['cat']);

			before.set('/2.png', minutes(2, no(403)));
			const three = await engine.runWorkflow(runOf(['cat'], { maxTries: 3 }));
			expect(three.error).toBeUndefined();
			expect(prompts()).toEqual(['cat', 'cat', 'cat']);
			expect(await pathsOf(three)).toEqual(['/3.png']);
		});

		it.each<[string, Reply]>([
			['is unreachable', reset],
			['is busy', no(503)],
		])('is kept as long as its server %s', async (_, reply) => {
			before.set('/1.png', minutes(3, reply));
			const result = await engine.runWorkflow(runOf(['cat'], { maxTries: 3 }));
			expect(descriptionOf(result)).toContain(SAVED);
			expect(prompts()).toEqual(['cat']);
		});

		it('is not used for another request, nor by another execution', async () => {
			before.set('/1.png', minutes(1, no(404)));
			const parameters = {
				...runOf([]).parameters,
				prompt: '={{ $json.prompt + Math.random().toString() + $now.toMillis() }}',
			};
			await engine.runWorkflow(runOf(['cat'], { parameters }));
			expect(prompts()).toHaveLength(2);
			await engine.runWorkflow(runOf(['cat']));
			expect(prompts()).toHaveLength(3);
		});

		it('is followed in the retry that an error item of the first item causes', async () => {
			before.set('/1.png', minutes(1, no(404)));
			const onError = 'continueRegularOutput';
			const result = await engine.runWorkflow(runOf(['cat', 'dog'], { onError }));
			expect(await pathsOf(result)).toEqual(['/1.png', '/2.png']);
			expect(prompts()).toEqual(['cat', 'dog']);
		});

		it('is an error item without a promise where the execution continues', async () => {
			before.set('/1.png', minutes(1, no(404)));
			const more = { onError: 'continueRegularOutput', retryOnFail: false } as const;
			const result = await engine.runWorkflow(runOf(['cat'], more));
			expect(JSON.stringify(result.outputs)).not.toMatch(/saved|retry/);
			expect(leaksOf(result, [SIGNATURE])).toEqual([]);
		});
	});

	describe('one of three links', () => {
		it('costs only its image in a run that succeeds', async () => {
			before.set('/2.png', minutes(1, no(404)));
			const result = await engine.runWorkflow(runOf(['cat'], { n: 3 }));
			expect(await pathsOf(result)).toEqual(['/1.png', '/3.png']);
			expect(
				result.outputs[0]!.map(({ json: { imageNumber, fileName } }) => [imageNumber, fileName]),
			).toEqual([
				[1, 'cat-1-1.png'],
				[3, 'cat-1-3.png'],
			]);
			expect(result.outputs[0]![0]!.json.warnings).toEqual([
				expect.stringMatching(
					/^One image is missing: Image generated, but the download failed: .*404/,
				),
			]);
			expect(JSON.stringify(result.contextData)).not.toContain(SIGNATURE);
		});

		it('is downloaded when another item makes n8n repeat the run', async () => {
			before.set('/2.png', minutes(1, no(404)));
			before.set('bad', [rejected]);
			const result = await engine.runWorkflow(runOf(['cat', 'bad'], { n: 3 }));
			expect(result.error).toBeUndefined();
			expect(prompts()).toEqual(['cat', 'bad', 'bad']);
			expect(await pathsOf(result)).toEqual([1, 2, 3, 4, 5, 6].map((number) => `/${number}.png`));
			expect(result.outputs[0]!.map(({ json: { fileName } }) => fileName)).toEqual([
				...['cat-1-1.png', 'cat-1-2.png', 'cat-1-3.png'],
				...['bad-2-1.png', 'bad-2-2.png', 'bad-2-3.png'],
			]);
			expect(result.outputs[0]![0]!.json).not.toHaveProperty('warnings');
		});

		it('is discarded when it is dead, without the others', async () => {
			before.set('/2.png', minutes(2, no(404)));
			before.set('bad', [rejected, rejected]);
			const result = await engine.runWorkflow(runOf(['cat', 'bad'], { n: 3, maxTries: 3 }));
			expect(prompts()).toEqual(['cat', 'bad', 'bad', 'bad']);
			expect((await pathsOf(result)).slice(0, 2)).toEqual(['/1.png', '/3.png']);
			expect(result.outputs[0]![0]!.json.warnings).toEqual([
				expect.stringMatching(/^One image is missing: .*404/),
			]);
			const followed = files.requests.filter(({ path }) => path.startsWith('/2.png'));
			expect(followed).toHaveLength(2 * ATTEMPTS);
		});
	});

	it('links that were followed are not followed by the retry, if their files are kept', async () => {
		before.set('bad', [rejected]);
		const result = await engine.runWorkflow(runOf(['cat', 'bad'], { n: 2 }));
		expect(await pathsOf(result)).toEqual(['/1.png', '/2.png', '/3.png', '/4.png']);
		expect(prompts()).toEqual(['cat', 'bad', 'bad']);
		expect(made.size).toBe(4);
		expect(files.requests).toHaveLength(binaryMode === 'default' ? 6 : 4);
	});
});

describe('a link beside an image that n8n keeps in memory', () => {
	const engine = useEngine({ binaryMode: 'default' });
	const { api, files, before, prompts, runOf } = useLinks();

	it('is not kept without that image, which is reported once', async () => {
		const image = await picture();
		before.set('/late.png', minutes(1, no(404)));
		before.set('bad', [rejected, rejected]);
		const both = json({
			data: [{ b64_json: image.toString('base64') }, { url: `${files.url}/late.png` }],
		});
		before.set('cat', [both, both]);
		const run = runOf(['cat', 'bad'], { n: 2, retryOnFail: false });
		const stopped = await engine.runWorkflow(run);
		expect(stopped.error).toMatchObject({
			description: expect.stringMatching(
				/\n1 image was generated\. n8n stores binary data in memory, so a retry generates and bills it again\.$/,
			),
		});
		expect(JSON.stringify(stopped.contextData)).not.toContain('late.png');
		expect(prompts()).toEqual(['cat', 'bad']);
		expect(api.requests).toHaveLength(2);
	});
});

describe('a link that n8n forbids to follow', () => {
	const engine = useEngine({
		env: { N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost' },
	});
	const { api, files, runOf } = useLinks();

	it('is kept without another attempt: the block can be lifted', async () => {
		const baseUrl = api.url.replace('127.0.0.1', 'localhost');
		const credentials = { ...api.credentials, baseUrl };
		const result = await engine.runWorkflow(runOf(['cat'], { credentials, retryOnFail: false }));
		expect(result.error).toMatchObject({
			message: expect.stringMatching(/n8n blocked the request/),
			description: expect.stringContaining(SAVED),
		});
		expect(files.requests).toEqual([]);
		expect(result.error).toMatchObject({ description: expect.not.stringContaining('tried') });
	});
});
