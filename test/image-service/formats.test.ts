import sharp from 'sharp';
import { imageOf, rgba, useService } from './helpers';

const service = useService();
const model = 'gpt-image-2.6-flare';
const draw = (extra: Record<string, unknown>) =>
	service.generate({ model, prompt: 'A fox in the snow', ...extra });

it.each(['png', 'jpeg', 'webp'])('draws %s', async (output_format) => {
	const response = await draw({ output_format });
	expect(response.data.output_format).toBe(output_format);
	expect(await sharp(imageOf(response)).metadata()).toMatchObject({
		format: output_format,
		width: 1024,
		height: 1024,
		hasAlpha: false,
	});
});

it.each(['jpeg', 'webp'])('compresses %s as requested', async (output_format) => {
	const lengths: number[] = [];
	for (const output_compression of [0, 30, 80, 100]) {
		lengths.push(imageOf(await draw({ output_format, output_compression })).length);
	}
	expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
	expect(lengths[3]).toBeGreaterThan(2 * lengths[0]!);
});

it('accepts compression 100 for png, where it changes nothing', async () => {
	const plain = imageOf(await draw({}));
	expect(imageOf(await draw({ output_compression: 100 })).equals(plain)).toBe(true);
});

it.each(['png', 'webp'])('draws %s on a transparent background', async (output_format) => {
	const response = await draw({ output_format, background: 'transparent' });
	expect(response.data.background).toBe('transparent');
	const { data, width, height } = await rgba(imageOf(response));
	const alphaAt = (x: number, y: number) => data[(y * width + x) * 4 + 3];
	expect(alphaAt(0, 0)).toBe(0);
	expect(alphaAt(width - 1, height - 1)).toBe(0);
	expect(alphaAt(width / 2, height / 2)).toBe(255);
});

describe('svg', () => {
	it('is a document with real text', async () => {
		const response = await draw({
			output_format: 'svg',
			prompt: 'Fox & <Goose>',
			size: '1536x1024',
		});
		const svg = imageOf(response).toString('utf8');
		expect(svg).toMatch(/^<svg [^>]*width="1536" height="1024"/);
		expect(svg).toContain('<title>Fox &amp; &lt;Goose&gt;</title>');
		expect(svg).toMatch(/<text [^>]*>demo image {2}· {2}gpt-image-2.6-flare/);
		expect(await sharp(Buffer.from(svg)).metadata()).toMatchObject({ width: 1536, height: 1024 });
		expect(response.data.svg_usage).toBeUndefined();
	});

	it('reports the author model that was requested', async () => {
		const svg = { model: 'gpt-5.6-terra', reasoning: { effort: 'low' } };
		const { data } = await draw({ output_format: 'svg', svg });
		expect(data.svg_usage).toMatchObject({ model: 'gpt-5.6-terra', reasoning_tokens: 0 });
		expect(data.svg_usage.total_tokens).toBe(
			data.svg_usage.input_tokens + data.svg_usage.output_tokens,
		);
	});
});
