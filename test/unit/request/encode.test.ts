import { encodeJson, encodeMultipart, wireName } from '../../../nodes/AiImages/request/encode';
import { validate, type ValidRequest } from '../../../nodes/AiImages/request/validate';
import { inputFile, rawRequest } from '../requests';

const request = (raw: Parameters<typeof rawRequest>[0] = {}): ValidRequest =>
	validate(rawRequest(raw));

describe('the API’s name of a parameter', () => {
	it.each([
		['prompt', 'prompt'],
		['n', 'n'],
		['outputFormat', 'output_format'],
		['outputCompression', 'output_compression'],
		['inputFidelity', 'input_fidelity'],
		['responseFormat', 'response_format'],
		['safetyIdentifier', 'safety_identifier'],
		['frameDurationMs', 'frame_duration_ms'],
	])('of %s is %s', (name, wire) => {
		expect(wireName(name)).toBe(wire);
	});
});

describe('a JSON body', () => {
	const sent = async (raw?: Parameters<typeof rawRequest>[0]) => {
		const { body, headers } = await encodeJson(request(raw));
		expect(headers).toEqual({ 'Content-Type': 'application/json' });
		expect(Buffer.isBuffer(body)).toBe(true);
		return (body as Buffer).toString('utf8');
	};

	it('holds model and prompt, and nothing that was not set', async () => {
		expect(await sent()).toBe('{"model":"gpt-image-2.5-flare","prompt":"a lighthouse"}');
	});

	it('holds numbers as numbers, and zero', async () => {
		const values = { n: '2', outputFormat: 'jpeg', outputCompression: 0 };
		expect(JSON.parse(await sent({ values }))).toStrictEqual({
			model: 'gpt-image-2.5-flare',
			prompt: 'a lighthouse',
			n: 2,
			output_format: 'jpeg',
			output_compression: 0,
		});
	});

	it('holds every parameter of its model under the API’s name', async () => {
		const values = {
			size: '1792x1024',
			quality: 'hd',
			style: 'natural',
			responseFormat: 'b64_json',
			user: 'u-1',
		};
		expect(JSON.parse(await sent({ model: 'dall-e-3', values }))).toStrictEqual({
			model: 'dall-e-3',
			prompt: 'a lighthouse',
			size: '1792x1024',
			quality: 'hd',
			style: 'natural',
			response_format: 'b64_json',
			user: 'u-1',
		});
	});

	it('names the model as the user did', async () => {
		const model = 'Azure/OpenAI/GPT-Image-1.5';
		expect(JSON.parse(await sent({ model }))).toMatchObject({ model });
	});

	it('carries any character', async () => {
		const prompt = '“灯台” 🌊\n\t\\ " \u0000 \u2028';
		expect(JSON.parse(await sent({ values: { prompt } }))).toMatchObject({ prompt });
	});
});

describe('a multipart body', () => {
	const edit = (raw: Parameters<typeof rawRequest>[0] = {}) =>
		request({ operation: 'edit', ...raw });
	const sent = async (raw?: Parameters<typeof rawRequest>[0]) => {
		const { body, headers } = await encodeMultipart(edit(raw));
		expect(headers).toEqual({});
		return await new Response(body as FormData).formData();
	};
	const picture = (name: string, content: Buffer, format: 'png' | 'jpeg' = 'png') =>
		inputFile({ fileName: name, content, format, mimeType: `image/${format}` });

	it('sends texts in the order of the request, then the files', async () => {
		const form = await sent({
			values: { n: 3, outputFormat: 'webp', outputCompression: 0 },
			mask: inputFile({ fileName: 'mask.png' }),
		});
		expect([...form.keys()]).toEqual([
			'model',
			'prompt',
			'n',
			'output_format',
			'output_compression',
			'image',
			'mask',
		]);
		expect(form.get('n')).toBe('3');
		expect(form.get('output_compression')).toBe('0');
	});

	it('sends one file as image', async () => {
		const content = Buffer.from([0, 255, 13, 10, 45, 45, 128]);
		const form = await sent({ images: [picture('photo.png', content)] });
		const file = form.get('image') as File;
		expect(form.has('image[]')).toBe(false);
		expect(file.name).toBe('photo.png');
		expect(file.type).toBe('image/png');
		expect(Buffer.from(await file.arrayBuffer())).toEqual(content);
	});

	it('sends several files as image[], in their order', async () => {
		const images = [
			picture('first.png', Buffer.from('1')),
			picture('second.jpg', Buffer.from('2'), 'jpeg'),
			picture('first.png', Buffer.from('3')),
		];
		const form = await sent({ images });
		const files = form.getAll('image[]') as File[];
		expect(form.has('image')).toBe(false);
		expect(files.map(({ name, type }) => [name, type])).toEqual([
			['first.png', 'image/png'],
			['second.jpg', 'image/jpeg'],
			['first.png', 'image/png'],
		]);
		expect(await Promise.all(files.map(async (file) => await file.text()))).toEqual([
			'1',
			'2',
			'3',
		]);
	});

	it('sends the mask with its name and type', async () => {
		const mask = picture('mask.png', Buffer.from('alpha'));
		const file = (await sent({ mask })).get('mask') as File;
		expect([file.name, file.type, await file.text()]).toEqual(['mask.png', 'image/png', 'alpha']);
	});

	it('sends a file that nobody knows as bytes', async () => {
		const unknown = { ...inputFile({ fileName: 'data.bin' }), mediaType: null };
		const form = await sent({ model: 'tomorrow-1', images: [unknown] });
		expect((form.get('image') as File).type).toBe('application/octet-stream');
	});

	it('carries any character in its texts', async () => {
		const prompt = '“灯台” 🌊 "\\ --boundary; name="x"';
		expect((await sent({ values: { prompt } })).get('prompt')).toBe(prompt);
	});

	it('reads the files only when it is made', async () => {
		let loads = 0;
		const image = { ...inputFile(), load: async () => (loads++, Buffer.from('x')) };
		const valid = edit({ images: [image] });
		expect(loads).toBe(0);
		await encodeMultipart(valid);
		expect(loads).toBe(1);
	});
});
