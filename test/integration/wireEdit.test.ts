import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type BinaryInput } from '../helpers/engine';
import { useImagesApi } from '../helpers/imagesApi';
import { filesOf, partsOf, textsOf, type Part } from '../helpers/multipart';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();

let png: Buffer;
let otherPng: Buffer;
let jpeg: Buffer;
let webp: Buffer;
let mask: Buffer;

beforeAll(async () => {
	png = await picture({ width: 64, height: 64 });
	otherPng = await picture({ width: 64, height: 64, colour: '#a01020' });
	jpeg = await picture({ width: 48, height: 32, format: 'jpeg' });
	webp = await picture({ width: 24, height: 32, format: 'webp' });
	mask = await picture({ width: 64, height: 64, alpha: true, colour: 'rgba(0, 0, 0, 0)' });
});

interface Edit {
	parameters?: INodeParameters;
	binary?: Record<string, BinaryInput>;
}

/** The parts of the request that this edit makes. */
async function sent(model: string, { parameters, binary }: Edit = {}): Promise<Part[]> {
	const run = await engine.runWorkflow({
		parameters: { operation: 'edit', model, prompt: 'Add a hat', ...parameters },
		items: [{ binary: binary ?? { data: file(png, 'cat.png') } }],
		credentials: api.credentials,
	});
	expect(run.error).toBeUndefined();
	expect(api.requests).toHaveLength(1);
	return partsOf(api.requests[0]!);
}

function file(data: Buffer, fileName?: string, mimeType = 'image/png'): BinaryInput {
	return { data, mimeType, fileName };
}

function inputImages(...fields: string[]): INodeParameters {
	return { inputImages: { image: fields.map((binaryField) => ({ binaryField })) } };
}

const gptImageDefaults = (model: string): Array<[string, string]> => [
	['model', model],
	['prompt', 'Add a hat'],
	['n', '1'],
	['background', 'auto'],
	['output_format', 'png'],
	['size', 'auto'],
	['quality', 'auto'],
];

const GPT_IMAGE_MODELS = [
	'gpt-image-2.6-flare',
	'gpt-image-2.6-sunburst',
	'gpt-image-2.5-flare',
	'gpt-image-2.5-sunburst',
	'gpt-image-2',
	'chatgpt-image-latest',
	'gpt-image-1.5',
	'gpt-image-1-mini',
];

const DEFAULTS: Record<string, Array<[string, string]>> = {
	...Object.fromEntries(GPT_IMAGE_MODELS.map((model) => [model, gptImageDefaults(model)])),
	'dall-e-2': [
		['model', 'dall-e-2'],
		['prompt', 'Add a hat'],
		['n', '1'],
		['size', '1024x1024'],
	],
};

describe('the default request of an edit', () => {
	it.each(Object.entries(DEFAULTS))('of %s has only these parts', async (model, texts) => {
		const parts = await sent(model);
		expect(textsOf(parts)).toEqual(texts);
		expect(filesOf(parts)).toEqual([['image', 'cat.png', 'image/png']]);
		expect(parts.at(-1)!.data).toEqual(png);
		const [{ method, path, headers, body }] = api.requests as [(typeof api.requests)[0]];
		expect({ method, path }).toEqual({ method: 'POST', path: '/v1/images/edits' });
		expect(headers['content-length']).toBe(String(body.length));
		expect(headers).not.toHaveProperty('transfer-encoding');
	});

	it('has no headers in its text parts except their names', async () => {
		const texts = (await sent('dall-e-2')).filter(({ fileName }) => fileName === null);
		expect(texts.map(({ headers }) => headers)).toEqual(
			DEFAULTS['dall-e-2']!.map(([name]) => [`Content-Disposition: form-data; name="${name}"`]),
		);
	});

	it('is read alike by a parser of the web platform', async () => {
		const parts = await sent('gpt-image-1.5', { parameters: { prompt: 'Ein "Hut" 🎩\r\nmehr' } });
		const { body, headers } = api.requests[0]!;
		const form = await new Response(new Uint8Array(body), {
			headers: { 'content-type': headers['content-type']! },
		}).formData();
		expect([...form.keys()]).toEqual(parts.map(({ name }) => name));
		expect(form.get('prompt')).toBe('Ein "Hut" 🎩\r\nmehr');
		const image = form.get('image') as File;
		expect([image.name, image.type]).toEqual(['cat.png', 'image/png']);
		expect(Buffer.from(await image.arrayBuffer())).toEqual(png);
	});
});

describe('a parameter of an edit', () => {
	type Case = [model: string, name: string, value: string, parameters: INodeParameters];
	const gptImage = (model: string): Case[] => [
		[model, 'n', '3', { n: 3 }],
		[model, 'quality', 'low', { quality: 'low' }],
		[model, 'background', 'transparent', { background: 'transparent' }],
		[model, 'output_format', 'jpeg', { outputFormat: 'jpeg' }],
		[model, 'output_compression', '0', { outputFormat: 'jpeg', outputCompression: 0 }],
		[model, 'moderation', 'low', { options: { moderation: 'low' } }],
		[model, 'safety_identifier', 'a1', { options: { safetyIdentifier: 'a1' } }],
		[model, 'size', '1024x1536', { size: '1024x1536' }],
	];
	const cases: Case[] = [
		...gptImage('gpt-image-2.5-flare'),
		['gpt-image-2.5-flare', 'size', '1616x1008', { sizeType: 'custom', width: 1616, height: 1008 }],
		...gptImage('gpt-image-1.5'),
		['gpt-image-1.5', 'input_fidelity', 'high', { options: { inputFidelity: 'high' } }],
		['dall-e-2', 'n', '2', { n: 2 }],
		['dall-e-2', 'size', '512x512', { size: '512x512' }],
		['dall-e-2', 'user', 'u-1', { options: { user: 'u-1' } }],
		['dall-e-2', 'response_format', 'b64_json', { options: { responseFormat: 'b64_json' } }],
	];

	it.each(cases)('of %s arrives as a part: %s = %s', async (model, name, value, parameters) => {
		const texts = textsOf(await sent(model, { parameters }));
		expect(texts.filter(([part]) => part === name)).toEqual([[name, value]]);
		const others = texts.filter(([part]) => part !== name && part !== 'output_format');
		const defaults = DEFAULTS[model]!.filter(([part]) => part !== name && part !== 'output_format');
		expect(others.filter(([part]) => part !== 'output_compression')).toEqual(defaults);
	});

	it.each<[string, INodeParameters]>([
		['gpt-image-2.5-flare', { options: { inputFidelity: 'high' } }],
		['gpt-image-2.5-flare', { outputCompression: 3 }],
		['dall-e-2', { quality: 'high', style: 'vivid', frameCount: 3 }],
	])('of %s is not sent if hidden: %j', async (model, parameters) => {
		expect(textsOf(await sent(model, { parameters }))).toEqual(DEFAULTS[model]);
	});
});

describe('the files of an edit', () => {
	it('are sent as image[], in their order, if there are several', async () => {
		const parts = await sent('gpt-image-2.5-flare', {
			parameters: inputImages('third', 'first', 'second'),
			binary: {
				first: file(png, 'a.png'),
				second: file(jpeg, 'b.jpg'),
				third: file(webp, 'c.webp'),
			},
		});
		expect(filesOf(parts)).toEqual([
			['image[]', 'c.webp', 'image/webp'],
			['image[]', 'a.png', 'image/png'],
			['image[]', 'b.jpg', 'image/jpeg'],
		]);
		expect(parts.slice(-3).map(({ data }) => data)).toEqual([webp, png, jpeg]);
	});

	it('contain a field twice if the user names it twice', async () => {
		const parts = await sent('gpt-image-1.5', { parameters: inputImages('data', 'data') });
		expect(filesOf(parts).map(([name]) => name)).toEqual(['image[]', 'image[]']);
	});

	it.each(['gpt-image-2.5-flare', 'gpt-image-1.5', 'dall-e-2'])(
		'have the mask of %s after them',
		async (model) => {
			const parts = await sent(model, {
				parameters: { options: { mask: { image: { binaryField: 'hole' } } } },
				binary: { data: file(png, 'cat.png'), hole: file(mask, 'hole.png') },
			});
			expect(filesOf(parts)).toEqual([
				['image', 'cat.png', 'image/png'],
				['mask', 'hole.png', 'image/png'],
			]);
			expect(parts.at(-1)!.data).toEqual(mask);
		},
	);

	it.each([
		[
			'a PNG that is called a JPEG',
			() => file(png, 'cat.jpg', 'image/jpeg'),
			'cat.png',
			'image/png',
		],
		[
			'a JPEG of no type',
			() => file(jpeg, 'cat', 'application/octet-stream'),
			'cat.jpg',
			'image/jpeg',
		],
		['a WebP without a name', () => file(webp, undefined, 'image/png'), 'image.webp', 'image/webp'],
		['a path', () => file(png, '../up/a b.tar.png'), 'a-b.tar.png', 'image/png'],
		[
			'quotes and line breaks',
			() => file(png, 'a"\r\nX-Evil: 1.png'),
			'a-X-Evil-1.png',
			'image/png',
		],
		['letters beyond ASCII', () => file(png, '猫.png'), 'image.png', 'image/png'],
	])('are named and typed by their bytes: %s', async (_, input, fileName, type) => {
		const parts = await sent('gpt-image-2.5-flare', { binary: { data: input() } });
		expect(filesOf(parts)).toEqual([['image', fileName, type]]);
	});

	it('come from each item', async () => {
		await engine.runWorkflow({
			parameters: {
				operation: 'edit',
				prompt: '={{ $json.prompt }}',
				...inputImages('={{ $json.field }}'),
				options: { parallelRequests: 1 },
			},
			items: [
				{ json: { prompt: 'one', field: 'data' }, binary: { data: file(png, 'a.png') } },
				{ json: { prompt: 'two', field: 'photo' }, binary: { photo: file(otherPng, 'b.png') } },
			],
			credentials: api.credentials,
		});
		const edits = api.requests.map(partsOf);
		expect(edits.map((parts) => textsOf(parts)[1])).toEqual([
			['prompt', 'one'],
			['prompt', 'two'],
		]);
		expect(edits.map((parts) => parts.at(-1)!.data)).toEqual([png, otherPng]);
	});
});
