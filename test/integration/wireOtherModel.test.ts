import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { useImagesApi } from '../helpers/imagesApi';
import { filesOf, partsOf, textsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();

const byId = (value: string, mode = 'id') => ({ modelId: { __rl: true, mode, value } });

async function run(
	parameters: INodeParameters,
	items: Array<{ json: IDataObject }> = [{ json: {} }],
) {
	const result = await engine.runWorkflow({
		parameters: { operation: 'generate', family: 'other', prompt: 'A cat', ...parameters },
		items,
		credentials: api.credentials,
	});
	expect(result.error).toBeUndefined();
	const bodies = api.requests.map(({ body }) => JSON.parse(body.toString()));
	const outputs = result.outputs[0]!.map(({ json }) => json);
	// The picture of the test server has no size that anyone asked for.
	const warnings = outputs.map(({ warnings: all = [] }) =>
		(all as string[]).filter((warning) => !warning.startsWith('Requested size ')),
	);
	return { bodies, outputs, warnings };
}

describe('the id of another model', () => {
	it.each([
		['typed', byId('flux-pro')],
		['chosen from the list', byId('flux-pro', 'list')],
		['with spaces around it', byId(' flux-pro\n')],
		['from an expression in the field', byId('={{ "flux-" + "pro" }}')],
		['from an expression instead of the field', { modelId: '={{ "flux-pro" }}' }],
	])('goes out as it is, %s', async (_, parameters) => {
		const { bodies, outputs } = await run(parameters);
		expect(bodies).toEqual([{ model: 'flux-pro', prompt: 'A cat' }]);
		expect(outputs).toMatchObject([{ model: 'flux-pro' }]);
	});

	it('can differ between items, and so can the request', async () => {
		const models = ['gpt-image-1.5', 'openai/dall-e-2', 'flux-pro'];
		const { bodies, warnings } = await run(
			{ ...byId('={{ $json.model }}'), size: '1024x1024', quality: '={{ $json.quality }}' },
			models.map((model, index) => ({ json: { model, quality: ['low', 'hd', 'best'][index] } })),
		);
		expect(bodies.sort((a, b) => models.indexOf(a.model) - models.indexOf(b.model))).toEqual([
			{ model: 'gpt-image-1.5', prompt: 'A cat', size: '1024x1024', quality: 'low' },
			{ model: 'openai/dall-e-2', prompt: 'A cat', size: '1024x1024' },
			{ model: 'flux-pro', prompt: 'A cat', size: '1024x1024', quality: 'best' },
		]);
		expect(warnings).toEqual([
			[],
			["'Quality' was not sent because openai/dall-e-2 doesn't support it"],
			[],
		]);
	});
});

describe('the parameters', () => {
	it('are those of a listed model that is sent under another ID', async () => {
		const { bodies, warnings } = await run({
			family: 'gpt-image',
			model: 'gpt-image-2.5-flare',
			options: byId('my-deployment'),
			quality: 'max',
			sizeType: 'custom',
			width: 1616,
			height: 1008,
		});
		expect(bodies).toEqual([
			{
				model: 'my-deployment',
				prompt: 'A cat',
				n: 1,
				background: 'auto',
				output_format: 'png',
				size: '1616x1008',
				quality: 'max',
			},
		]);
		expect(warnings).toEqual([[]]);
	});

	it('are those that the recognized model supports, and the rest is reported', async () => {
		const { bodies, warnings } = await run({
			...byId('openai/dall-e-3'),
			size: '1792x1024',
			background: 'opaque',
			options: { style: 'natural', moderation: 'low', complexity: 'low', user: 'u-1' },
		});
		expect(bodies).toEqual([
			{
				model: 'openai/dall-e-3',
				prompt: 'A cat',
				size: '1792x1024',
				style: 'natural',
				user: 'u-1',
				background: 'opaque',
			},
		]);
		expect(warnings).toEqual([
			['Complexity', 'Moderation'].map(
				(field) => `'${field}' was not sent because openai/dall-e-3 doesn't support it`,
			),
		]);
	});

	it.each([
		'dall-e-3',
		'openai/dall-e-3',
		'azure/openai/dall-e-3',
		'DALL-E-3',
		'dall-e-3:free',
		'dall-e-3-2026-04-21',
		'openai/dall-e-3-20260421@eu',
		'dall-e-3-vip',
	])('are recognized by the ID %s', async (id) => {
		const { bodies } = await run({ ...byId(id), options: { style: 'vivid', moderation: 'low' } });
		expect(bodies).toEqual([{ model: id, prompt: 'A cat', style: 'vivid' }]);
	});

	it.each(['dall-e-3-turbo', 'my-dall-e-3', 'gpt-image-9'])(
		'are all sent for the unknown %s',
		async (id) => {
			const { bodies, warnings } = await run({
				...byId(id),
				options: { style: 'vivid', moderation: 'low' },
			});
			expect(bodies).toEqual([{ model: id, prompt: 'A cat', style: 'vivid', moderation: 'low' }]);
			expect(warnings).toEqual([[]]);
		},
	);

	it('are sent as filled in without Check Parameters, under the names of the API', async () => {
		const { bodies } = await run({
			...byId('dall-e-3'),
			n: 2,
			size: '7x9 furlongs',
			quality: 'exquisite',
			background: 'green',
			outputFormat: 'jpg',
			outputCompression: 0,
			options: {
				checkParameters: false,
				style: 'cubist',
				watermark: true,
				complexity: 'odd',
				moderation: 'none',
				inputFidelity: 'high',
				responseFormat: 'url',
				safetyIdentifier: 's-1',
				user: 'u-1',
			},
		});
		expect(bodies).toEqual([
			{
				model: 'dall-e-3',
				prompt: 'A cat',
				n: 2,
				size: '7x9 furlongs',
				quality: 'exquisite',
				background: 'green',
				output_format: 'jpg',
				output_compression: 0,
				style: 'cubist',
				complexity: 'odd',
				watermark: true,
				moderation: 'none',
				response_format: 'url',
				safety_identifier: 's-1',
				user: 'u-1',
			},
		]);
	});

	it.each([-1, 0])('are sent as entered, and lose no image: %j images', async (n) => {
		const { bodies, warnings } = await run({
			...byId('dall-e-3'),
			n,
			options: { checkParameters: false },
		});
		expect(bodies).toMatchObject([{ n }]);
		expect(warnings).toEqual([[]]);
	});

	it.each([true, false])(
		'are not sent if left empty, with Check Parameters %j',
		async (checkParameters) => {
			const { bodies, warnings } = await run({ ...byId('flux-pro'), options: { checkParameters } });
			expect(bodies).toEqual([{ model: 'flux-pro', prompt: 'A cat' }]);
			expect(warnings).toEqual([[]]);
		},
	);

	it('does not warn of a field that the user left as it was', async () => {
		const { bodies, warnings } = await run(byId('dall-e-3'));
		expect(bodies).toEqual([{ model: 'dall-e-3', prompt: 'A cat' }]);
		expect(warnings).toEqual([[]]);
	});
});

describe('an edit with another model', () => {
	it('sends files without checks', async () => {
		const data = await picture({ format: 'gif' });
		const mask = await picture({ width: 3, height: 5 });
		const result = await engine.runWorkflow({
			parameters: {
				operation: 'edit',
				family: 'other',
				...byId('vendor/example'),
				prompt: 'Add a hat',
				options: { inputFidelity: 'high', mask: { image: { binaryField: 'mask' } } },
			},
			items: [
				{
					binary: {
						data: { data, mimeType: 'image/gif', fileName: 'a.gif' },
						mask: { data: mask, mimeType: 'image/png', fileName: 'm.png' },
					},
				},
			],
			credentials: api.credentials,
		});
		expect(result.error).toBeUndefined();
		const parts = partsOf(api.requests[0]!);
		expect(textsOf(parts)).toEqual([
			['model', 'vendor/example'],
			['prompt', 'Add a hat'],
			['input_fidelity', 'high'],
		]);
		expect(filesOf(parts)).toEqual([
			['image', 'a.gif', 'image/gif'],
			['mask', 'm.png', 'image/png'],
		]);
	});
});
