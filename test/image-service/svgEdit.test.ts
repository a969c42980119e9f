import sharp from 'sharp';
import { families } from './catalogue';
import { dataUrl, imageOf, useService } from './helpers';
import type { Upload } from './helpers';

const service = useService();

let red: Upload;
beforeAll(async () => {
	const colour = { create: { width: 64, height: 48, channels: 3 as const, background: '#c01020' } };
	red = { bytes: await sharp(colour).png().toBuffer() };
});

const edit = (...parts: Array<[string, string]>) =>
	service.edit([
		['model', 'gpt-image-2.6-flare'],
		['prompt', 'Trace it'],
		['image', red],
		['output_format', 'svg'],
		...parts,
	]);

it.each(families['2.6'])('%s draws an edit as a document that shows the input', async (model) => {
	const response = await service.edit([
		['model', model],
		['prompt', 'Trace it'],
		['image', red],
		['output_format', 'svg'],
		['size', '1024x1024'],
	]);
	expect(response.data.output_format).toBe('svg');
	expect(response.data.svg_usage).toBeUndefined();
	const svg = imageOf(response);
	expect(svg.toString()).toMatch(/^<svg [^>]*width="1024" height="1024"/);
	const { data } = await sharp(svg)
		.extract({ left: 2, top: 2, width: 1, height: 1 })
		.raw()
		.toBuffer({
			resolveWithObject: true,
		});
	expect([...data.subarray(0, 3)]).toEqual([0xc0, 0x10, 0x20]);
});

it('accepts the object as the official client sends it in a form', async () => {
	const { data } = await edit(['svg[model]', 'gpt-5.6-terra'], ['svg[reasoning][effort]', 'low']);
	expect(data.svg_usage).toMatchObject({ model: 'gpt-5.6-terra' });
});

it('accepts the object without a model, unlike a generation', async () => {
	expect((await edit(['svg[reasoning][effort]', 'max'])).status).toBe(200);
	const body = {
		...{ model: 'gpt-image-2.6-flare', prompt: 'Trace it', output_format: 'svg' },
		images: [{ image_url: dataUrl(red.bytes) }],
	};
	expect((await service.editJson({ ...body, svg: { reasoning: { effort: 'low' } } })).status).toBe(
		200,
	);
	expect((await service.editJson({ ...body, svg: { reasoning: null } })).status).toBe(200);
	const { data } = await service.generate({
		...{ model: 'gpt-image-2.6-flare', prompt: 'A fox', output_format: 'svg' },
		svg: { reasoning: { effort: 'low' } },
	});
	expect(data.error).toMatchObject({ param: 'svg.model', code: 'missing_required_parameter' });
});

it.each<[Array<[string, string]>, string, string]>([
	[[['svg', '{"model":"gpt-5.6-terra"}']], 'svg', 'invalid_type'],
	[[['svg[]', 'gpt-5.6-terra']], 'svg', 'invalid_type'],
	[[['svg[effort]', 'low']], 'svg.effort', 'unknown_parameter'],
	[[['svg[model][name]', 'low']], 'svg.model', 'invalid_type'],
	[[['svg[reasoning]', 'low']], 'svg.reasoning', 'invalid_type'],
	[[['svg[reasoning][effort]', 'huge']], 'svg.reasoning.effort', 'invalid_value'],
	[[['svg[model]', '']], 'svg.model', 'empty_string'],
	[
		[
			['svg[model]', 'a'],
			['svg[model]', 'b'],
		],
		'svg[model]',
		'duplicate_parameter',
	],
	[[['seed[a]', '1']], 'seed', 'unknown_parameter'],
	[
		[
			['tags[]', 'a'],
			['tags[]', 'b'],
		],
		'tags',
		'unknown_parameter',
	],
	[[['size[width]', '1024']], 'size', 'invalid_type'],
	[[['__proto__[x]', '1']], '__proto__', 'unknown_parameter'],
	[[['n', '2']], 'n', 'invalid_value'],
	[[['stream', 'true']], 'stream', 'invalid_value'],
	[[['output_compression', '100']], 'output_compression', 'invalid_value'],
])('refuses %j', async (parts, param, code) => {
	const { status, data } = await edit(...parts);
	expect(status).toBe(400);
	expect(data.error).toMatchObject({ param, code });
});

it('refuses the object without its format', async () => {
	const { data } = await service.edit([
		['model', 'gpt-image-2.6-flare'],
		['prompt', 'Trace it'],
		['image', red],
		['svg[model]', 'gpt-5.6-terra'],
	]);
	expect(data.error).toMatchObject({ param: 'svg', code: 'invalid_value' });
});
