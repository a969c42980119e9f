import { encode } from '../../../nodes/AiImages/request/encode';
import { validate } from '../../../nodes/AiImages/request/validate';
import type { ValidRequest } from '../../../nodes/AiImages/request/types';
import { inputFile, rawRequest, settingsOf } from '../requests';

type Raw = NonNullable<Parameters<typeof rawRequest>[0]>;

const edit = (raw: Raw = {}): ValidRequest => validate(rawRequest({ operation: 'edit', ...raw }));
const picture = (fileName: string, content: Buffer, format: 'png' | 'jpeg' = 'png') =>
	inputFile({ fileName, content, format, mimeType: `image/${format}` });

describe('a multipart body', () => {
	const sent = async (raw?: Raw) => {
		const { body, headers } = await encode(edit(raw));
		expect(headers).toEqual({});
		return await new Response(body as FormData).formData();
	};

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

	it('sends the markup with its name and type', async () => {
		const markup = picture('notes.png', Buffer.from('marks'));
		const form = await sent({ markup });
		const file = form.get('markup') as File;
		expect([file.name, file.type, await file.text()]).toEqual(['notes.png', 'image/png', 'marks']);
		expect(form.has('mask')).toBe(false);
	});

	it('writes booleans as words', async () => {
		const form = await sent({ values: { stream: true, partialImages: 0 } });
		expect([form.get('stream'), form.get('partial_images')]).toEqual(['true', '0']);
		expect((await sent({ model: 'dall-e-2', values: { watermark: false } })).get('watermark')).toBe(
			'false',
		);
	});

	it('writes extra fields as texts, each value of a list and an object by itself', async () => {
		const extraFields = {
			...{ seed: 0, negative_prompt: 'dark', raw: false },
			lora: { a: [1, 2], b: { c: true, d: null } },
			tags: ['x', { y: 'z' }, null, ['w']],
			empty: [{}, []],
		};
		const form = await sent({ settings: settingsOf({ extraFields }) });
		expect([...form.entries()].slice(2, -1)).toEqual([
			['seed', '0'],
			['negative_prompt', 'dark'],
			['raw', 'false'],
			['lora[a][]', '1'],
			['lora[a][]', '2'],
			['lora[b][c]', 'true'],
			['tags[]', 'x'],
			['tags[][y]', 'z'],
			['tags[][]', 'w'],
		]);
	});

	it('writes the SVG model as fields of an object', async () => {
		const values = { outputFormat: 'svg', svgModel: 'gpt-5.6-terra', svgReasoningEffort: 'low' };
		const form = await sent({ model: 'gpt-image-2.6-flare', values });
		expect([...form.entries()].slice(2, -1)).toEqual([
			['output_format', 'svg'],
			['svg[model]', 'gpt-5.6-terra'],
			['svg[reasoning][effort]', 'low'],
		]);
	});

	it('has no field for what is null', async () => {
		const settings = settingsOf({ extraFields: { seed: null, style: 'x' } });
		expect([...(await sent({ settings })).keys()]).toEqual(['model', 'prompt', 'style', 'image']);
	});

	it('sends a file of unknown type as bytes', async () => {
		const unknown = { ...inputFile({ fileName: 'data.bin' }), mediaType: null };
		const form = await sent({ model: 'tomorrow-1', images: [unknown] });
		expect((form.get('image') as File).type).toBe('application/octet-stream');
	});

	it('carries any character in its texts', async () => {
		const prompt = '“灯台” 🌊 "\\ --boundary; name="x"';
		expect((await sent({ values: { prompt } })).get('prompt')).toBe(prompt);
	});

	it('reads each file when its turn comes, and anew each time it is sent', async () => {
		const events: string[] = [];
		const image = (name: string) => ({
			...inputFile({ bytes: 1 }),
			async *read() {
				events.push(`read ${name}`);
				yield Buffer.from(name);
			},
		});
		const { body } = await encode(edit({ images: [image('a'), image('b')] }));
		expect(events).toEqual([]);
		for (const time of ['once', 'twice']) {
			events.push(time);
			for await (const piece of new Response(body as FormData).body!) {
				const text = Buffer.from(piece).toString();
				if (/^[ab]$/.test(text)) events.push(`send ${text}`);
			}
		}
		const order = ['read a', 'send a', 'read b', 'send b'];
		expect(events).toEqual(['once', ...order, 'twice', ...order]);
	});
});

describe('an edit as JSON', () => {
	const sent = async (raw: Raw = {}) => {
		const settings = settingsOf({ imagesAsJson: true, ...raw.settings });
		const { body, headers } = await encode(edit({ ...raw, settings }));
		expect(headers).toEqual({ 'Content-Type': 'application/json' });
		return JSON.parse((body as Buffer).toString('utf8')) as Record<string, unknown>;
	};
	const reference = (facts: { url: string } | { fileId: string }) => ({
		...inputFile({ reference: facts, bytes: 0 }),
		mediaType: null,
	});

	it('holds a file as a data URL of its own type', async () => {
		const content = Buffer.from([0, 255, 13, 10]);
		expect(await sent({ images: [picture('a.jpg', content, 'jpeg')] })).toStrictEqual({
			model: 'gpt-image-2.5-flare',
			prompt: 'a lighthouse',
			images: [{ image_url: 'data:image/jpeg;base64,AP8NCg==' }],
		});
	});

	it('holds addresses and ids as they are, in order', async () => {
		const images = [
			reference({ fileId: 'file-1' }),
			picture('b.png', Buffer.from('x')),
			reference({ url: 'https://example.com/a.png?b=1' }),
		];
		expect((await sent({ images })).images).toStrictEqual([
			{ file_id: 'file-1' },
			{ image_url: 'data:image/png;base64,eA==' },
			{ image_url: 'https://example.com/a.png?b=1' },
		]);
	});

	it('holds mask and markup in the same form', async () => {
		expect(await sent({ mask: picture('m.png', Buffer.from('m')) })).toMatchObject({
			mask: { image_url: 'data:image/png;base64,bQ==' },
		});
		expect(await sent({ markup: reference({ fileId: 'file-2' }) })).toMatchObject({
			markup: { file_id: 'file-2' },
		});
	});

	it('holds numbers and booleans as such', async () => {
		const body = await sent({ values: { n: '2', stream: 'false', quality: 'low' } });
		expect(body).toMatchObject({ n: 2, stream: false, quality: 'low' });
		expect(Object.keys(body)).toEqual(['model', 'prompt', 'n', 'stream', 'quality', 'images']);
	});
});

describe('an extra field that carries a name of objects', () => {
	const extraFields = JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": 1}');

	it.each([true, false])(
		'is sent as a field and changes nothing else, as JSON: %s',
		async (asJson) => {
			const settings = settingsOf({ extraFields, imagesAsJson: asJson });
			const { body } = await encode(edit({ settings }));
			const text = Buffer.isBuffer(body) ? body.toString() : await new Response(body).text();
			expect(text).toContain('__proto__');
			expect(text).toContain('a lighthouse');
			expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
		},
	);
});
