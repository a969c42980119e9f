import type { INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';

import { useEngine } from '../helpers/engine';
import { formIn, runAt, testKey } from '../helpers/formService';
import { changesIn, greyMask } from '../image-service/forms';
import { maskWithHole, photo, useService } from '../image-service/helpers';

const KEY = 'key-0123456789abcdefghij';
const engine = useEngine();
const service = useService({ apiKey: KEY });

const account = (apiKey = KEY) => ({ name: 'ideogram', url: `${service.url}/ideogram`, apiKey });
const run = async (parameters: INodeParameters, files: Record<string, Buffer> = { data: image }) =>
	await runAt(engine, account(), parameters, files);
const sent = async (index = 0) => formIn((await service.requests())[index]!);

const IDEOGRAM = { family: 'ideogram', model: 'ideogram-v3' };

const size = { width: 160, height: 192 };
let image: Buffer;
beforeAll(async () => {
	image = await photo(size.width, size.height);
});

it('generates, and the node downloads the links', async () => {
	const { error, items, binary } = await run({ ...IDEOGRAM, n: 2 });
	expect(error).toBeUndefined();
	expect(await sent()).toEqual({
		path: '/ideogram/v1/ideogram-v3/generate',
		texts: { prompt: 'A lighthouse', num_images: '2', rendering_speed: 'DEFAULT' },
		files: [],
	});
	expect(items).toHaveLength(2);
	for (const item of items) {
		expect(item.json).toMatchObject({ width: 1024, height: 1024, costUsd: 0.06 });
		expect(item.json.seed).toEqual(expect.any(Number));
		expect((await sharp(await binary(item)).metadata()).format).toBe('png');
	}
});

it('is told every parameter by its own name', async () => {
	const { error, items } = await run({
		...IDEOGRAM,
		aspectRatio: '16:9',
		renderingSpeed: 'TURBO',
		options: {
			seed: 0,
			negativePrompt: 'people',
			magicPrompt: 'OFF',
			styleType: 'DESIGN',
			extraFields: '{"style_preset": "BAUHAUS"}',
		},
	});
	expect(error).toBeUndefined();
	expect((await sent()).texts).toEqual({
		prompt: 'A lighthouse',
		num_images: '1',
		aspect_ratio: '16x9',
		rendering_speed: 'TURBO',
		seed: '0',
		negative_prompt: 'people',
		magic_prompt: 'OFF',
		style_type: 'DESIGN',
		style_preset: 'BAUHAUS',
	});
	expect(items[0]?.json).toMatchObject({ width: 1312, height: 736, seed: 0, costUsd: 0.03 });
});

it('splits more than eight images over requests', async () => {
	const { items } = await run({ ...IDEOGRAM, n: 10 });
	expect(items).toHaveLength(10);
	expect([(await sent(0)).texts.num_images, (await sent(1)).texts.num_images].sort()).toEqual([
		'2',
		'8',
	]);
});

it('remixes an image without a mask', async () => {
	const edit = { ...IDEOGRAM, operation: 'edit', options: { extraFields: '{"image_weight": 70}' } };
	const { error } = await run(edit);
	expect(error).toBeUndefined();
	expect(await sent()).toEqual({
		path: '/ideogram/v1/ideogram-v3/remix',
		texts: {
			prompt: 'A lighthouse',
			num_images: '1',
			rendering_speed: 'DEFAULT',
			image_weight: '70',
		},
		files: ['image'],
	});
});

describe('with a mask', () => {
	const square = { width: 1024, height: 1024 };
	const area = { left: 300, top: 200, width: 400, height: 500 };
	const files: Record<string, Record<string, Buffer>> = {};
	beforeAll(async () => {
		const data = await photo(square.width, square.height);
		const white = await greyMask(square, area, 'white');
		files.transparent = { data, mask: await maskWithHole(square.width, square.height, area) };
		files.white = { data, mask: white };
		files.soft = { data, mask: await sharp(white).blur(3).png().toBuffer() };
	});

	it.each(['transparent', 'white', 'soft'])(
		'that is %s inpaints what is meant, and nothing else',
		async (kind) => {
			const edit = { ...IDEOGRAM, operation: 'edit' };
			const { error, items, binary } = await run(edit, files[kind]);
			expect(error).toBeUndefined();
			const { path, files: names } = await sent();
			expect(path).toBe('/ideogram/v1/ideogram-v3/inpaint');
			expect(names).toEqual(['image', 'mask']);
			const result = await binary(items[0]);
			const { inside, outside } = await changesIn(area, files[kind]!.data!, result);
			const pixels = area.width * area.height;
			expect(outside).toBeLessThan(kind === 'soft' ? pixels / 100 : 1);
			expect(inside).toBeGreaterThan(0.97 * pixels);
		},
	);

	it('takes neither a ratio nor a negative prompt', async () => {
		const { error } = await run(
			{
				...IDEOGRAM,
				operation: 'edit',
				aspectRatio: '16:9',
				options: { negativePrompt: 'people' },
			},
			files.transparent!,
		);
		expect(error?.message).toBe(
			"'Aspect Ratio' can't be used together with 'Mask'. Remove one of them",
		);
		expect(error?.description).toContain(
			"'Negative Prompt' can't be used together with 'Mask'. Remove one of them",
		);
		expect(await service.requests()).toEqual([]);
	});
});

it('withholds a result that it finds unsafe', async () => {
	const { error, items } = await run({ ...IDEOGRAM, prompt: 'refuse the result' });
	expect(items).toEqual([]);
	expect(error?.message).toBe('Moderation withheld the image');
	expect(error?.description).toMatch(/safety system refused/);
	expect(await service.requests()).toHaveLength(1);
});

it('refuses a prompt', async () => {
	const { error } = await run({ ...IDEOGRAM, prompt: 'refuse' });
	expect(error?.message).toBe('Prompt failed the safety check.');
	expect(error?.description).toMatch(/safety system refused/);
});

describe('a wrong key', () => {
	const wrong = account.bind(null, 'wrong-0123456789');

	it('is reported, and not shown', async () => {
		const { error } = await runAt(engine, wrong(), IDEOGRAM, {});
		expect(error?.message).toBe('Not authorized to generate an image.');
		expect(error?.description).toMatch(/^Check that the API key in the credential is valid/);
		expect(JSON.stringify(error)).not.toContain(wrong().apiKey);
	});

	it('is found by the test button', async () => {
		expect(await testKey(account())).toMatchObject({ status: 'OK' });
		expect((await testKey(wrong())).message).toMatch(/^Ideogram rejected the API key/);
	});
});
