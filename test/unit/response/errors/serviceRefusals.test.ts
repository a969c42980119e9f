import { readErrorResponse } from '../../../../nodes/AiImages/response/errors/parseError';
import { SERVICES, type ServiceId } from '../../../../nodes/AiImages/services/table';
import { responseOf } from '../../responses';
import { ADVICE } from './refusals/types';

const google = (code: number, status: string, message: string) => ({
	error: { code, message, status },
});

describe('a refusal in the words of a service', () => {
	it.each<[ServiceId, number, object, RegExp]>([
		[
			'openRouter',
			403,
			{ error: { message: 'Key limit exceeded (total limit). Manage it using …', code: 403 } },
			ADVICE.credit,
		],
		[
			'vercel',
			403,
			{
				error: {
					message:
						'AI Gateway requires a valid credit card on file to service requests. Please visit your dashboard to add a card.',
					type: 'customer_verification_required',
				},
			},
			/no means of payment/,
		],
		[
			'google',
			403,
			google(403, 'PERMISSION_DENIED', 'Your API key was reported as leaked. Use another API key.'),
			ADVICE.key,
		],
		[
			'google',
			403,
			google(
				403,
				'PERMISSION_DENIED',
				"Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
			),
			ADVICE.key,
		],
		[
			'google',
			400,
			google(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
			/country or region of your n8n server/,
		],
		[
			'openai',
			403,
			{
				error: {
					code: 'unsupported_country_region_territory',
					message: 'Country, region, or territory not supported',
				},
			},
			/country or region of your n8n server/,
		],
		// https://fal.ai/docs/documentation/model-apis/errors.md
		[
			'fal',
			422,
			{ detail: [{ loc: ['body'], msg: 'No media was generated.', type: 'no_media_generated' }] },
			/^The model made no image of this prompt/,
		],
		[
			'azure',
			404,
			{
				error: {
					code: 'DeploymentNotFound',
					message: 'The API deployment for this resource does not exist.',
				},
			},
			/'Deployments' in the credential/,
		],
		[
			'azure',
			400,
			{
				error: {
					code: 'OperationNotSupported',
					message: 'The imageGenerations operation does not work with the specified model, gpt-4o.',
				},
			},
			/'Deployments' in the credential/,
		],
		[
			'openRouter',
			400,
			{ error: { message: 'x-ai/grok-99 is not a valid model ID', code: 400 } },
			ADVICE.model,
		],
		[
			'openRouter',
			404,
			{ error: { message: 'No endpoints found for x-ai/grok-99.', code: 404 } },
			ADVICE.model,
		],
		[
			'chat',
			404,
			{
				error: {
					message: 'No endpoints found that support the requested output modalities: image, text',
					code: 404,
				},
			},
			/Change what the message names/,
		],
		[
			'openRouter',
			404,
			{
				error: {
					message:
						'No endpoints found matching your data policy. Configure: https://openrouter.ai/settings/privacy',
					code: 404,
				},
			},
			/Change what the message names/,
		],
	])('leads %s’s users on, with status %s', async (id, status, body, advice) => {
		const response = { ...responseOf({ status, body }), service: SERVICES[id] };
		expect((await readErrorResponse(response)).advice).toMatch(advice);
	});

	it('for want of capacity is repeated', async () => {
		const error =
			'The model is at capacity and currently cannot serve this request. Please try again later.';
		const response = { ...responseOf({ status: 503, body: { error } }), service: SERVICES.xai };
		expect((await readErrorResponse(response)).hint.isOverloaded).toBe(true);
	});

	it.each(['Country codes are not supported in this field', 'The region is not supported'])(
		'about a value has no advice about places: %s',
		async (message) => {
			const response = responseOf({ status: 400, body: { error: { message } } });
			expect((await readErrorResponse(response)).advice).toMatch(ADVICE.change);
		},
	);

	it.each<[ServiceId, number, string, object, string]>([
		[
			'fal',
			404,
			'https://queue.fal.run/fal-ai/fluxx',
			// https://github.com/fal-ai/fal-js/issues/153
			{ detail: 'Application "fluxx" not found' },
			"fal has no such model. Choose another 'Model', or correct 'Model ID'",
		],
		[
			'replicate',
			404,
			'https://api.replicate.com/v1/models/x/y/predictions',
			// https://replicate.com/docs/reference/http
			{ detail: 'The requested resource could not be found.', status: 404 },
			"Replicate has no such model. Choose another 'Model', or correct 'Model ID'",
		],
		[
			'replicate',
			404,
			'https://gateway.example.com/v1/models/x/y/predictions',
			{ detail: 'Not found.' },
			"Replicate has no such model, or 'Base URL' in the credential is wrong: https://gateway.example.com/v1/models/x/y/predictions. Choose another 'Model', or correct 'Model ID' or 'Base URL'",
		],
		[
			'fal',
			401,
			'https://queue.fal.run/fal-ai/flux/dev',
			{ detail: 'No user found for Key ID and Secret' },
			'Check that the API key in the credential is a valid key of fal: https://fal.ai/dashboard/keys',
		],
		[
			'blackForestLabs',
			403,
			'https://api.bfl.ai/v1/flux-2-pro',
			{ detail: 'Not authenticated - Invalid Authentication' },
			'Check that the API key in the credential is a valid key of Black Forest Labs: https://dashboard.bfl.ai',
		],
		[
			'fal',
			401,
			'https://gateway.example.com/fal-ai/flux/dev',
			{ detail: 'No user found for Key ID and Secret' },
			"Check that the API key in the credential is valid for this 'Base URL'",
		],
		[
			'azure',
			401,
			'https://my-resource.openai.azure.com/openai/v1/images/generations',
			{ statusCode: 401, message: 'Unauthorized. Access token is missing.' },
			"Check that the API key in the credential is valid for this 'Base URL'",
		],
	])('names %s or its address, with status %i at %s', async (id, status, url, body, advice) => {
		const response = { ...responseOf({ status, body }), url, service: SERVICES[id] };
		expect((await readErrorResponse(response)).advice).toBe(advice);
	});
});
