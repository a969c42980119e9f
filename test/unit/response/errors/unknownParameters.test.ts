import { OPENAI } from '../../../../nodes/AiImages/services/openai';
import { ApiError } from '../../../../nodes/AiImages/errors';
import { unknownParameters } from '../../../../nodes/AiImages/response/errors/unknownParameters';
import { withoutUnknownParameters } from '../../../../nodes/AiImages/execution/withoutUnknownParameters';
import { validate } from '../../../../nodes/AiImages/request/validate';
import { parseErrorText } from '../../../../nodes/AiImages/response/errors/parseError';
import { responseOf } from '../../responses';
import { rawRequest, settingsOf } from '../../requests';

const said = (message: string, details = {}) =>
	new ApiError(message, '', { status: 400, ...details });
const refusal = (body: unknown, status = 400) =>
	parseErrorText(JSON.stringify(body), responseOf({ status }));

describe('a parameter that a server does not know', () => {
	it.each([
		["Unknown parameter: 'quality'."],
		["Unsupported parameter: 'quality' is not supported with this model. Use 'size' instead."],
		// https://github.com/BerriAI/litellm/blob/main/litellm/utils.py
		[
			'litellm.UnsupportedParamsError: Setting `quality` is not supported by openai, sd3.5-large. To drop it from the call, set `litellm.drop_params = True`..',
		],
		[
			"litellm.UnsupportedParamsError: openai does not support parameters: ['quality'], for model=x. To drop these, set `litellm.drop_params=True`",
		],
		['Argument not supported: quality'],
		['Crucible: Unknown parameter: quality'],
		['litellm.BadRequestError: OpenAIException - Unknown parameter: quality'],
		['Invalid JSON payload received. Unknown name "quality": Cannot find field.'],
		['Invalid JSON payload received. Unknown name "quality" at \'parameters\': Cannot find field.'],
		['quality: Extra inputs are not permitted'],
		['body.quality: extra fields not permitted'],
		[
			"[{'type': 'extra_forbidden', 'loc': ('body', 'quality'), 'msg': 'Extra inputs are not permitted', 'input': 'auto'}]",
		],
		['Unrecognized request argument supplied: quality'],
		["ImagesAPI.generate() got an unexpected keyword argument 'quality'"],
		["Additional properties are not allowed ('quality' was unexpected)"],
		['property quality should not exist'],
		['`quality` is not supported by this model'],
		['Parameter quality is not supported'],
		['The parameter `quality` is not supported for this model.'],
		["The model 'x' does not support the 'quality' parameter."],
		['This model does not support the parameter quality.'],
		["This model doesn't support `quality`."],
		['json: unknown field "quality"'],
		[
			'Failed to deserialize the JSON body: unknown field `quality`, expected one of `model`, `size`',
		],
		["Unrecognized key(s) in object: 'quality'"],
		['"quality" is not allowed'],
		['Argument not supported on this model: quality'],
		['The following parameters are not supported by this model: quality'],
		['Invalid parameter: quality is not supported'],
		['quality is not supported for this model'],
		['quality: not supported'],
		['quality parameter is not supported'],
		["The 'quality' parameter is not supported by this model"],
		['The quality field is prohibited.'],
		['Model does not support quality'],
		["vertex_ai does not support parameters: {'quality': 'size'}, for model=imagen-4."],
		["Extra inputs are not permitted, field: 'quality', value: 'auto'"],
		[
			"1 validation error for ImageRequest quality Extra inputs are not permitted [type=extra_forbidden, input_value='auto']",
		],
		['body must NOT have additional properties: quality'],
		['/body/quality: must NOT have additional properties'],
		["$.quality: The JSON property 'quality' could not be mapped to any .NET member."],
		["The property 'quality' is not defined and the definition does not allow more"],
		['Request body contains unknown parameter: quality'],
		['Invalid argument: quality is not a recognized parameter'],
		["'quality' is not a valid parameter"],
		['Extra field: quality'],
		['found unpermitted parameter: :quality'],
		['The parameter `quality` specified in the request is not valid: not supported by model x.'],
		['暂不支持 quality 参数'],
		['该模型不支持quality参数'],
		['不支持参数 quality'],
		['参数 quality 不支持'],
	])('is named in %j', (message) => {
		expect(unknownParameters(said(message), OPENAI.errorCodes)).toContain('quality');
		expect(unknownParameters(said(message), OPENAI.errorCodes)).not.toContain('size');
	});

	it.each([
		["openai does not support parameters: ['quality', 'style'], for model=x", ['quality', 'style']],
		[
			"Additional properties are not allowed ('quality', 'style' were unexpected)",
			['quality', 'style'],
		],
		['Unrecognized request arguments supplied: quality, style', ['quality', 'style']],
		[
			'quality: Extra inputs are not permitted; style: Extra inputs are not permitted',
			['quality', 'style'],
		],
		["Unknown parameter: 'svg.model'.", ['svg.model']],
		["Unknown parameter: 'svg[reasoning][effort]'.", ['svg.reasoning.effort']],
	])('can be one of several, or nested: %j', (message, names) => {
		expect(unknownParameters(said(message), OPENAI.errorCodes)).toEqual(names);
	});

	it('is found in a whole response', () => {
		const forbidden = (name: string) => ({
			type: 'extra_forbidden',
			loc: ['body', name],
			msg: 'Extra inputs are not permitted',
		});
		const one = { detail: [forbidden('quality')] };
		const two = { detail: [forbidden('quality'), forbidden('output_format')] };
		const raw = JSON.stringify({ error: { message: "Unknown parameter: 'quality'." } });
		const error = { message: 'Provider returned error', code: 400, metadata: { raw } };
		const xAi = { code: '400', error: 'Argument not supported: quality' };
		const nestJs = {
			statusCode: 400,
			error: 'Bad Request',
			message: ['property quality should not exist'],
		};
		for (const body of [one, { error }, xAi, nestJs, [xAi]]) {
			expect(unknownParameters(refusal(body, 422), OPENAI.errorCodes)).toEqual(['quality']);
		}
		expect(unknownParameters(refusal(two), OPENAI.errorCodes)).toEqual([
			'quality',
			'output_format',
		]);
	});
});

describe('a wrong value', () => {
	it.each([
		["The value 'auto' for parameter 'quality' is not supported"],
		['The value of parameter quality is not supported'],
		['This value for the quality parameter is not supported'],
		["quality 'auto' is not allowed. Allowed: standard, hd"],
		['size is not allowed. Allowed: 1024x1024'],
		['quality: unknown variant `auto`'],
		['High quality is not supported on the free tier'],
		['Your plan does not support quality above medium'],
		['Unsupported quality: auto'],
		['The parameter `quality` specified in the request is not valid: invalid value auto.'],
		['Image size 4096x4096 is not available on this tier.'],
		['size must be one of 1024x1024, 1536x1024'],
		["Invalid value: 'hd' for 'quality'. Supported values are: 'low' and 'high'."],
		["Unsupported value: 'quality' does not support 'hd' with this model."],
		['The requested size is not supported by this model.'],
		['Transparent background is not supported for JPEG output format'],
		['This model does not support setting background to transparent.'],
		['The quality parameter value is not valid'],
		['size is not valid'],
		["'quality' is not a valid option"],
		['The size 512x512 is not supported'],
		['quality: Input should be a valid string'],
		["Input should be 'low' or 'high'"],
		['Invalid parameter: size'],
		['The server met an unknown parameter: quality'],
		['moderation must be one of auto, low'],
		['prompt must be shorter than 1000 characters'],
	])('is no unknown parameter: %j', (message) => {
		const names = unknownParameters(said(message, { param: 'quality' }), OPENAI.errorCodes);
		expect(
			names.filter((name) => /^(size|quality|background|moderation|prompt)$/.test(name)),
		).toEqual([]);
	});

	it('is none by its code, regardless of its message', () => {
		const failure = said("Unsupported parameter: 'quality'", { code: 'invalid_value' });
		expect(unknownParameters(failure, OPENAI.errorCodes)).toEqual([]);
	});
});

describe('several parameters that a server does not know', () => {
	const message = "openai does not support parameters: ['quality', 'output_format'], for model=x";
	const values = { quality: 'auto', outputFormat: 'png' };
	const sent = (atDefault: Array<'quality' | 'outputFormat'>, dropUnsupported = false) =>
		validate(rawRequest({ values, atDefault, settings: settingsOf({ dropUnsupported }) }));

	it('are left out together', () => {
		const reduced = withoutUnknownParameters(sent(['quality', 'outputFormat']), said(message));
		expect(reduced?.request.values).toEqual({ prompt: 'a lighthouse' });
		expect(reduced?.warning).toBe(
			"'Output Format' and 'Quality' were removed because the API doesn't support them",
		);
	});

	it('stay if one of them was set by the user', () => {
		expect(withoutUnknownParameters(sent(['quality']), said(message))).toBeNull();
		expect(withoutUnknownParameters(sent(['quality'], true), said(message))).not.toBeNull();
	});
});
