import type { INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';
import { buildFields } from '../../../nodes/AiImages/fields';
import { OPERATIONS } from '../../../nodes/AiImages/fields/operations';
import { readItem } from '../../../nodes/AiImages/request/read';
import { encode } from '../../../nodes/AiImages/request/encode';
import { validate } from '../../../nodes/AiImages/request/validate';
import { TABLE } from '../newModel';
import { executionOf, problemsAfter, type Run } from '../requests';
import { OPENAI } from '../../../nodes/AiImages/services/openai';

const properties = buildFields(TABLE, Object.values(OPERATIONS), '2027-01-01');

const chosen = { model: 'example-1', operation: 'generate', prompt: 'a lighthouse' };
const deployed = (set: INodeParameters): INodeParameters => ({
	...chosen,
	...set,
	options: { modelId: { __rl: true, mode: 'id', value: 'my/own' }, ...(set.options as object) },
});
const recognized = {
	...chosen,
	family: 'other',
	modelId: { __rl: true, mode: 'id', value: 'vendor/Example-1-2027-01-01:free' },
};

const request = async (set: INodeParameters, run: Run = {}) =>
	validate(await readItem(executionOf(set, { properties, ...run }), 0, OPENAI, TABLE));
const sent = async (set: INodeParameters, run?: Run) => {
	const valid = await request(set, run);
	const { body } = await encode(valid);
	return Buffer.isBuffer(body)
		? (JSON.parse(body.toString()) as unknown)
		: Object.fromEntries((await new Response(body).formData()).entries());
};
const refused = async (set: INodeParameters, run?: Run) => await problemsAfter(request(set, run));

describe('a model whose row was just added', () => {
	const DEFAULTS = { prompt: 'a lighthouse', n: 2, size: '128x64', quality: 'final' };

	it('is sent with the fields on screen, and with nothing else', async () => {
		expect(await sent(chosen)).toStrictEqual({
			model: 'example-1',
			...DEFAULTS,
			output_format: 'png',
		});
	});

	it('is sent with everything that its row takes', async () => {
		const options = { style: 'oil', user: 'u-1', watermark: true };
		const set = {
			...chosen,
			n: 3,
			sizeType: 'custom',
			width: 96,
			height: 80,
			quality: 'draft',
			options,
		};
		expect(await sent({ ...set, outputFormat: 'webp', outputCompression: 10 })).toStrictEqual({
			model: 'example-1',
			prompt: 'a lighthouse',
			n: 3,
			size: '96x80',
			quality: 'draft',
			output_format: 'webp',
			output_compression: 10,
			style: 'oil',
			user: 'u-1',
			watermark: true,
		});
	});

	it('is sent with what needs two others at once', async () => {
		const options = { watermark: true, moderation: 'off' };
		expect(await sent({ ...chosen, options })).toMatchObject(options);
		expect(
			await refused({ ...recognized, quality: 'draft', options: { moderation: 'off' } }),
		).toEqual([
			"'Moderation' is only available when 'Watermark' is on and 'Output Format' is \"png\". Remove it, or change 'Watermark' and 'Output Format'",
		]);
	});

	it('is sent with a size by ratio that its rule allows', async () => {
		const set = { ...chosen, sizeType: 'aspectRatio', aspectRatio: '3:2', resolution: '4K' };
		expect(await sent(set)).toMatchObject({ size: '120x80' });
	});

	it('is recognized by its id, and sent with what was filled in', async () => {
		expect(await sent({ ...recognized, quality: 'draft', background: 'opaque' })).toStrictEqual({
			model: 'vendor/Example-1-2027-01-01:free',
			prompt: 'a lighthouse',
			quality: 'draft',
		});
		expect((await request({ ...recognized, background: 'opaque' })).ignored).toEqual([
			'background',
		]);
	});

	it('lends its row to another id', async () => {
		expect(await sent(deployed({}))).toMatchObject({ model: 'my/own', ...DEFAULTS });
	});

	it('gets its files, its mask and its own parameters for an edit', async () => {
		const png = await sharp({ create: { width: 8, height: 8, channels: 4, background: '#08f6' } })
			.png()
			.toBuffer();
		const binary = { data: { data: png.toString('base64'), mimeType: 'image/png' } };
		const set = {
			...chosen,
			operation: 'edit',
			options: { inputFidelity: 'b', mask: { image: { source: 'binary', binaryField: 'data' } } },
		};
		expect(await sent(set, { binary })).toEqual({
			model: 'example-1',
			prompt: 'a lighthouse',
			n: '2',
			size: '128x64',
			quality: 'final',
			output_format: 'png',
			input_fidelity: 'b',
			image: expect.any(File),
			mask: expect.any(File),
		});
	});

	it.each<[INodeParameters, RegExp[]]>([
		[{ prompt: 'x'.repeat(78) }, [/^'Prompt' .*up to 77 characters$/]],
		[{ n: 4 }, [/^'Number of Images' 4 .*from 1 to 3$/]],
		[
			{ sizeType: 'custom', width: 90, height: 80 },
			[/^'Width' and 'Height' "90x80" .*Width and height must be multiples of 8$/],
		],
		[{ quality: 'good' }, [/^'Quality' "good" .*Use one of: draft, final$/]],
		[{ outputFormat: 'webp', outputCompression: 9 }, [/^'Output Compression' 9 .*10 to 90$/]],
		[{ outputFormat: 'gif' }, [/^'Quality' "final" .*GIF|gif.*because it moves$/]],
		[{ outputFormat: 'gif', quality: 'draft', frameCount: 6 }, [/^'Frame Count' 6 .*3 to 5$/]],
		[{ options: { style: 'oil' } }, [/^'Style' requires 'User'\./]],
		[
			{ n: 0, quality: '', options: { extraFields: '{"user": "u"}' } },
			[/^'Number of Images' 0/, /^'Additional Body Fields' can't contain "user"/],
		],
	])('is rejected where its row says so: %j', async (set, problems) => {
		const expected = problems.map((problem) => expect.stringMatching(problem));
		expect(await refused({ ...chosen, ...set })).toEqual(expected);
		expect(await refused(deployed(set))).toEqual(expected);
	});

	it('leaves out what the editor filled in and the row excludes', async () => {
		const set = { ...chosen, outputFormat: 'gif', quality: 'draft' };
		const run = { resolved: { n: 2 } };
		expect(await sent(set, run)).not.toHaveProperty('n');
		expect(await sent({ ...recognized, outputFormat: 'gif' })).not.toHaveProperty('n');
		expect(await refused({ ...recognized, outputFormat: 'gif', n: '2' })).toEqual([
			expect.stringMatching(/^'Number of Images' .*'Output Format' (is )?"gif"/),
		]);
	});
});
