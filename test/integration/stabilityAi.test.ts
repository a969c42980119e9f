import type { INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';

import { useEngine } from '../helpers/engine';
import { formIn, runAt, testKey } from '../helpers/formService';
import { changesIn, greyMask } from '../image-service/forms';
import { maskWithHole, photo, useService } from '../image-service/helpers';

const KEY = 'key-0123456789abcdefghij';
const engine = useEngine();
const service = useService({ apiKey: KEY });

const account = (apiKey = KEY) => ({
	name: 'stabilityAi',
	url: `${service.url}/stability`,
	apiKey,
});
const run = async (parameters: INodeParameters, files: Record<string, Buffer> = { data: image }) =>
	await runAt(engine, account(), parameters, files);
const sent = async (index = 0) => formIn((await service.requests())[index]!);

const CORE = { family: 'stable-image', model: 'stable-image-core' };
const ULTRA = { family: 'stable-image', model: 'stable-image-ultra' };
const SD35 = { family: 'stable-image', model: 'sd3.5-large' };
const INPAINT = { family: 'stable-image', model: 'stable-image-inpaint', operation: 'edit' };

const size = { width: 160, height: 192 };
const hole = { left: 32, top: 48, width: 64, height: 80 };
let image: Buffer;
/** What is edited is transparent, or white on black without an alpha channel. */
const masks: Record<string, Buffer> = {};
beforeAll(async () => {
	image = await photo(size.width, size.height);
	masks.transparent = await maskWithHole(size.width, size.height, hole);
	masks.white = await greyMask(size, hole, 'white');
	masks.soft = await sharp(masks.white).blur(3).png().toBuffer();
});

it.each([
	['generate/core', CORE, {}],
	['generate/ultra', ULTRA, {}],
	['generate/sd3', SD35, { model: 'sd3.5-large' }],
	['generate/sd3', { ...SD35, model: 'sd3.5-large-turbo' }, { model: 'sd3.5-large-turbo' }],
	['generate/sd3', { ...SD35, model: 'sd3.5-medium' }, { model: 'sd3.5-medium' }],
])('generates at %s with %j', async (path, parameters, fields) => {
	const { error, items, binary } = await run(parameters);
	expect(error).toBeUndefined();
	expect(await sent()).toEqual({
		path: `/stability/v2beta/stable-image/${path}`,
		texts: { prompt: 'A lighthouse', output_format: 'png', ...fields },
		files: [],
	});
	expect(items).toHaveLength(1);
	expect(items[0]?.json.seed).toEqual(expect.any(Number));
	expect(items[0]?.json.warnings).toBeUndefined();
	expect((await sharp(await binary(items[0])).metadata()).format).toBe('png');
});

it('is told every parameter by its own name', async () => {
	const { error, items } = await run({
		...SD35,
		aspectRatio: '16:9',
		outputFormat: 'webp',
		options: { seed: 0, negativePrompt: 'people', guidance: 4.5, stylePreset: 'pixel-art' },
	});
	expect(error).toBeUndefined();
	expect((await sent()).texts).toEqual({
		model: 'sd3.5-large',
		prompt: 'A lighthouse',
		aspect_ratio: '16:9',
		output_format: 'webp',
		seed: '0',
		negative_prompt: 'people',
		cfg_scale: '4.5',
		style_preset: 'pixel-art',
	});
	expect(items[0]?.json).toMatchObject({ width: 1344, height: 768, mimeType: 'image/webp' });
});

it.each([
	['ultra', ULTRA, {}],
	['sd3', SD35, { mode: 'image-to-image', model: 'sd3.5-large' }],
])('edits at generate/%s, from the image', async (path, parameters, fields) => {
	const edit = { ...parameters, operation: 'edit', strength: 0.3 };
	const { error } = await run(edit);
	expect(error).toBeUndefined();
	expect(await sent()).toEqual({
		path: `/stability/v2beta/stable-image/generate/${path}`,
		texts: { prompt: 'A lighthouse', strength: '0.3', output_format: 'png', ...fields },
		files: ['image'],
	});
});

it('makes several images, each with a seed of its own', async () => {
	const { items } = await run({ ...CORE, n: 3, options: { seed: 7 } });
	expect(items.map(({ json }) => json.seed)).toEqual([7, 8, 9]);
	expect(items.every(({ json }) => json.costUsd === 0.03)).toBe(true);
});

it.each(['transparent', 'white', 'soft'])(
	'repaints what is meant by a mask that is %s, and nothing else',
	async (kind) => {
		const files = { data: image, mask: masks[kind]! };
		const { error, items, binary } = await run(INPAINT, files);
		expect(error).toBeUndefined();
		expect((await sent()).path).toBe('/stability/v2beta/stable-image/edit/inpaint');
		const { inside, outside } = await changesIn(hole, image, await binary(items[0]));
		const area = hole.width * hole.height;
		expect(outside).toBeLessThan(kind === 'soft' ? area / 20 : 1);
		expect(inside).toBeGreaterThan(area * (kind === 'soft' ? 0.95 : 0.99));
	},
);

it('is not paid for an edit that changes nothing', async () => {
	const { error } = await run(INPAINT);
	expect(error?.message).toBe(
		"'Mask' is empty, and the input image has no transparent areas. Add a mask under Options",
	);
	expect(await service.requests()).toEqual([]);
	const transparent = { data: masks.transparent! };
	expect((await run(INPAINT, transparent)).error).toBeUndefined();
});

it('blurs a result, which is not delivered', async () => {
	const { error, items } = await run({ ...CORE, prompt: 'refuse the result' });
	expect(items).toEqual([]);
	expect(error?.message).toBe('The model stopped without an image: CONTENT_FILTERED');
	expect(error?.description).toMatch(/safety system refused/);
	expect(await service.requests()).toHaveLength(1);
});

it('denies a prompt', async () => {
	const { error } = await run({ ...CORE, prompt: 'refuse' });
	expect(error?.message).toMatch(/^Your request was flagged by our content moderation system/);
	expect(error?.description).toMatch(/safety system refused/);
	expect(await service.requests()).toHaveLength(1);
});

it.each([
	[402, /You lack sufficient credits/, /credit/i],
	[413, /payloads cannot be larger than 10MiB/, /smaller/],
	[422, /English is the only supported language/, /./],
	[500, /An unexpected server error has occurred/, /./],
])('fails with %i, in its own words', async (status, message, advice) => {
	await service.control('faults', { operation: 'generate', status });
	const { error } = await run(CORE);
	expect(error?.message).toMatch(message);
	expect(error?.description).toMatch(advice);
});

it.each([
	[{ ...SD35, operation: 'edit', aspectRatio: '1:1' }, undefined],
	[{ ...SD35, options: { seed: 4_294_967_295 } }, "'Seed' 4294967295"],
	[{ ...SD35, operation: 'edit', strength: 1.5 }, "'Strength' 1.5"],
	[{ ...SD35, options: { guidance: 11 } }, "'Guidance' 11"],
	[{ ...CORE, prompt: 'x'.repeat(10_001) }, "'Prompt' "],
	[{ ...CORE, operation: 'edit' }, "'Model': Stable Image Core can't edit images"],
])('gets no request that it would refuse: %#', async (parameters, message) => {
	const { error } = await run(parameters as INodeParameters);
	if (message === undefined) {
		expect(error).toBeUndefined();
		expect((await sent()).texts).not.toHaveProperty('aspect_ratio');
	} else {
		expect(error?.message).toContain(message);
		expect(await service.requests()).toEqual([]);
	}
});

describe('a wrong key', () => {
	const wrong = account.bind(null, 'wrong-0123456789');

	it('is reported, and not shown', async () => {
		const { error } = await runAt(engine, wrong(), CORE, {});
		expect(error?.message).toBe('authorization: invalid or missing header value');
		expect(error?.description).toMatch(/^Check that the API key in the credential is valid/);
		expect(JSON.stringify(error)).not.toContain(wrong().apiKey);
	});

	it('is found by the test button', async () => {
		expect(await testKey(account())).toMatchObject({ status: 'OK' });
		expect((await testKey(wrong())).message).toMatch(/^Stability AI rejected the API key/);
	});
});
