import { ApiError } from '../../../nodes/AiImages/errors';
import type { RawRequest } from '../../../nodes/AiImages/request/types';
import { withoutUnknownParameters } from '../../../nodes/AiImages/execution/withoutUnknownParameters';
import { validate } from '../../../nodes/AiImages/request/validate';
import type { ValidRequest } from '../../../nodes/AiImages/request/types';
import { rawRequest, settingsOf } from '../requests';

const valid = (raw: Partial<RawRequest>): ValidRequest => validate(rawRequest(raw));

const unknown = (param?: string, message = 'No.') =>
	new ApiError(message, '', { status: 400, code: 'unknown_parameter', param });

const DROP = settingsOf({ dropUnsupported: true });

describe("the editor's own value", () => {
	const request = valid({ values: { quality: 'auto', size: '1024x1024' }, atDefault: ['quality'] });

	it('is dropped with a warning', () => {
		const reduced = withoutUnknownParameters(request, unknown('quality'));
		expect(reduced).toEqual({
			request: { ...request, values: { prompt: 'a lighthouse', size: '1024x1024' } },
			warning: "'Quality' was removed because the API doesn't support it",
		});
		expect(request.values.quality).toBe('auto');
	});

	it('is not dropped twice', () => {
		const reduced = withoutUnknownParameters(request, unknown('quality'))!;
		expect(withoutUnknownParameters(reduced.request, unknown('quality'))).toBeNull();
	});
});

describe("the user's value", () => {
	const values = { quality: 'high', outputFormat: 'jpeg', outputCompression: 60 };

	it.each([
		['quality', 'Quality'],
		['output_format', 'Output Format'],
		['output_compression', 'Output Compression'],
	])('%s is dropped only with the option', (param, displayName) => {
		expect(withoutUnknownParameters(valid({ values }), unknown(param))).toBeNull();
		const reduced = withoutUnknownParameters(valid({ values, settings: DROP }), unknown(param));
		expect(reduced?.warning).toBe(
			`'${displayName}' was removed because the API doesn't support it`,
		);
		expect(Object.keys(reduced!.request.values)).toHaveLength(3);
	});
});

describe('never dropped', () => {
	const request = valid({
		values: { quality: 'auto' },
		atDefault: ['quality', 'prompt'],
		settings: DROP,
	});

	it.each<[string, ApiError]>([
		['the prompt', unknown('prompt')],
		['the model', unknown('model')],
		['a field that was not sent', unknown('style')],
		['a field nobody knows', unknown('seed')],
		['a field of an input file', unknown('images[0].detail')],
		['anything without a name', unknown(undefined, 'Something is unknown')],
		['a name in the node’s own spelling', unknown('outputFormat')],
		['an inherited name', unknown('constructor')],
		[
			'a value that is refused',
			new ApiError('Invalid value', '', { code: 'invalid_value', param: 'quality' }),
		],
		[
			'a parameter that is only named somewhere',
			new ApiError('The server met an unknown parameter: quality', '', { status: 400 }),
		],
	])('%s', (_, failure) => {
		expect(withoutUnknownParameters(request, failure)).toBeNull();
	});
});

describe('a nested parameter', () => {
	const request = valid({
		model: 'gpt-image-2.6-flare',
		values: { outputFormat: 'svg', svgModel: 'gpt-5.6-terra', svgReasoningEffort: 'low' },
		settings: DROP,
	});

	it.each([
		['svg', []],
		['svg.model', ['svgReasoningEffort']],
		['svg.reasoning', ['svgModel']],
		['svg.reasoning.effort', ['svgModel']],
	])('is found by the path that the server names: %s', (param, left) => {
		let last = request;
		for (let next; (next = withoutUnknownParameters(last, unknown(param))); last = next.request);
		const names = Object.keys(last.values);
		expect(names.filter((name) => name.startsWith('svg'))).toEqual(left);
	});
});

describe('a message without a code or a parameter', () => {
	it.each([
		"Unknown parameter: 'quality'.",
		'Unknown parameter: quality',
		"Unsupported parameter: 'quality' is not supported with this model.",
		'unrecognized parameter quality',
	])('names the parameter: %s', (message) => {
		const request = valid({ values: { quality: 'auto' }, atDefault: ['quality'] });
		const failure = new ApiError(message, '', { status: 400 });
		expect(withoutUnknownParameters(request, failure)?.request.values).toEqual({
			prompt: 'a lighthouse',
		});
		expect(withoutUnknownParameters(request, unknown(undefined, message))).not.toBeNull();
	});
});
