import axios from 'axios';
import sharp from 'sharp';
import { gptModels } from './catalogue';
import { imageOf, rgba, useService } from './helpers';

const service = useService();

describe('every model', () => {
	it.each(gptModels)('%s draws and describes an image', async (model) => {
		const before = Math.floor(Date.now() / 1000);
		const { status, data, ...rest } = await service.generate({
			model,
			prompt: 'A fox in the snow',
			size: '1536x1024',
			quality: 'low',
		});
		expect(status).toBe(200);
		expect(Object.keys(data).sort()).toEqual([
			'background',
			'created',
			'data',
			'output_format',
			'quality',
			'safety_identifier',
			'size',
			'usage',
		]);
		expect(data).toMatchObject({ background: 'opaque', output_format: 'png', quality: 'low' });
		expect(data.size).toBe('1536x1024');
		expect(data.created).toBeGreaterThanOrEqual(before);
		expect(Object.keys(data.data[0])).toEqual(['b64_json']);
		const { usage } = data;
		expect(usage.total_tokens).toBe(usage.input_tokens + usage.output_tokens);
		expect(usage.output_tokens_details.image_tokens).toBe(usage.output_tokens);
		const picture = await sharp(imageOf({ status, data, ...rest })).metadata();
		expect(picture).toMatchObject({ format: 'png', width: 1536, height: 1024, hasAlpha: false });
	});

	it.each(['dall-e-2', 'dall-e-3'])('%s responds with a URL by default', async (model) => {
		const { data } = await service.generate({ model, prompt: 'A fox' });
		expect(Object.keys(data)).toEqual(['created', 'data']);
		expect(data.data[0].b64_json).toBeUndefined();
		const file = await axios.get(data.data[0].url, { responseType: 'arraybuffer' });
		expect(file.headers['content-type']).toBe('image/png');
		expect(await sharp(file.data).metadata()).toMatchObject({ width: 1024, height: 1024 });
	});

	it.each([
		['dall-e-2', '256x256'],
		['dall-e-2', '512x512'],
		['dall-e-3', '1792x1024'],
		['dall-e-3', '1024x1792'],
	])('%s draws %s as base64 on request', async (model, size) => {
		const response = await service.generate({
			model,
			prompt: 'A fox',
			size,
			response_format: 'b64_json',
		});
		expect(Object.keys(response.data.data[0])).toContain('b64_json');
		const { width, height } = await sharp(imageOf(response)).metadata();
		expect(`${width}x${height}`).toBe(size);
	});

	it('only dall-e-3 revises prompts', async () => {
		const three = await service.generate({ model: 'dall-e-3', prompt: 'A fox' });
		const two = await service.generate({ model: 'dall-e-2', prompt: 'A fox' });
		expect(three.data.data[0].revised_prompt).toContain('A fox');
		expect(two.data.data[0].revised_prompt).toBeUndefined();
	});
});

describe('sizes', () => {
	it.each(['1536x864', '832x800', '3072x1024', '1024x3072', '3840x2160'])(
		'gpt-image-2.5-flare draws %s',
		async (size) => {
			const response = await service.generate({
				model: 'gpt-image-2.5-flare',
				prompt: 'A fox',
				size,
				output_format: 'jpeg',
			});
			const { width, height } = await sharp(imageOf(response)).metadata();
			expect(`${width}x${height}`).toBe(size);
			expect(response.data.size).toBe(size);
		},
	);

	it('resolves auto', async () => {
		const request = { model: 'gpt-image-2', prompt: 'A fox', size: 'auto', quality: 'auto' };
		const { data } = await service.generate(request);
		expect(data).toMatchObject({ size: '1024x1024', quality: 'high' });
	});
});

describe('usage', () => {
	it.each([
		['gpt-image-2', 'high', '1024x1024', 7024],
		['gpt-image-2', 'high', '1536x1024', 5488],
		['gpt-image-2', 'medium', '2048x1152', 1413],
		['gpt-image-2.5-flare', 'low', '2048x2048', 397],
		['gpt-image-2.5-flare', 'low', '2048x1088', 136],
		['gpt-image-2.5-flare', 'xhigh', '1024x1024', 3122],
		['gpt-image-2.5-flare', 'max', '2560x1440', 7370],
		['gpt-image-1.5', 'medium', '1024x1536', 1584],
		['gpt-image-1-mini', 'high', '1536x1024', 6208],
	])('%s %s %s costs %i output tokens', async (model, quality, size, tokens) => {
		const { data } = await service.generate({
			model,
			prompt: 'A fox',
			quality,
			size,
			output_format: 'jpeg',
		});
		expect(data.usage.output_tokens).toBe(tokens);
	});

	it('counts every image', async () => {
		const request = { model: 'gpt-image-1.5', prompt: 'A fox', quality: 'low', n: 3 };
		const { data } = await service.generate(request);
		expect(data.data).toHaveLength(3);
		expect(data.usage.output_tokens).toBe(3 * 272);
	});
});

describe('images', () => {
	const model = 'gpt-image-1.5';

	it('are the same for the same prompt, size and index', async () => {
		const [one, two] = await Promise.all([
			service.generate({ model, prompt: 'A fox', n: 2 }),
			service.generate({ model, prompt: 'A fox', n: 2 }),
		]);
		expect(imageOf(one!, 0).equals(imageOf(two!, 0))).toBe(true);
		expect(imageOf(one!, 0).equals(imageOf(one!, 1))).toBe(false);
	});

	it('differ by prompt', async () => {
		const fox = await service.generate({ model, prompt: 'A fox' });
		const owl = await service.generate({ model, prompt: 'An owl' });
		expect(imageOf(fox).equals(imageOf(owl))).toBe(false);
	});

	it('show the prompt: more words cover more of the background', async () => {
		const ink = async (prompt: string) => {
			const { data } = await rgba(imageOf(await service.generate({ model, prompt })));
			let bright = 0;
			for (let at = 0; at < data.length / 2; at += 4) {
				if (Math.min(data[at]!, data[at + 1]!, data[at + 2]!) > 225) bright++;
			}
			return bright;
		};
		expect(await ink('Fox')).toBeGreaterThan(3000);
		expect(await ink('A fox and a goose in deep snow')).toBeGreaterThan(2 * (await ink('Fox')));
	});

	it.each([
		'<b>&amp; "quotes" </span>',
		'日本語 العربية Ελληνικά 😀',
		'a\u0000b\ud800c',
		' \n\t ',
		'x'.repeat(32_000),
		'word '.repeat(2000),
	])('can show any text: %j', async (prompt) => {
		const response = await service.generate({ model, prompt, output_format: 'webp' });
		expect((await sharp(imageOf(response)).metadata()).format).toBe('webp');
	});
});
