import { setTimeout as sleep } from 'node:timers/promises';
import type { AxiosResponse } from 'axios';
import sharp from 'sharp';

import { startImageService } from '../../demo/image-service/server.ts';
import { FILE_URL, dataUrl, form, photo, useService } from './helpers';

const REFERENCE = 'https://replicate.com/docs/reference/http';
const FILES = 'https://sdks.replicate.com/resources/files/methods/create';
const OPENAPI =
	'https://github.com/api-evangelist/replicate/blob/043b4f90d005a37cc1424409b209e6ab9bebd3a7/openapi/replicate-openapi.yml';
const PACKAGE = 'https://www.npmjs.com/package/all-the-public-replicate-models/v/1.352.0';
const PRO =
	'https://replicate.com/black-forest-labs/flux-2-pro/versions/00b07c32e314ceb5152c1d08e73400e6a61d7d22ba60a405fc76314fc807910c/api';
const DEV =
	'https://replicate.com/black-forest-labs/flux-2-dev/versions/7bba46bdde863cfd7aaee87649a5aa49f39f368495dbea500998d1fcbb262050/api';
const FLEX =
	'https://replicate.com/black-forest-labs/flux-2-flex/versions/74299cd6035253a57375293dfbde8479a401f7c53b9f2eefc7b3f321fb2d8cfe/api';
const SEEDREAM =
	'https://replicate.com/bytedance/seedream-4.5/versions/9fe3b8282dcb9d9063b05e33210a1432801f7c5a6641db944baefcec4886761a/api';
const QWEN =
	'https://replicate.com/qwen/qwen-image/versions/0bba9e70f78437359725e0989ead45ca8b09e6c12a070dfe9a09e6856b43a44d/api';
const SCHEMAS =
	'https://github.com/genfeedai/genfeed.ai/tree/74eeadf4f9d96b287e959da1ad5a969955d13dad/apps/server/api/src/services/integrations/replicate/schemas';
const TYPES = 'https://github.com/replicate/replicate-javascript/issues/265';
const UNKNOWN = 'https://github.com/replicate/replicate-javascript/issues/347';
const KEYS = 'https://github.com/replicate/replicate-python/issues/47';
const WORDING = 'https://github.com/xeipuuv/gojsonschema/blob/78136042df80/locales.go';

const flux = (name: string) => `black-forest-labs/flux-${name}`;

const service = useService();
const small = { prompt: 'A fox', aspect_ratio: 'custom', width: 256, height: 256 };
const predict = (
	input: Record<string, unknown> = small,
	model = flux('2-pro'),
	headers: Record<string, string> = {},
) => service.http.post(`/replicate/v1/models/${model}/predictions`, { input }, { headers });

interface Prediction {
	id: string;
	status: string;
	output: string | string[] | null;
	error: string | null;
	urls: { get: string; cancel: string };
}

/** Every state of a prediction, without repetitions, and its end. */
async function follow({ data }: AxiosResponse): Promise<{ states: string[]; end: Prediction }> {
	const { urls, status } = data as Prediction;
	const states = [status];
	for (;;) {
		const end = (await service.http.get(urls.get)).data as Prediction;
		if (states.at(-1) !== end.status) states.push(end.status);
		if (!['starting', 'processing'].includes(end.status)) return { states, end };
		await sleep(5);
	}
}

async function pictures(input: Record<string, unknown>, model?: string) {
	const { end } = await follow(await predict(input, model));
	expect(end.error).toBeNull();
	return await Promise.all(
		[end.output!].flat().map(async (url) => {
			const file = await service.http.get(url, { responseType: 'arraybuffer' });
			const { format, width, height } = await sharp(file.data as Buffer).metadata();
			return { bytes: file.data as Buffer, shape: [format, width, height] };
		}),
	);
}

let image: string;
beforeAll(async () => {
	image = dataUrl(await photo(128, 64));
});
beforeEach(() => service.control('jobs', { queuedMs: 30, runningMs: 30 }));

describe('a prediction', () => {
	it('starts, is processed, and has a link', async () => {
		const input = { ...small, prompt: 'queued 300 ms, takes 300 ms' };
		const response = await predict(input);
		expect(response.status).toBe(201);
		const { id } = response.data;
		expect(response.data).toEqual({
			id,
			model: flux('2-pro'),
			version: expect.stringMatching(/^[0-9a-f]{64}$/),
			input,
			logs: '',
			output: null,
			data_removed: false,
			error: null,
			source: 'api',
			status: 'starting',
			created_at: expect.any(String),
			urls: {
				get: `${service.url}/replicate/v1/predictions/${id}`,
				cancel: `${service.url}/replicate/v1/predictions/${id}/cancel`,
			},
		});
		const { states, end } = await follow(response);
		expect(states).toEqual(['starting', 'processing', 'succeeded']);
		expect(end).toMatchObject({
			output: expect.stringMatching(FILE_URL),
			metrics: { predict_time: expect.any(Number) },
			started_at: expect.any(String),
			completed_at: expect.any(String),
		});
	});

	it.each([
		[flux('2-pro'), { output_format: 'jpg' }, 1, ['jpeg', 1024, 1024]],
		[flux('2-max'), { aspect_ratio: '16:9', resolution: '0.5 MP' }, 1, ['webp', 960, 544]],
		[flux('2-flex'), { ...small, steps: 10, guidance: 2 }, 1, ['webp', 256, 256]],
		[flux('2-dev'), { ...small, width: 300, output_format: 'png' }, 1, ['png', 304, 256]],
		[flux('dev'), { megapixels: '0.25', num_outputs: 2 }, 2, ['webp', 512, 512]],
		[flux('schnell'), { megapixels: '0.25', aspect_ratio: '21:9' }, 1, ['webp', 784, 336]],
		[flux('kontext-pro'), { aspect_ratio: '1:2' }, 1, ['png', 720, 1456]],
		[
			'bytedance/seedream-4.5',
			{
				...{ size: 'custom', width: 1024, height: 1024 },
				...{ sequential_image_generation: 'auto', max_images: 2 },
			},
			2,
			['jpeg', 1024, 1024],
		],
		['qwen/qwen-image', { image_size: 'optimize_for_speed' }, 1, ['webp', 1360, 768]],
	])('by %s with %j has %i × %j', async (model, input, count, shape) => {
		const found = await pictures({ prompt: 'A fox', ...input }, model);
		expect(found.map((each) => each.shape)).toEqual(Array(count).fill(shape));
	});

	it('can be succeeded before one that came first', async () => {
		const slow = await predict({ ...small, prompt: 'takes 2000 ms' });
		const quick = await predict({ ...small, prompt: 'takes 1 ms' });
		expect((await follow(quick)).end.status).toBe('succeeded');
		expect((await service.http.get(slow.data.urls.get)).data.status).toBe('processing');
		expect((await follow(slow)).end.status).toBe('succeeded');
	});

	it('is waited for with Prefer', async () => {
		const { status, data } = await predict(small, flux('2-pro'), { prefer: 'wait' });
		expect([status, data.status]).toEqual([201, 'succeeded']);
		expect(data.output).toMatch(FILE_URL);
		const slow = { ...small, prompt: 'takes 4000 ms' };
		const late = await predict(slow, flux('2-pro'), { prefer: 'wait=1' });
		expect([late.status, late.data.status]).toEqual([202, 'processing']);
	});

	it('can be created by a version', async () => {
		const model = await service.http.get(`/replicate/v1/models/${flux('schnell')}`);
		const { id } = model.data.latest_version;
		for (const version of [id, flux('schnell'), `${flux('schnell')}:${id}`]) {
			const input = { prompt: 'A fox', megapixels: '0.25' };
			const response = await service.http.post('/replicate/v1/predictions', { version, input });
			expect(response.data).toMatchObject({ model: flux('schnell'), version: id });
			expect((await follow(response)).end.output).toEqual([expect.stringMatching(FILE_URL)]);
		}
	});

	it('is billed once it runs', async () => {
		await follow(
			await predict({ prompt: 'A fox', num_outputs: 3, megapixels: '0.25' }, flux('dev')),
		);
		expect((await service.requests())[0]).toMatchObject({ status: 201, billedImages: 3 });
	});

	it('differs by the seed, and only by it', async () => {
		const [one, same, other] = await Promise.all(
			[1, 1, 2].map(async (seed) => (await pictures({ ...small, seed }))[0]!.bytes),
		);
		expect(same).toEqual(one);
		expect(other).not.toEqual(one);
	});

	it('is unknown after it was forgotten', async () => {
		const { data } = await predict();
		await service.http.delete('/control/jobs');
		const response = await service.http.get(data.urls.get);
		expect(response.status).toBe(404);
		const detail = 'The requested resource could not be found.';
		expect(response.data).toEqual({ detail, status: 404 });
	});
});

describe('a canceled prediction', () => {
	it('never runs, and is not billed', async () => {
		const { data } = await predict({ ...small, prompt: 'queued 1000 ms' });
		const canceled = await service.http.post(data.urls.cancel);
		expect([canceled.status, canceled.data.status]).toEqual([200, 'canceled']);
		await sleep(1200);
		const { data: end } = await service.http.get(data.urls.get);
		expect(end).toMatchObject({ status: 'canceled', output: null, error: null });
		expect((await service.requests())[0]?.billedImages).toBe(0);
	});

	it('that had succeeded stays so', async () => {
		const { end } = await follow(await predict());
		const { data } = await service.http.post(end.urls.cancel, {});
		expect(data.status).toBe('succeeded');
	});

	it('has exceeded its deadline, before it started or after', async () => {
		const headers = { 'cancel-after': '5s' };
		const responses = await Promise.all(
			['queued 9000 ms', 'takes 9000 ms'].map(async (prompt) => {
				return await predict({ ...small, prompt }, flux('2-pro'), headers);
			}),
		);
		const ends = await Promise.all(responses.map(follow));
		expect(ends.map(({ states }) => states)).toEqual([
			['starting', 'aborted'],
			['starting', 'processing', 'canceled'],
		]);
	}, 15_000);
});

describe('an edit', () => {
	it.each([
		[flux('2-pro'), 'input_images', { aspect_ratio: 'match_input_image' }, [1456, 720]],
		[flux('dev'), 'image', { megapixels: '0.25' }, [720, 368]],
		[flux('kontext-pro'), 'input_image', {}, [1456, 720]],
		[flux('fill-pro'), 'image', {}, [1456, 720]],
	])('by %s of its %s with %j has %j pixels', async (model, field, input, size) => {
		const given = { prompt: 'A fox', ...input, [field]: field.endsWith('s') ? [image] : image };
		const [edited] = await pictures(given, model);
		expect(edited!.shape.slice(1)).toEqual(size);
	});

	it('takes a file that was uploaded', async () => {
		const bytes = await photo(64, 64);
		const parts = form([
			['content', { bytes, type: 'image/png', name: 'fox.png' }],
			['metadata', '{"a":1}'],
		]);
		const { status, data } = await service.http.post('/replicate/v1/files', parts);
		expect(status).toBe(201);
		expect(data).toEqual({
			id: expect.any(String),
			name: 'fox.png',
			content_type: 'image/png',
			size: bytes.length,
			checksums: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
			metadata: { a: 1 },
			created_at: expect.any(String),
			expires_at: expect.any(String),
			urls: { get: `${service.url}/replicate/v1/files/${data.id}` },
		});
		expect((await service.http.get(data.urls.get)).data).toEqual(data);
		const list = await service.http.get('/replicate/v1/files');
		expect(list.data.results[0]).toEqual(data);
		const { end } = await follow(await predict({ ...small, input_images: [data.urls.get] }));
		expect(end.status).toBe('succeeded');
	});

	it('meets faults for edits, and for questions after it', async () => {
		await service.control('faults', { operation: 'edit', status: 429 });
		await service.control('faults', { operation: 'poll', status: 500 });
		const refused = await predict({ ...small, input_images: [image] });
		expect(refused.status).toBe(429);
		expect(refused.data).toMatchObject({ status: 429, detail: expect.any(String) });
		const response = await predict({ ...small, input_images: [image] });
		expect((await service.http.get(response.data.urls.get)).status).toBe(500);
		expect((await follow(response)).end.status).toBe('succeeded');
	});
});

describe('a failed prediction', () => {
	it.each([
		[flux('2-pro'), { prompt: 'refuse this' }, '(E005)'],
		[flux('schnell'), { prompt: 'refuse this' }, 'NSFW content detected'],
		[flux('2-pro'), { prompt: 'fail' }, 'could not'],
		[
			flux('kontext-pro'),
			{ prompt: 'A fox', input_image: 'data:image/png;base64,AAAA', safety_tolerance: 3 },
			'at most 2',
		],
		[flux('2-pro'), { prompt: 'A fox', input_images: 9 }, 'Maximum 8'],
		[flux('2-pro'), { prompt: 'A fox', input_images: ['data:image/png;base64,AAAA'] }, 'read'],
		[
			'bytedance/seedream-4.5',
			{
				...{ prompt: 'A fox', image_input: 2, max_images: 14 },
				sequential_image_generation: 'auto',
			},
			'exceed 15',
		],
	])('of %s with %j says %s', async (model, input, error) => {
		const given = Object.entries(input).map(([name, value]) => {
			const isCount = typeof value === 'number' && name.includes('input');
			return [name, isCount ? Array(value).fill(image) : value];
		});
		const { states, end } = await follow(await predict(Object.fromEntries(given), model));
		expect(states.at(-1)).toBe('failed');
		expect(end).toMatchObject({ output: null, error: expect.stringContaining(error) });
	});

	it('is none where the safety checker is off', async () => {
		const input = { prompt: 'refuse this', megapixels: '0.25', disable_safety_checker: true };
		expect((await follow(await predict(input, flux('schnell')))).end.status).toBe('succeeded');
	});
});

describe('a rejected request', () => {
	type Row = [
		what: string,
		model: string,
		input: Record<string, unknown>,
		line: string,
		type: string,
		source: string,
	];
	const extra = 'additional_property_not_allowed';
	const allowed = (name: string) => `input: Additional property ${name} is not allowed`;
	const rows: Row[] = [
		['no prompt', '2-pro', { prompt: undefined }, 'input: prompt is required', 'required', PRO],
		[
			'a number as prompt',
			'2-pro',
			{ prompt: 1 },
			'input.prompt: Invalid type. Expected: string, given: integer',
			'invalid_type',
			TYPES,
		],
		['a size', '2-pro', { size: '1024x1024' }, allowed('size'), extra, PRO],
		['a count', '2-pro', { num_outputs: 2 }, allowed('num_outputs'), extra, PRO],
		['an input of BFL', '2-pro', { input_image: '' }, allowed('input_image'), extra, PRO],
		['steps', '2-pro', { steps: 9 }, allowed('steps'), extra, PRO],
		['a resolution', '2-dev', { resolution: '1 MP' }, allowed('resolution'), extra, DEV],
		['an image', 'schnell', { image: 'https://a.b' }, allowed('image'), extra, PACKAGE],
		[
			'one image instead of a list',
			'2-pro',
			{ input_images: 'https://a.b' },
			'input.input_images: Invalid type. Expected: array, given: string',
			'invalid_type',
			TYPES,
		],
		[
			'bare base64',
			'2-pro',
			{ input_images: ['AAAA'] },
			"input.input_images.0: Does not match format 'uri'",
			'format',
			WORDING,
		],
		[
			'a tall image',
			'2-pro',
			{ height: 4096 },
			'input.height: Must be less than or equal to 2048',
			'number_lte',
			PRO,
		],
		[
			'a flat image',
			'2-dev',
			{ height: 128 },
			'input.height: Must be greater than or equal to 256',
			'number_gte',
			DEV,
		],
		[
			'no tolerance',
			'2-pro',
			{ safety_tolerance: 0 },
			'input.safety_tolerance: Must be greater than or equal to 1',
			'number_gte',
			PRO,
		],
		[
			'half a step',
			'2-flex',
			{ steps: 1.5 },
			'input.steps: Invalid type. Expected: integer, given: number',
			'invalid_type',
			FLEX,
		],
		[
			'five steps',
			'schnell',
			{ num_inference_steps: 5 },
			'input.num_inference_steps: Must be less than or equal to 4',
			'number_lte',
			PACKAGE,
		],
		[
			'five images',
			'dev',
			{ num_outputs: 5 },
			'input.num_outputs: Must be less than or equal to 4',
			'number_lte',
			PACKAGE,
		],
		[
			'a text as flag',
			'dev',
			{ go_fast: 'yes' },
			'input.go_fast: Invalid type. Expected: boolean, given: string',
			'invalid_type',
			PACKAGE,
		],
		[
			'no seed at all',
			'dev',
			{ seed: null },
			'input.seed: Invalid type. Expected: integer, given: null',
			'invalid_type',
			PACKAGE,
		],
		[
			'WebP by Kontext',
			'kontext-pro',
			{ output_format: 'webp' },
			'input.output_format: output_format must be one of the following: "jpg", "png"',
			'enum',
			SCHEMAS,
		],
		['no image to fill', 'fill-pro', {}, 'input: image is required', 'required', PACKAGE],
		[
			'1K',
			'bytedance/seedream-4.5',
			{ size: '1K' },
			'input.size: size must be one of the following: "2K", "4K", "custom"',
			'enum',
			SCHEMAS,
		],
		['a seed', 'bytedance/seedream-4.5', { seed: 1 }, allowed('seed'), extra, SEEDREAM],
		['a width', 'qwen/qwen-image', { width: 1024 }, allowed('width'), extra, QWEN],
	];

	it.each(rows)('has %s by %s: %j is 422, %s, %s (%s)', async (_, model, input, line, type) => {
		const name = model.includes('/') ? model : flux(model);
		const { status, data } = await predict({ prompt: 'A fox', ...input }, name);
		expect(status).toBe(422);
		const [field, description] = line.split(/: (.*)/);
		expect(data).toEqual({
			detail: `- ${line}\n`,
			status: 422,
			title: 'Input validation failed',
			invalid_fields: [{ type, field, description }],
		});
	});

	const bodies: Array<[path: string, body: unknown, detail: string, source: string]> = [
		[`models/${flux('2-pro')}/predictions`, {}, '- input is required\n', OPENAPI],
		[
			`models/${flux('2-pro')}/predictions`,
			{ input: small, model: 'a/b' },
			'- Additional property model is not allowed\n',
			OPENAPI,
		],
		[
			`models/${flux('2-pro')}/predictions`,
			{ input: 'A fox' },
			'- input: Invalid type. Expected: object, given: string\n',
			OPENAPI,
		],
		[
			'predictions',
			{ input: small, model: flux('2-pro') },
			'- version is required\n- Additional property model is not allowed\n',
			OPENAPI,
		],
		[
			'predictions',
			{ input: small, version: 'a'.repeat(64) },
			"The specified version does not exist (or perhaps you don't have permission to use it?)",
			KEYS,
		],
	];
	it.each(bodies)('to %s is %j: %s (%s)', async (path, body, detail) => {
		const { status, data } = await service.http.post(`/replicate/v1/${path}`, body);
		expect(status).toBe(422);
		expect(data).toMatchObject({ detail, status: 422, title: expect.any(String) });
	});

	const headers: Array<[header: Record<string, string>, source: string]> = [
		[{ prefer: 'wait=61' }, OPENAPI],
		[{ prefer: 'respond-async' }, OPENAPI],
		[{ 'cancel-after': '4s' }, REFERENCE],
		[{ 'cancel-after': 'soon' }, REFERENCE],
	];
	it.each(headers)('has the header %j (%s)', async (header) => {
		const { status } = await predict(small, flux('2-pro'), header);
		expect(status).toBe(422);
	});

	it.each([
		['POST', 'models/acme/paint/predictions', UNKNOWN],
		['POST', `models/${flux('2-pro')}:c6b5d2b7/predictions`, UNKNOWN],
		['GET', 'models/acme/paint', UNKNOWN],
		['GET', 'predictions/unknown', UNKNOWN],
		['POST', 'predictions/unknown/cancel', UNKNOWN],
		['GET', 'files/unknown', REFERENCE],
		['POST', 'images/generations', REFERENCE],
	])('is %s %s (%s)', async (method, path) => {
		const url = `/replicate/v1/${path}`;
		const { status, data } = await service.http.request({ method, url, data: {} });
		expect(status).toBe(404);
		expect(data).toEqual({ detail: expect.any(String), status: 404 });
	});

	it.each([
		['no content', [['metadata', '{}']]],
		['an unknown part', [['file', 'A']]],
		['a text as content', [['content', 'A']]],
	] as Array<[string, Array<[string, string]>]>)(
		`is a file with %s (${FILES})`,
		async (_, parts) => {
			const { status } = await service.http.post('/replicate/v1/files', form(parts));
			expect(status).toBe(422);
		},
	);

	it.each([
		[{}, 'You did not pass an authentication token'],
		[{ authorization: 'Bearer wrong' }, 'Invalid or expired API token.'],
	])(`has the key of %j: %s (${KEYS})`, async (headers, detail) => {
		const locked = await startImageService({ apiKey: 'right' });
		try {
			const url = `${locked.url}/replicate/v1/account`;
			const { status, data } = await service.http.get(url, { headers });
			expect([status, data]).toEqual([401, { title: 'Unauthenticated', detail, status: 401 }]);
			const right = await service.http.get(url, { headers: { authorization: 'Bearer right' } });
			expect(right.data).toMatchObject({ type: 'user', username: expect.any(String) });
		} finally {
			await locked.close();
		}
	});
});

it('publishes the schema of a model, with choices as schemas of their own', async () => {
	const { data } = await service.http.get(`/replicate/v1/models/${flux('schnell')}`);
	expect(data).toMatchObject({ owner: 'black-forest-labs', name: 'flux-schnell' });
	const { schemas } = data.latest_version.openapi_schema.components;
	expect(schemas.Input).toMatchObject({ type: 'object', required: ['prompt'] });
	expect(schemas.Input.properties).toMatchObject({
		prompt: { type: 'string', title: 'Prompt', 'x-order': 0 },
		num_outputs: { type: 'integer', default: 1, minimum: 1, maximum: 4 },
		megapixels: { allOf: [{ $ref: '#/components/schemas/megapixels' }], default: '1' },
	});
	expect(schemas.megapixels).toMatchObject({ enum: ['1', '0.25'], type: 'string' });
	expect(schemas.Output).toMatchObject({ type: 'array' });
});
