import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';

import { startImageService } from '../../demo/image-service/server.ts';
import { greyMask } from './forms';
import { FILE_URL, dataUrl, form, photo, useService } from './helpers';

const OPENAPI =
	'https://github.com/iancaseydouglas/strange.pets.comfyui/blob/30db8eb269c0eaf38f0b06d2448e9a327554b63d/bfl_openapi.json';
const MODELS = 'https://docs.bfl.ml/api-reference/models';
const PRO = `${MODELS}/generate-or-edit-an-image-with-flux2-%5Bpro%5D.md`;
const FLEX =
	'https://bfl.mintlify.app/api-reference/models/generate-or-edit-an-image-with-flux2-[flex]';
const KONTEXT = `${MODELS}/edit-or-create-an-image-with-flux1-kontext-%5Bpro%5D.md`;
const ULTRA = `${MODELS}/generate-an-image-with-flux11-%5Bpro%5D-ultra-mode.md`;
const SKILL =
	'https://github.com/black-forest-labs/skills/blob/ab8b5eb925b0f6ef52c84a8d8f47851ad0aff634/skills/bfl-api/references/endpoints.md';
const SDK = 'https://www.npmjs.com/package/@ai-sdk/black-forest-labs/v/2.0.41';
const RESULT = 'https://docs.bfl.ai/api-reference/utility/get-result.md';
const GENAI = 'https://github.com/maruel/genai (providers/bfl/client_test.go)';
const KEYS = 'https://github.com/gelasdev/ComfyUI-FLUX-BFL-API/issues/16';

const service = useService();
const submit = (fields: Record<string, unknown> = {}, model = 'flux-2-pro') =>
	service.http.post(`/bfl/v1/${model}`, { prompt: 'A fox', ...fields });

interface Result {
	id: string;
	status: string;
	result: { sample: string; seed: number; prompt: string } | null;
	details: Record<string, unknown> | null;
}

async function poll(url: string): Promise<Result> {
	const { status, data } = await service.http.get(url);
	expect(status).toBe(200);
	return data as Result;
}

/** Every state of a job, without repetitions, and its end. */
async function follow(url: string): Promise<{ states: string[]; end: Result }> {
	const states: string[] = [];
	for (;;) {
		const end = await poll(url);
		if (states.at(-1) !== end.status) states.push(end.status);
		if (!['Pending', 'Reasoning', 'Generating'].includes(end.status)) return { states, end };
		await sleep(5);
	}
}

async function picture(fields: Record<string, unknown>, model?: string) {
	const { status, data } = await submit(fields, model);
	expect(data).not.toHaveProperty('detail');
	expect(status).toBe(200);
	const { end } = await follow(data.polling_url as string);
	const file = await service.http.get(end.result!.sample, { responseType: 'arraybuffer' });
	const { format, width, height } = await sharp(file.data as Buffer).metadata();
	return {
		ticket: data as Record<string, unknown>,
		bytes: file.data as Buffer,
		format,
		width,
		height,
	};
}

const square = { width: 64, height: 64 };

let input: string;
let mask: string;
beforeAll(async () => {
	input = (await photo(96, 64)).toString('base64');
	const area = { left: 32, top: 16, width: 32, height: 32 };
	mask = (await greyMask({ width: 96, height: 64 }, area, 'white')).toString('base64');
});
beforeEach(() => service.control('jobs', { queuedMs: 20, runningMs: 20 }));

describe('a task', () => {
	it('is a ticket, then pending, then a link to a JPEG', async () => {
		const prompt = 'A fox, queued 300 ms';
		const { status, data } = await submit({ prompt, width: 256, height: 128, seed: 7 });
		expect(status).toBe(200);
		expect(data).toEqual({
			id: expect.any(String),
			polling_url: `${service.url}/bfl/v1/get_result?id=${data.id}`,
			cost: 3,
			input_mp: 0,
			output_mp: 0.03,
		});
		const { states, end } = await follow(data.polling_url);
		expect(states).toEqual(['Pending', 'Ready']);
		expect(end).toMatchObject({
			id: data.id,
			result: { sample: expect.stringMatching(FILE_URL), seed: 7, prompt },
			details: null,
		});
		const file = await service.http.get(end.result!.sample, { responseType: 'arraybuffer' });
		expect(await sharp(file.data).metadata()).toMatchObject({ format: 'jpeg', width: 256 });
	});

	it.each([
		['flux-2-pro', {}, 'jpeg', 1024, 1024],
		['flux-2-max', { width: 512, height: 270, output_format: 'png' }, 'png', 512, 256],
		['flux-2-flex', { width: 320, height: 64, steps: 20, guidance: 3 }, 'jpeg', 320, 64],
		['flux-2-klein-4b', { width: 64, height: 64, output_format: 'webp' }, 'webp', 64, 64],
		['flux-2-klein-9b', { width: 64, height: 64, safety_tolerance: 5 }, 'jpeg', 64, 64],
		['flux-kontext-pro', { aspect_ratio: '16:9' }, 'png', 1360, 768],
		['flux-kontext-max', { output_format: null }, 'png', 1024, 1024],
		['flux-pro-1.1', { prompt_upsampling: true }, 'jpeg', 1024, 768],
		['flux-pro-1.1-ultra', { raw: true }, 'jpeg', 2720, 1536],
	])('of %s with %j is a %s of %i × %i pixels', async (model, fields, ...expected) => {
		const { format, width, height } = await picture(fields, model);
		expect([format, width, height]).toEqual(expected);
	});

	it('can have the states of models that think', async () => {
		const { data } = await submit({ prompt: 'Think, queued 300 ms, takes 300 ms', ...square });
		const { states } = await follow(data.polling_url);
		expect(states).toEqual(['Reasoning', 'Generating', 'Ready']);
	});

	it('can be ready before one that came first', async () => {
		const [slow, quick] = await Promise.all(
			['takes 2000 ms', 'takes 1 ms'].map(async (prompt) => {
				return (await submit({ prompt, ...square })).data.polling_url as string;
			}),
		);
		expect((await follow(quick!)).end.status).toBe('Ready');
		expect((await poll(slow!)).status).toBe('Pending');
		expect((await follow(slow!)).end.status).toBe('Ready');
	});

	it('differs by the seed, and only by it', async () => {
		const [one, same, other] = await Promise.all(
			[1, 1, 2].map(async (seed) => (await picture({ seed, ...square })).bytes),
		);
		expect(same).toEqual(one);
		expect(other).not.toEqual(one);
	});

	it('names its webhook instead of a polling URL', async () => {
		const { data } = await submit({ webhook_url: 'https://example.com/hook' });
		expect(data).toMatchObject({ status: 'Pending', webhook_url: 'https://example.com/hook' });
		expect(data).not.toHaveProperty('polling_url');
	});

	it('is billed once it runs, and its key is not recorded', async () => {
		const headers = { 'x-key': 'secret' };
		const body = { prompt: 'A fox', width: 64, height: 64 };
		const { data } = await service.http.post('/bfl/v1/flux-2-pro', body, { headers });
		await follow(data.polling_url);
		const [request] = await service.requests();
		expect(request).toMatchObject({ status: 200, billedImages: 1 });
		expect(request?.headers['x-key']).toMatch(/^sha256:/);
	});

	it('is unknown after it was forgotten', async () => {
		const { data } = await submit(square);
		await service.http.delete('/control/jobs');
		expect((await poll(data.polling_url)).status).toBe('Task not found');
	});

	it('cannot be canceled', async () => {
		const { data } = await submit();
		expect((await service.http.post(`/bfl/v1/cancel?id=${data.id}`, {})).status).toBe(404);
	});
});

describe('an edit', () => {
	it.each([
		['flux-2-pro', { input_image: 1, input_image_8: 1 }, 96, 64],
		['flux-2-flex', { input_image: 1, width: 128, height: 64 }, 128, 64],
		['flux-2-klein-4b', { input_image_4: 1 }, 96, 64],
		['flux-kontext-pro', { input_image: 1, aspect_ratio: '1:1' }, 1024, 1024],
		['flux-pro-1.0-fill', { image: 1, mask: 1 }, 96, 64],
	])('of %s with %j has %i × %i pixels', async (model, fields, width, height) => {
		const given = Object.entries(fields).map(([name, value]) => {
			return [name, /mask/.test(name) ? mask : /image/.test(name) ? input : value];
		});
		expect(await picture(Object.fromEntries(given), model)).toMatchObject({
			width,
			height,
			ticket: { input_mp: expect.any(Number), cost: expect.any(Number) },
		});
	});

	it('takes a link, and bills its megapixels', async () => {
		const file = (await photo(1000, 1000)).toString('base64');
		const { data } = await submit({ input_image: file, width: 64, height: 64 });
		expect(data).toMatchObject({ cost: 4.5, input_mp: 1, output_mp: 0 });
		const { end } = await follow(data.polling_url);
		const again = await submit({ input_image: end.result!.sample });
		expect(again.status).toBe(200);
	});

	it('meets faults for edits, and for questions after it', async () => {
		await service.control('faults', { operation: 'edit', status: 503 });
		await service.control('faults', { operation: 'poll', status: 429 });
		const refused = await submit({ input_image: input });
		expect(refused.status).toBe(503);
		expect(refused.data).toEqual({ detail: expect.any(String) });
		const { data } = await submit({ input_image: input });
		expect((await service.http.get(data.polling_url)).status).toBe(429);
		expect((await follow(data.polling_url)).end.status).toBe('Ready');
	});
});

it.each([
	['refuse the prompt', 'Request Moderated', 0],
	['refuse this', 'Request Moderated', 0],
	['refuse the result', 'Content Moderated', 1],
	['fail', 'Error', 1],
])('the prompt "%s" ends as %s', async (word, status, billed) => {
	const { data } = await submit({ prompt: `${word}, queued 300 ms`, ...square });
	const { states, end } = await follow(data.polling_url);
	expect(states).toEqual(['Pending', status]);
	expect(end.result).toBeNull();
	const reasons = { 'Moderation Reasons': [expect.any(String)] };
	expect(end.details).toEqual(status === 'Error' ? null : reasons);
	expect((await service.requests())[0]?.billedImages).toBe(billed);
});

describe('a rejected request', () => {
	type Row = [
		what: string,
		model: string,
		fields: Record<string, unknown>,
		field: string,
		type: string,
		source: string,
	];
	const extra = 'extra_forbidden';
	const wrong = 'value_error';
	const rows: Row[] = [
		['no prompt', 'flux-2-pro', { prompt: undefined }, 'prompt', 'missing', PRO],
		['a number as prompt', 'flux-2-pro', { prompt: 1 }, 'prompt', wrong, PRO],
		['a count', 'flux-2-pro', { n: 2 }, 'n', extra, PRO],
		['a model', 'flux-2-pro', { model: 'flux-2-pro' }, 'model', extra, PRO],
		['a ratio at FLUX.2', 'flux-2-pro', { aspect_ratio: '1:1' }, 'aspect_ratio', extra, PRO],
		['a size', 'flux-2-pro', { size: '1024x1024' }, 'size', extra, PRO],
		['steps at FLUX.2 pro', 'flux-2-pro', { steps: 20 }, 'steps', extra, OPENAPI],
		['a ninth image', 'flux-2-pro', { input_image_9: 'AAAA' }, 'input_image_9', extra, OPENAPI],
		[
			'a fifth image at klein',
			'flux-2-klein-4b',
			{ input_image_5: 'A' },
			'input_image_5',
			extra,
			OPENAPI,
		],
		[
			'upsampling at FLUX.2 pro',
			'flux-2-pro',
			{ prompt_upsampling: true },
			'prompt_upsampling',
			extra,
			OPENAPI,
		],
		['a narrow image', 'flux-2-pro', { width: 63 }, 'width', wrong, PRO],
		['a text as width', 'flux-2-pro', { width: '512' }, 'width', wrong, PRO],
		['more than 4 megapixels', 'flux-2-pro', { width: 3000, height: 2000 }, 'width', wrong, SKILL],
		[
			'tolerance 6 at FLUX.2',
			'flux-2-pro',
			{ safety_tolerance: 6 },
			'safety_tolerance',
			wrong,
			PRO,
		],
		['no tolerance', 'flux-2-pro', { safety_tolerance: null }, 'safety_tolerance', wrong, PRO],
		['half a seed', 'flux-2-pro', { seed: 0.5 }, 'seed', wrong, PRO],
		['another format', 'flux-2-pro', { output_format: 'jpg' }, 'output_format', wrong, PRO],
		['51 steps', 'flux-2-flex', { steps: 51 }, 'steps', wrong, FLEX],
		['weak guidance', 'flux-2-flex', { guidance: 1 }, 'guidance', wrong, FLEX],
		['a width at Kontext', 'flux-kontext-pro', { width: 512 }, 'width', extra, KONTEXT],
		['a flat image', 'flux-kontext-max', { aspect_ratio: '3:1' }, 'aspect_ratio', wrong, KONTEXT],
		[
			'a ratio with an x',
			'flux-kontext-max',
			{ aspect_ratio: '1x1' },
			'aspect_ratio',
			wrong,
			KONTEXT,
		],
		['a width that 32 does not divide', 'flux-pro-1.1', { width: 1000 }, 'width', wrong, OPENAPI],
		['a large width', 'flux-pro-1.1', { width: 1472 }, 'width', wrong, OPENAPI],
		[
			'much of an image',
			'flux-pro-1.1-ultra',
			{ image_prompt_strength: 2 },
			'image_prompt_strength',
			wrong,
			ULTRA,
		],
		[
			'a link as image prompt',
			'flux-pro-1.1',
			{ image_prompt: 'https://a.b' },
			'image_prompt',
			wrong,
			OPENAPI,
		],
		['no image to fill', 'flux-pro-1.0-fill', {}, 'image', 'missing', OPENAPI],
		['a damaged image', 'flux-2-pro', { input_image: 'AAAA' }, 'input_image', wrong, PRO],
		[
			'a data URL',
			'flux-2-pro',
			{ input_image: dataUrl(Buffer.from('A')) },
			'input_image',
			wrong,
			SDK,
		],
		['a list of images', 'flux-2-pro', { input_image: ['AAAA'] }, 'input_image', wrong, PRO],
	];

	it.each(rows)(
		'has %s at %s: %j is 422 for %s, %s (%s)',
		async (_, model, fields, field, type) => {
			const { status, data } = await submit(fields, model);
			expect(status).toBe(422);
			expect(data).toEqual({ detail: [{ type, loc: ['body', field], msg: expect.any(String) }] });
		},
	);

	it('has a mask in colours', async () => {
		const { status, data } = await submit({ image: input, mask: input }, 'flux-pro-1.0-fill');
		expect(status).toBe(422);
		expect(data.detail[0].loc).toEqual(['body', 'mask']);
	});

	it(`has a mask of another size (${OPENAPI})`, async () => {
		const mask = (await photo(32, 32)).toString('base64');
		const { status, data } = await submit({ image: input, mask }, 'flux-pro-1.0-fill');
		expect(status).toBe(422);
		expect(data.detail[0].loc).toEqual(['body', 'mask']);
	});

	it.each([
		['POST', '/v1/flux-2', 404, GENAI],
		['POST', '/flux-2-pro', 404, OPENAPI],
		['POST', '/v1/flux-proX1.1', 404, OPENAPI],
		['GET', '/v1/flux-2-pro', 405, OPENAPI],
		['GET', '/v1/get_result', 422, RESULT],
	])('of %s %s is %i (%s)', async (method, path, status) => {
		const response = await service.http.request({ method, url: `/bfl${path}`, data: {} });
		expect(response.status).toBe(status);
		expect(response.data).toHaveProperty('detail');
	});

	it(`is a form (${OPENAPI})`, async () => {
		const { status } = await service.http.post('/bfl/v1/flux-2-pro', form([['prompt', 'A fox']]));
		expect(status).toBe(415);
	});

	it.each([
		[{}, 'Not authenticated'],
		[{ authorization: 'Bearer right' }, 'Not authenticated'],
		[{ 'x-key': 'wrong' }, 'Not authenticated - Invalid Authentication'],
	])(`has the key of %j: %s (${KEYS})`, async (headers, detail) => {
		const locked = await startImageService({ apiKey: 'right' });
		try {
			const url = `${locked.url}/bfl/v1/credits`;
			const { status, data } = await service.http.get(url, { headers });
			expect([status, data]).toEqual([403, { detail }]);
			const right = await service.http.get(url, { headers: { 'x-key': 'right' } });
			expect(right.data).toEqual({ credits: expect.any(Number) });
		} finally {
			await locked.close();
		}
	});
});
