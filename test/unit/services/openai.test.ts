import type { Operation, ParameterName } from '../../../nodes/AiImages/models';
import { PARAMETERS } from '../../../nodes/AiImages/models/parameters';
import { UNVALIDATED_MODEL } from '../../../nodes/AiImages/models/unvalidated';
import { encode } from '../../../nodes/AiImages/request/encode';
import type { ValidRequest, Values } from '../../../nodes/AiImages/request/types';
import { OPENAI } from '../../../nodes/AiImages/services/openai';
import { keysOf, parameterPaths } from '../../../nodes/AiImages/services/spelling';
import { rawRequest, settingsOf } from '../requests';

/** Those that only other makers' models take. */
const OTHERS: readonly string[] = [
	...['aspectRatio', 'resolution', 'seed', 'negativePrompt', 'steps', 'guidance', 'thinkingLevel'],
	...['strength', 'renderingSpeed', 'promptUpsampling', 'magicPrompt', 'styleType', 'stylePreset'],
];
const NAMES = (Object.keys(PARAMETERS) as ParameterName[]).filter((name) => !OTHERS.includes(name));
const OPERATIONS = ['generate', 'edit'] as const;

/** A value for every parameter, and what a body with all of them looks like. */
const VALUES = {
	prompt: 'a lighthouse',
	n: 2,
	size: '1024x1024',
	quality: 'high',
	background: 'opaque',
	outputFormat: 'webp',
	outputCompression: 50,
	frameCount: 9,
	frameDurationMs: 200,
	svgModel: 'gpt-5.6-terra',
	svgReasoningEffort: 'low',
	complexity: 'low',
	style: 'vivid',
	stream: true,
	partialImages: 1,
	inputFidelity: 'high',
	moderation: 'auto',
	responseFormat: 'b64_json',
	safetyIdentifier: 'hash',
	user: 'u-1',
	watermark: false,
} as const satisfies Values;

const BODY = {
	model: 'painter',
	prompt: 'a lighthouse',
	n: 2,
	size: '1024x1024',
	quality: 'high',
	background: 'opaque',
	output_format: 'webp',
	output_compression: 50,
	frame_count: 9,
	frame_duration_ms: 200,
	svg: { model: 'gpt-5.6-terra', reasoning: { effort: 'low' } },
	complexity: 'low',
	style: 'vivid',
	stream: true,
	partial_images: 1,
	input_fidelity: 'high',
	moderation: 'auto',
	response_format: 'b64_json',
	safety_identifier: 'hash',
	user: 'u-1',
	watermark: false,
};

function requestWith(operation: Operation, imagesAsJson = false): ValidRequest {
	const raw = rawRequest({ operation, model: 'painter', row: UNVALIDATED_MODEL });
	return { ...raw, values: VALUES, settings: settingsOf({ imagesAsJson }) };
}

describe('OpenAI’s service', () => {
	it.each(OPERATIONS)('has a place for every parameter, to %s', (operation) => {
		const { parameters } = OPENAI.endpoints[operation];
		expect(Object.keys(parameters).sort()).toEqual([...NAMES].sort());
	});

	it.each(OPERATIONS)('has no two parameters in the same place, to %s', (operation) => {
		const { model, parameters } = OPENAI.endpoints[operation];
		const places = [model, ...Object.values<string>(parameters)];
		expect(new Set(places).size).toBe(places.length);
		// A parameter inside of another one would overwrite it.
		const isInside = (place: string) => places.some((each) => place.startsWith(`${each}.`));
		expect(places.filter(isInside)).toEqual([]);
	});

	it('sends every parameter of a generation in its place', async () => {
		const { body } = await encode(requestWith('generate'));
		expect(JSON.parse(String(body))).toStrictEqual(BODY);
	});

	it('sends every parameter of an edit as JSON in its place', async () => {
		const { body } = await encode(requestWith('edit', true));
		const { images, ...fields } = JSON.parse(String(body));
		expect(images).toEqual([{ image_url: expect.stringMatching(/^data:image\/png;base64,/) }]);
		expect(fields).toStrictEqual(BODY);
	});

	it('sends every parameter of an edit as a form in its place', async () => {
		const { body } = await encode(requestWith('edit'));
		const form = await new Response(body as FormData).formData();
		for (const name of NAMES) {
			const [first = '', ...nested] = keysOf(parameterPaths(OPENAI, 'edit', name)[0] ?? '');
			const part = `${first}${nested.map((key) => `[${key}]`).join('')}`;
			expect([name, form.getAll(part)]).toEqual([name, [String((VALUES as Values)[name])]]);
		}
		expect([...form.keys()]).toHaveLength(NAMES.length + ['model', 'image'].length);
	});
});
