import type { ParameterName } from '../../../nodes/AiImages/models';
import { encode } from '../../../nodes/AiImages/request/encode';
import { validate } from '../../../nodes/AiImages/request/validate';
import type { ValidRequest } from '../../../nodes/AiImages/request/types';
import { OPENAI } from '../../../nodes/AiImages/services/openai';
import { parameterPaths } from '../../../nodes/AiImages/services/spelling';
import { rawRequest, settingsOf } from '../requests';

const request = (raw: Parameters<typeof rawRequest>[0] = {}): ValidRequest =>
	validate(rawRequest(raw));

describe('the API’s place of a parameter', () => {
	it.each([
		['prompt', 'prompt'],
		['n', 'n'],
		['outputFormat', 'output_format'],
		['outputCompression', 'output_compression'],
		['inputFidelity', 'input_fidelity'],
		['responseFormat', 'response_format'],
		['safetyIdentifier', 'safety_identifier'],
		['frameCount', 'frame_count'],
		['frameDurationMs', 'frame_duration_ms'],
		['partialImages', 'partial_images'],
		['complexity', 'complexity'],
		['svgModel', 'svg.model'],
		['svgReasoningEffort', 'svg.reasoning.effort'],
	])('of %s is %s', (name, place) => {
		expect(parameterPaths(OPENAI, 'generate', name as ParameterName)).toEqual([place]);
		expect(parameterPaths(OPENAI, 'edit', name as ParameterName)).toEqual([place]);
	});
});

describe('a JSON body', () => {
	const sent = async (raw?: Parameters<typeof rawRequest>[0]) => {
		const { body, headers } = await encode(request(raw));
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
			watermark: false,
		};
		expect(JSON.parse(await sent({ model: 'dall-e-3', values }))).toStrictEqual({
			model: 'dall-e-3',
			prompt: 'a lighthouse',
			size: '1792x1024',
			quality: 'hd',
			style: 'natural',
			response_format: 'b64_json',
			user: 'u-1',
			watermark: false,
		});
	});

	it('holds yes and no as such, and zero previews', async () => {
		const values = { stream: 'true', partialImages: '0' };
		expect(JSON.parse(await sent({ values }))).toMatchObject({ stream: true, partial_images: 0 });
	});

	it.each([
		[{ svgModel: 'gpt-5.6-terra' }, { model: 'gpt-5.6-terra' }],
		[
			{ svgReasoningEffort: 'low', svgModel: 'gpt-5.6-terra' },
			{ model: 'gpt-5.6-terra', reasoning: { effort: 'low' } },
		],
		[{}, undefined],
	])('nests the settings of the SVG model: %j', async (author, svg) => {
		const values = { outputFormat: 'svg', ...author };
		const body = JSON.parse(await sent({ model: 'gpt-image-2.6-flare', values }));
		expect(body.svg).toStrictEqual(svg);
		expect(Object.keys(body)).not.toContain('svg_model');
	});

	it('holds the numbers of an animation', async () => {
		const values = { outputFormat: 'gif', frameCount: '16', frameDurationMs: 20 };
		expect(JSON.parse(await sent({ model: 'gpt-image-2.6-flare', values }))).toMatchObject({
			output_format: 'gif',
			frame_count: 16,
			frame_duration_ms: 20,
		});
	});

	it('contains the extra fields after the others, regardless of their type', async () => {
		const extraFields = { seed: 0, negative_prompt: '', tags: ['a', { b: null }], raw: false };
		const text = await sent({ settings: settingsOf({ extraFields }) });
		expect(text).toBe(
			'{"model":"gpt-image-2.5-flare","prompt":"a lighthouse","seed":0,"negative_prompt":"","tags":["a",{"b":null}],"raw":false}',
		);
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
