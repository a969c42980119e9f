import sharp from 'sharp';

import { versionOf } from '../../demo/image-service/profiles/replicateModels';
import { useEngine } from '../helpers/engine';
import { json, useImagesApi } from '../helpers/imagesApi';
import { credentials, KEY, replicateAt, typed, usePassage } from '../helpers/replicate';
import { useService } from '../image-service/helpers';

const service = useService({ apiKey: KEY });
const front = useImagesApi();
const { runOf, inputs, submits } = replicateAt(service);

describe('a model whose inputs the node does not know', () => {
	const engine = useEngine();
	const passage = usePassage(service);
	const asked = () => passage.seen.filter((each) => each.startsWith('GET /replicate/v1/models/'));
	const passing = () => ({ credentials: credentials(`${passage.url()}/replicate`) });
	const SDXL = 'stability-ai/sdxl';

	it('gets what it publishes by its own names, and is asked for once in a run', async () => {
		const run = typed(
			SDXL,
			{ n: 2, size: '512x256' },
			{ guidance: 5, steps: 20, negativePrompt: 'fog' },
		);
		const items = [{ json: {} }, { json: {} }];
		const { error, outputs } = await engine.runWorkflow(runOf('', { ...run, ...passing(), items }));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(4);
		expect(outputs[0]?.[0]?.json).toMatchObject({ model: SDXL, width: 512, height: 256 });
		expect(asked()).toHaveLength(1);
		const sent = {
			...{ prompt: 'A lighthouse', num_outputs: 2, width: 512, height: 256 },
			...{ guidance_scale: 5, num_inference_steps: 20, negative_prompt: 'fog' },
		};
		// Models of the community have no path of their own.
		const requests = await service.requests();
		expect(requests.map(({ path, fields }) => [path, fields])).toEqual(
			Array(2).fill(['/replicate/v1/predictions', { version: versionOf(SDXL), input: sent }]),
		);
	});

	it('can be a version of a model', async () => {
		const id = `${SDXL}:${versionOf(SDXL)}`;
		const { error, outputs } = await engine.runWorkflow(runOf('', { ...typed(id), ...passing() }));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
		expect(asked()).toEqual([`GET /replicate/v1/models/${SDXL}/versions/${versionOf(SDXL)}`]);
	});

	it('gets an input image in the input that it has for it', async () => {
		const create = { width: 64, height: 64, channels: 3 as const, background: '#08f' };
		const data = await sharp({ create }).png().toBuffer();
		const file = { data, mimeType: 'image/png', fileName: 'a.png' };
		const items = [{ binary: { data: file } }];
		const run = { ...typed(SDXL, { operation: 'edit' }), ...passing(), items };
		const { error } = await engine.runWorkflow(runOf('', run));
		expect(error).toBeUndefined();
		expect(await inputs()).toEqual([
			{ prompt: 'A lighthouse', image: expect.stringMatching(/^data:image\/png/) },
		]);
		const two = { data: file, other: file };
		const inputImages = { image: [{ source: 'binary', binaryField: 'data,other' }] };
		const both = { ...typed(SDXL, { operation: 'edit', inputImages }), items: [{ binary: two }] };
		const { error: refused } = await engine.runWorkflow(runOf('', both));
		expect(refused?.message).toBe(`'Input Images' has 2 images, but ${SDXL} supports up to 1`);
	});

	it('refuses what another picture would come of, and leaves out the rest with a warning', async () => {
		const { error } = await engine.runWorkflow(runOf('', typed(SDXL, {}, { style: 'vivid' })));
		expect(error?.message).toMatch(/^'Style' isn't supported by Replicate/);
		const run = typed(SDXL, {}, { moderation: 'low' });
		const { outputs } = await engine.runWorkflow(runOf('', run));
		expect(outputs[0]?.[0]?.json.warnings).toEqual([
			"'Moderation' was not sent because Replicate doesn't support it",
		]);
	});

	it('splits more images than it makes at once', async () => {
		const { error } = await engine.runWorkflow(runOf('', typed(SDXL, { n: 5 })));
		expect(error).toBeUndefined();
		const counts = (await inputs()).map((input) => (input as { num_outputs: number }).num_outputs);
		expect(counts.sort()).toEqual([1, 4]);
	});

	it.each([
		[{}, { guidance: 51 }, "'Guidance' 51 isn't supported by Replicate. Choose another value"],
		[{ size: 'huge' }, {}, "'Size' \"huge\" isn't supported by Replicate. Choose another value"],
	])('refuses values beyond its limits: %j %j', async (more, options, message) => {
		const { error } = await engine.runWorkflow(runOf('', typed(SDXL, more, options)));
		expect(error?.message).toBe(message);
	});

	it.each(['somebody/nothing', 'made-up'])('is refused if there is none: %s', async (id) => {
		const { error } = await engine.runWorkflow(runOf('', typed(id)));
		expect(error?.message).toBe(`Replicate has no model "${id}"`);
		expect(error?.description).toMatch(
			/Enter the model ID as owner\/name or owner\/name:version\. No image was requested/,
		);
		expect(await submits()).toBe(0);
	});

	it('without a prompt is refused', async () => {
		const schemas = { Input: { properties: { image: { type: 'string' } } } };
		const openapi_schema = { components: { schemas } };
		front.reply(json({ is_official: true, latest_version: { id: 'v1', openapi_schema } }));
		const { error } = await engine.runWorkflow(
			runOf('', { ...typed('a/upscaler'), credentials: credentials(front.url) }),
		);
		expect(error?.message).toBe(
			'a/upscaler at Replicate takes no prompt. Use a model that makes images from a prompt',
		);
	});

	it.each([[{}], [{ latest_version: null }], ['text'], [[]]])(
		'is refused if it publishes nothing: %j',
		async (body) => {
			front.reply(json(body));
			const { error } = await engine.runWorkflow(
				runOf('', { ...typed('a/model'), credentials: credentials(front.url) }),
			);
			expect(error?.message).toBe(
				"a/model at Replicate doesn't say what it takes. Use another model",
			);
		},
	);
});
