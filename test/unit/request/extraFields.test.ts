import { validate } from '../../../nodes/AiImages/request/validate';
import { problemsOf, rawRequest, settingsOf } from '../requests';

type Raw = NonNullable<Parameters<typeof rawRequest>[0]>;

const check = (extraFields: object, raw: Raw = {}) =>
	problemsOf(() =>
		validate(rawRequest({ ...raw, settings: settingsOf({ extraFields: { ...extraFields } }) })),
	);

describe('an extra field', () => {
	it.each([
		['gpt-image-2.5-flare', 'generate', 'model'],
		['gpt-image-2.5-flare', 'generate', 'prompt'],
		['gpt-image-2.5-flare', 'generate', 'n'],
		['gpt-image-2.5-flare', 'generate', 'output_format'],
		['gpt-image-2.5-flare', 'generate', 'partial_images'],
		['gpt-image-2.5-flare', 'generate', 'safety_identifier'],
		['gpt-image-2.5-flare', 'edit', 'image'],
		['gpt-image-2.5-flare', 'edit', 'image[]'],
		['gpt-image-2.5-flare', 'edit', 'images'],
		['gpt-image-2.5-flare', 'edit', 'mask'],
		['gpt-image-2.5-flare', 'edit', 'markup'],
		['gpt-image-2.6-flare', 'generate', 'svg'],
		['gpt-image-2.6-flare', 'generate', 'frame_count'],
		['gpt-image-1.5', 'edit', 'input_fidelity'],
		['gpt-image-2.6-flare', 'edit', 'svg'],
		['gpt-image-2.6-flare', 'edit', 'svg[model]'],
		['gpt-image-2.6-flare', 'edit', 'image[0]'],
		['dall-e-3', 'generate', 'response_format'],
		['dall-e-3', 'generate', 'watermark'],
		['tomorrow-1', 'generate', 'quality'],
	] as const)('of %s for %s cannot take the place of %s', (model, operation, field) => {
		expect(check({ [field]: 'x' }, { model, operation })).toEqual([
			`'Additional Body Fields' can't contain "${field}": ${model} has its own field for it. Use that field instead`,
		]);
	});

	it.each([
		['gpt-image-2.5-flare', 'generate', 'seed'],
		['gpt-image-2.5-flare', 'generate', 'negative_prompt'],
		['gpt-image-2.5-flare', 'generate', 'watermark'],
		['gpt-image-2.5-flare', 'generate', 'user'],
		['gpt-image-2.5-flare', 'generate', 'response_format'],
		['gpt-image-2.5-flare', 'generate', 'svg'],
		['gpt-image-1.5', 'generate', 'input_fidelity'],
		['dall-e-3', 'generate', 'moderation'],
		['tomorrow-1', 'generate', 'seed'],
		['tomorrow-1', 'generate', 'constructor'],
		['tomorrow-1', 'generate', 'outputFormat'],
	] as const)(
		'of %s for %s may be what the model has no field for: %s',
		(model, operation, field) => {
			expect(check({ [field]: 0 }, { model, operation })).toEqual([]);
		},
	);

	it('is refused together with the others, one sentence each', () => {
		const problems = check({ prompt: 'x', seed: 1, model: 'y' }, { values: { n: 11 } });
		expect(problems.map((problem) => problem.split(' ').slice(0, 6).join(' '))).toEqual([
			"'Number of Images' 11 isn't supported",
			"'Additional Body Fields' can't contain \"prompt\":",
			"'Additional Body Fields' can't contain \"model\":",
		]);
	});
});
