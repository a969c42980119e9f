import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import { picture } from '../helpers/pictures';
import { form, imageOf, rgba, useService } from './helpers';
import type { Upload } from './helpers';

const KEY = 'key-0123456789abcdefghij';
const service = useService({ apiKey: KEY });

const V1 = '/azure/openai/v1';
const DATED = '/azure/openai/deployments';
const VERSION = 'api-version=2025-04-01-preview';

const DOCS = 'https://github.com/MicrosoftDocs/azure-ai-docs/blob/main/articles/foundry/openai';
const GUIDE = `${DOCS}/how-to/dall-e.md`;
const EDIT_GUIDE = `${DOCS}/includes/how-to-dall-e-2.md`;
const QUICKSTART = `${DOCS}/includes/dall-e-rest.md`;
const REFERENCE = `${DOCS}/includes/api-versions/latest-inference-preview.md`;
const V1_SCHEMA =
	'https://github.com/Azure/azure-rest-api-specs/blob/main/specification/ai/data-plane/OpenAI.v1/azure-v1-preview-generated.yaml';
const RESOURCE_NOT_FOUND = 'https://github.com/openai/openai-python/issues/2608';

type Parts = Array<[string, string | Upload]>;

async function post(
	path: string,
	body: unknown,
	config: AxiosRequestConfig = { headers: { 'api-key': KEY } },
): Promise<AxiosResponse> {
	return await service.http.post(path, body, config);
}

async function get(path: string): Promise<AxiosResponse> {
	return await service.http.get(path, { headers: { 'api-key': KEY } });
}

describe('generations', () => {
	const body = { model: 'pictures', prompt: 'A fox', size: '1024x1024' };

	it.each(['', '?api-version=v1', '?api-version=preview'])(
		'takes the deployment in the body, with the query "%s"',
		async (query) => {
			const response = await post(`${V1}/images/generations${query}`, body);
			expect(response.status).toBe(200);
			expect(response.headers['apim-request-id']).toMatch(/^[\da-f-]{36}$/);
			expect(await rgba(imageOf(response))).toMatchObject({ width: 1024, height: 1024 });
		},
	);

	it.each(['2025-04-01-preview', '2025-06-01'])(
		'takes the deployment in the path, with the version %s',
		async (version) => {
			const path = `${DATED}/pictures-15/images/generations?api-version=${version}`;
			const response = await post(path, { prompt: 'A fox', n: 2 });
			expect(response.data.data).toHaveLength(2);
		},
	);

	it('looks only at the path if both name a deployment', async () => {
		const path = `${DATED}/pictures-15/images/generations?${VERSION}`;
		// GPT Image 1.5 has no free sizes, and GPT Image 2 has.
		const { data } = await post(path, { ...body, size: '1824x1024' });
		expect(data.error).toMatchObject({ param: 'size' });
	});

	it('streams', async () => {
		const { data, headers } = await post(`${V1}/images/generations`, {
			...body,
			stream: true,
			partial_images: 1,
		});
		expect(headers['content-type']).toContain('text/event-stream');
		expect(data.match(/^event: .*/gm)).toEqual([
			'event: image_generation.partial_image',
			'event: image_generation.completed',
		]);
	});

	it('keeps what it was asked, and that its images are billed', async () => {
		await post(`${V1}/images/generations`, { ...body, n: 2 });
		const [request] = await service.untilRecorded(([first]) => first?.images === 2);
		expect(request).toMatchObject({ fields: { model: 'pictures' }, status: 200, billedImages: 2 });
	});

	it('can be disturbed', async () => {
		await service.control('faults', { status: 429, retryAfter: 7 });
		const { status, headers, data } = await post(`${V1}/images/generations`, body);
		expect(status).toBe(429);
		expect(headers).toMatchObject({
			'retry-after': '7',
			'apim-request-id': expect.any(String),
		});
		expect(data.error.code).toBe('429');
	});

	it('hands out the files of the byte mode', async () => {
		await service.control('bytes', { bytes: 20_000 });
		const response = await post(`${V1}/images/generations`, body);
		expect(imageOf(response)).toHaveLength(20_000);
	});
});

describe('edits', () => {
	const parts = async (...more: Parts): Promise<FormData> =>
		form([['prompt', 'A fox'], ['image[]', { bytes: await picture() }], ...more]);

	it.each([
		`${V1}/images/edits`,
		`${V1}/images/edits?api-version=preview`,
		`${DATED}/pictures/images/edits?${VERSION}`,
	])('%s takes a form with several images and a mask', async (path) => {
		const mask = { bytes: await picture({ alpha: true, colour: '#00000000' }) };
		const second: Parts[number] = [
			'image[]',
			{ bytes: await picture({ format: 'jpeg' }), type: 'image/jpeg' },
		];
		const response = await post(
			path,
			await parts(second, ['mask', mask], ['model', 'pictures'], ['size', '1024x1024']),
		);
		expect(await rgba(imageOf(response))).toMatchObject({ width: 1024, height: 1024 });
	});

	it('takes input_fidelity with GPT Image 1.5', async () => {
		const response = await post(
			`${DATED}/pictures-15/images/edits?${VERSION}`,
			await parts(['input_fidelity', 'high']),
		);
		expect(response.data.data).toHaveLength(1);
	});
});

describe('keys', () => {
	const body = { model: 'pictures', prompt: 'A fox', size: '1024x1024' };

	it.each([{ 'api-key': KEY }, { authorization: `Bearer ${KEY}` }])('takes %j', async (headers) => {
		const { status } = await post(`${V1}/images/generations`, body, { headers });
		expect(status).toBe(200);
	});

	it.each([{}, { 'api-key': 'wrong' }, { authorization: 'Bearer wrong' }])(
		'refuses %j',
		async (headers) => {
			const { status, data } = await post(`${V1}/images/generations`, body, { headers });
			expect(status).toBe(401);
			// https://github.com/microsoft/semantic-kernel/issues/10337
			expect(data).toEqual({
				error: {
					code: '401',
					message:
						'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
				},
			});
		},
	);
});

describe('models', () => {
	it('are listed as OpenAI lists them', async () => {
		const { data } = await get(`${V1}/models`);
		expect(data).toMatchObject({ object: 'list' });
		expect(data.data).toContainEqual(
			expect.objectContaining({ id: 'gpt-image-2', object: 'model', owned_by: 'openai' }),
		);
	});

	it('are listed in the form of the dated versions', async () => {
		const { data } = await get('/azure/openai/models?api-version=2024-10-21');
		expect(data.data).toContainEqual(
			expect.objectContaining({ id: 'gpt-image-1.5', status: 'succeeded', object: 'model' }),
		);
	});

	// https://learn.microsoft.com/en-us/rest/api/azureopenai/models/list
	it('are no deployments', async () => {
		const { data } = await get(`${V1}/models`);
		expect(JSON.stringify(data)).not.toContain('pictures');
	});

	it('are not listed without a dated version', async () => {
		expect((await get('/azure/openai/models')).status).toBe(404);
	});
});

describe('a filtered prompt', () => {
	const body = { model: 'pictures', prompt: 'Please refuse this' };

	it('has the error of the guide below /openai/v1', async () => {
		const { status, data } = await post(`${V1}/images/generations`, body);
		expect(status).toBe(400);
		expect(data).toEqual({
			created: expect.any(Number),
			error: {
				code: 'contentFilter',
				message: 'Your task failed as a result of our safety system.',
			},
		});
	});

	it('has the error of the reference with a dated version', async () => {
		const { status, data } = await post(`${DATED}/pictures/images/generations?${VERSION}`, body);
		expect(status).toBe(400);
		expect(data.error).toMatchObject({
			code: 'content_policy_violation',
			inner_error: {
				code: 'ResponsibleAIPolicyViolation',
				content_filter_results: { violence: { filtered: true, severity: 'medium' } },
			},
		});
	});
});

interface Rejected {
	readonly what: string;
	/** Default: the edits or generations of `/openai/v1`. */
	readonly path?: string;
	/** Default: a deployment of GPT Image 2. */
	readonly model?: string;
	readonly fields?: Record<string, unknown>;
	/** Parts of an edit, beside a prompt. */
	readonly parts?: () => Promise<Parts>;
	readonly status?: number;
	readonly error: Record<string, unknown>;
	readonly source: string;
}

const image = async (): Promise<Parts[number]> => ['image[]', { bytes: await picture() }];

const REJECTED: readonly Rejected[] = [
	{
		what: 'WebP output',
		fields: { output_format: 'webp' },
		error: { code: 'invalid_value', param: 'output_format' },
		source: GUIDE,
	},
	{
		what: 'WebP output of an edit',
		parts: async () => [await image(), ['output_format', 'webp']],
		error: { code: 'invalid_value', param: 'output_format' },
		source: GUIDE,
	},
	{
		what: 'response_format',
		fields: { response_format: 'b64_json' },
		error: { code: 'unknown_parameter', param: 'response_format' },
		source: 'https://github.com/Azure/azure-sdk-for-net/issues/49965',
	},
	{
		what: 'response_format as a URL',
		fields: { response_format: 'url' },
		error: { code: 'unknown_parameter', param: 'response_format' },
		source: GUIDE,
	},
	{
		what: 'more than ten images',
		fields: { n: 11 },
		error: { param: 'n' },
		source: GUIDE,
	},
	{
		what: 'no image at all',
		fields: { n: 0 },
		error: { param: 'n' },
		source: GUIDE,
	},
	{
		what: 'a free size for GPT Image 1.5',
		model: 'pictures-15',
		fields: { size: '1824x1024' },
		error: { param: 'size' },
		source: GUIDE,
	},
	{
		what: 'a size that is no multiple of 16',
		fields: { size: '1000x1000' },
		error: { param: 'size' },
		source: GUIDE,
	},
	{
		what: 'a size with more than 3840 pixels on an edge',
		fields: { size: '4096x2048' },
		error: { param: 'size' },
		source: GUIDE,
	},
	{
		what: 'a size with too few pixels',
		fields: { size: '512x512' },
		error: { param: 'size' },
		source: GUIDE,
	},
	{
		what: 'a quality of DALL·E',
		fields: { quality: 'hd' },
		error: { code: 'invalid_value', param: 'quality' },
		source: GUIDE,
	},
	{
		what: 'a style, which only DALL·E has',
		fields: { style: 'vivid' },
		error: { code: 'unknown_parameter', param: 'style' },
		source: REFERENCE,
	},
	{
		what: 'safety_identifier, which is called user',
		fields: { safety_identifier: 'user-1' },
		error: { code: 'unknown_parameter', param: 'safety_identifier' },
		source: V1_SCHEMA,
	},
	{
		what: 'a moderation that does not exist',
		fields: { moderation: 'high' },
		error: { code: 'invalid_value', param: 'moderation' },
		source: V1_SCHEMA,
	},
	{
		what: 'more than three previews',
		fields: { stream: true, partial_images: 4 },
		error: { param: 'partial_images' },
		source: REFERENCE,
	},
	{
		what: 'a compression above 100',
		fields: { output_format: 'jpeg', output_compression: 101 },
		error: { param: 'output_compression' },
		source: GUIDE,
	},
	{
		what: 'a transparent JPEG',
		model: 'pictures-15',
		fields: { background: 'transparent', output_format: 'jpeg' },
		error: { param: 'background' },
		source: GUIDE,
	},
	{
		what: 'a request without a prompt',
		fields: { prompt: undefined },
		error: { code: 'missing_required_parameter', param: 'prompt' },
		source: REFERENCE,
	},
	{
		what: 'a prompt of more than 32,000 characters',
		fields: { prompt: 'x'.repeat(32_001) },
		error: { param: 'prompt' },
		source: REFERENCE,
	},
	{
		what: 'a request without a deployment',
		model: '',
		error: { code: 'missing_required_parameter', param: 'model' },
		source: GUIDE,
	},
	{
		what: 'a deployment that does not exist',
		model: 'gpt-image-1',
		status: 404,
		error: { code: 'DeploymentNotFound' },
		source: QUICKSTART,
	},
	{
		what: 'a deployment in the path that does not exist',
		path: `${DATED}/none/images/generations?${VERSION}`,
		status: 404,
		error: { code: 'DeploymentNotFound' },
		source: QUICKSTART,
	},
	{
		what: 'a dated path without a version',
		path: `${DATED}/pictures/images/generations`,
		status: 404,
		error: { code: '404', message: 'Resource not found' },
		source: 'https://github.com/open-webui/open-webui/issues/16267',
	},
	{
		what: 'a version before GPT Image',
		path: `${DATED}/pictures/images/generations?api-version=2025-03-01-preview`,
		status: 404,
		error: { code: '404', message: 'Resource not found' },
		source: 'https://github.com/Azure-Samples/openai/issues/146',
	},
	{
		what: 'a dated version below /openai/v1',
		path: `${V1}/images/generations?${VERSION}`,
		error: {
			code: 'BadRequest',
			message: 'api-version query parameter is not allowed when using /v1 path',
		},
		source: 'https://github.com/pydantic/pydantic-ai/issues/5066',
	},
	{
		what: 'a path with neither a version nor a deployment',
		path: `/azure/openai/images/generations?${VERSION}`,
		status: 404,
		error: { code: '404', message: 'Resource not found' },
		source: RESOURCE_NOT_FOUND,
	},
	{
		what: 'an edit in JSON',
		path: `${V1}/images/edits`,
		fields: { images: [{ image_url: 'data:image/png;base64,AAAA' }] },
		error: { code: 'unsupported_content_type' },
		source: EDIT_GUIDE,
	},
	{
		what: 'a generation as a form',
		path: `${V1}/images/generations`,
		parts: async () => [],
		error: { code: 'unsupported_content_type' },
		source: 'https://github.com/langgenius/dify-official-plugins/issues/2881',
	},
	{
		what: 'an edit without an image',
		parts: async () => [],
		error: { code: 'missing_required_parameter', param: 'image' },
		source: REFERENCE,
	},
	{
		what: 'a WebP input',
		parts: async () => [
			['image', { bytes: await picture({ format: 'webp' }), type: 'image/webp' }],
		],
		error: { code: 'unsupported_file_mimetype', param: 'image' },
		source: EDIT_GUIDE,
	},
	{
		what: 'input_fidelity for GPT Image 1 Mini',
		model: 'pictures-mini',
		parts: async () => [await image(), ['input_fidelity', 'low']],
		error: { param: 'input_fidelity' },
		source: EDIT_GUIDE,
	},
	{
		what: 'input_fidelity for GPT Image 2',
		parts: async () => [await image(), ['input_fidelity', 'high']],
		error: { param: 'input_fidelity' },
		source: REFERENCE,
	},
	{
		what: 'a mask of another size',
		parts: async () => [
			await image(),
			['mask', { bytes: await picture({ alpha: true, width: 16 }) }],
		],
		error: { param: 'mask' },
		source: EDIT_GUIDE,
	},
	{
		what: 'a mask that is no PNG',
		parts: async () => [
			await image(),
			['mask', { bytes: await picture({ format: 'jpeg' }), type: 'image/jpeg' }],
		],
		error: { param: 'mask' },
		source: EDIT_GUIDE,
	},
	{
		what: 'a mask of 4 MB',
		parts: async () => [await image(), ['mask', { bytes: Buffer.alloc(4 * 1024 * 1024) }]],
		error: { code: 'image_too_large', param: 'mask' },
		source: REFERENCE,
	},
];

describe('rejected requests', () => {
	it.each(REJECTED.map((row) => [row.what, row.source, row] as const))(
		'%s (%s)',
		async (_what, _source, { path, model = 'pictures', fields, parts, status = 400, error }) => {
			const response = parts
				? await post(
						path ?? `${V1}/images/edits`,
						form([['model', model], ['prompt', 'A fox'], ...(await parts())]),
					)
				: await post(path ?? `${V1}/images/generations`, { model, prompt: 'A fox', ...fields });
			expect(response.data.error).toMatchObject({ ...error, message: expect.any(String) });
			expect(response.status).toBe(status);
			expect(response.headers['apim-request-id']).toBeDefined();
		},
	);

	it('bills none of them', async () => {
		await post(`${V1}/images/generations`, { model: 'pictures', prompt: 'A fox', n: 11 });
		const [request] = await service.untilRecorded(([first]) => first?.status === 400);
		expect(request).toMatchObject({ images: 0, billedImages: 0 });
	});
});
