import { randomUUID } from 'node:crypto';
import { ApiError, missingParameter, userError } from '../apiError.ts';
import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { RequestBody } from '../body.ts';
import { choice } from '../grammar.ts';
import type { Grammar } from '../grammar.ts';
import type { ImageRequest } from '../imageRequest.ts';
import { findModel } from '../models.ts';
import type { ImageModel, Operation } from '../models.ts';
import { validate } from '../validate.ts';
import { Refusal } from './profile.ts';
import type { Profile, ProfileCall, ProfileRoute } from './profile.ts';

const DOCS = 'https://github.com/MicrosoftDocs/azure-ai-docs/blob/main/articles/foundry/openai';
const GUIDE = `${DOCS}/how-to/dall-e.md`;
const EDIT_GUIDE = `${DOCS}/includes/how-to-dall-e-2.md`;
const QUICKSTART = `${DOCS}/includes/dall-e-rest.md`;
const REFERENCE = `${DOCS}/includes/api-versions/latest-inference-preview.md`;
const VERSIONS = `${DOCS}/includes/api-version-lifecycle-content.md`;
const MODEL_LIST = 'https://learn.microsoft.com/en-us/rest/api/azureopenai/models/list';
const V1_SCHEMA =
	'https://github.com/Azure/azure-rest-api-specs/blob/main/specification/ai/data-plane/OpenAI.v1/azure-v1-preview-generated.yaml';

/** The deployments of this resource, and the model behind each. */
const deployments: ReadonlyMap<string, ImageModel> = new Map(
	[
		['pictures', 'gpt-image-2'],
		['pictures-15', 'gpt-image-1.5'],
		['pictures-mini', 'gpt-image-1-mini'],
		// Microsoft's examples name deployments like their models (GUIDE, QUICKSTART).
		['gpt-image-2', 'gpt-image-2'],
		['gpt-image-1.5', 'gpt-image-1.5'],
	].map(([name = '', id = '']) => [name, narrowed(findModel(id)!)]),
);

/** The first dated version with GPT Image (VERSIONS). Later ones serve it, too (QUICKSTART). */
const firstDatedVersion = '2025-04-01';

/** `api-version` is optional below `/openai/v1` (`AzureAIFoundryModelsApiVersion`, V1_SCHEMA). */
const v1Versions = [null, 'v1', 'preview'];

/** A mask is "less than 4MB" (REFERENCE). */
const maskBytesBelow = 4 * 1024 * 1024;

/**
 * Azure OpenAI: the Images API for deployments, which have names of their own. Requests name them in
 * the body below `/openai/v1` (GUIDE, VERSIONS), or in the path, with a dated version (REFERENCE).
 */
export const azure: Profile = {
	name: 'azure',
	sources: [GUIDE, EDIT_GUIDE, QUICKSTART, REFERENCE, VERSIONS, MODEL_LIST, V1_SCHEMA],
	// A key in `api-key`, or a token of Microsoft Entra ID (REFERENCE). As OpenAI's client is told the
	// key as its own (VERSIONS), the key is also taken as a token.
	keyOf: ({ authorization, 'api-key': key }) =>
		key?.toString() ?? /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1],
	// https://github.com/microsoft/semantic-kernel/issues/10337
	unauthorized: () =>
		refusal(
			401,
			'401',
			'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
		),
	notFound,
	failure: (status) => refusal(status, `${status}`, `The request failed with status ${status}.`),
	// V1_SCHEMA
	headers: () => ({ 'apim-request-id': randomUUID() }),
	routes: [
		v1Route('generate', /^\/openai\/v1\/images\/generations$/),
		v1Route('edit', /^\/openai\/v1\/images\/edits$/),
		deploymentRoute('generate', /^\/openai\/deployments\/([^/]+)\/images\/generations$/),
		deploymentRoute('edit', /^\/openai\/deployments\/([^/]+)\/images\/edits$/),
		{
			method: 'GET',
			pattern: /^\/openai\/v1\/models$/,
			respond: (call) => {
				checkV1Version(call);
				const data = listedModels().map(({ id, created }) => {
					return { id, object: 'model', created, owned_by: 'openai' };
				});
				return jsonResponse(200, { object: 'list', data });
			},
		},
		{
			method: 'GET',
			pattern: /^\/openai\/models$/,
			respond: (call) => {
				if (datedVersion(call) === undefined) throw notFound();
				return jsonResponse(200, { object: 'list', data: listedModels().map(datedEntry) });
			},
		},
	],
};

function v1Route(operation: Operation, pattern: RegExp): ProfileRoute {
	return {
		method: 'POST',
		pattern,
		accepts: ['json', 'multipart'],
		respond: async (call) => {
			checkV1Version(call);
			const name = fieldOf(call.body, 'model');
			if (!name) throw passedOn(missingParameter('model'));
			return await images(call, operation, name, contentFilter);
		},
	};
}

function deploymentRoute(operation: Operation, pattern: RegExp): ProfileRoute {
	return {
		method: 'POST',
		pattern,
		accepts: ['json', 'multipart'],
		respond: async (call) => {
			// 404 for another version: https://github.com/Azure-Samples/openai/issues/146
			if ((datedVersion(call) ?? '') < firstDatedVersion) throw notFound();
			const name = decodeURIComponent(call.captured[0] ?? '');
			return await images(call, operation, name, policyViolation);
		},
	};
}

/** https://github.com/pydantic/pydantic-ai/issues/5066 */
function checkV1Version({ query }: ProfileCall): void {
	if (v1Versions.includes(query.get('api-version'))) return;
	throw refusal(
		400,
		'BadRequest',
		'api-version query parameter is not allowed when using /v1 path',
	);
}

function datedVersion({ query }: ProfileCall): string | undefined {
	return /^\d{4}-\d\d-\d\d(?:-preview)?$/.exec(query.get('api-version') ?? '')?.[0];
}

/**
 * What Azure narrows: no WebP, neither way (GUIDE, EDIT_GUIDE); no `input_fidelity` for Mini
 * (EDIT_GUIDE); and end users are named by `user` alone (`AzureCreateImageRequest`, V1_SCHEMA).
 */
function narrowed(model: ImageModel): ImageModel {
	const formats: Grammar = { output_format: choice('png', 'jpeg') };
	const fidelity: Grammar =
		model.id === 'gpt-image-1-mini'
			? {
					input_fidelity: {
						kind: 'refused',
						code: 'invalid_input_fidelity_model',
						type: 'image_generation_user_error',
						message: `The model '${model.id}' does not support the 'input_fidelity' parameter.`,
					},
				}
			: {};
	return {
		...model,
		generate: withoutSafetyIdentifier({ ...model.generate, ...formats }),
		edit: withoutSafetyIdentifier({ ...model.edit, ...formats, ...fidelity }),
		inputs: { ...model.inputs!, types: ['image/jpeg', 'image/png'] },
	};
}

function withoutSafetyIdentifier({ safety_identifier: _, ...grammar }: Grammar): Grammar {
	return grammar;
}

async function images(
	call: ProfileCall,
	operation: Operation,
	deployment: string,
	filtered: () => Refusal,
): Promise<ApiResponse> {
	const model = deployments.get(deployment);
	if (!model) throw deploymentNotFound();
	const request = await check(call, operation, model);
	const { prompt, count } = request;
	if (/\brefuse\b/i.test(prompt)) throw filtered();
	await call.accept({ operation, prompt, images: count });
	return await call.painter.respond(request);
}

/** Checks a body as OpenAI does, whose errors Azure passes on. */
async function check(
	{ body, painter }: ProfileCall,
	operation: Operation,
	model: ImageModel,
): Promise<ImageRequest> {
	try {
		checkKind(body, operation);
		checkMask(body);
		return await validate(operation, withModel(body, model.id), {
			served: [model],
			lookup: () => undefined,
			decodeInputs: painter.decodesInputs,
		});
	} catch (error) {
		throw error instanceof ApiError ? passedOn(error) : error;
	}
}

/** An edit "takes multipart/form data, not JSON data" (EDIT_GUIDE), and a generation takes JSON. */
function checkKind({ kind }: RequestBody, operation: Operation): void {
	const expected = operation === 'edit' ? 'multipart' : 'json';
	if (kind === expected) return;
	const types = { json: 'application/json', multipart: 'multipart/form-data' };
	// https://github.com/langgenius/dify-official-plugins/issues/2881
	throw new ApiError(
		400,
		`Unsupported content type: '${types[kind]}'. This API method only accepts '${types[expected]}' requests, but you specified the header 'Content-Type: ${types[kind]}'. Please try again with a supported content type.`,
		'unsupported_content_type',
	);
}

function checkMask(body: RequestBody): void {
	const mask = body.kind === 'multipart' && body.parts.find(({ name }) => name === 'mask');
	if (!mask || mask.data.length < maskBytesBelow) return;
	throw userError(
		"Invalid file 'mask': the file must be less than 4 MB.",
		'image_too_large',
		'mask',
	);
}

/** The body with the model behind its deployment. */
function withModel(body: RequestBody, id: string): RequestBody {
	if (body.kind === 'json') return { kind: 'json', fields: { ...body.fields, model: id } };
	const model = { name: 'model', filename: undefined, contentType: undefined };
	const others = body.parts.filter(({ name }) => name !== 'model');
	return { kind: 'multipart', parts: [{ ...model, data: Buffer.from(id) }, ...others] };
}

function fieldOf(body: RequestBody, name: string): string {
	if (body.kind === 'json') return String(body.fields[name] ?? '');
	return body.parts.find((part) => part.name === name)?.data.toString() ?? '';
}

function refusal(status: number, code: string, message: string): Refusal {
	return new Refusal(status, { error: { code, message } });
}

function passedOn({ status, body }: ApiError): Refusal {
	return new Refusal(status, body);
}

/** https://github.com/openai/openai-python/issues/2608 */
function notFound(): Refusal {
	return refusal(404, '404', 'Resource not found');
}

/** https://github.com/chatboxai/chatbox/issues/861 */
function deploymentNotFound(): Refusal {
	return refusal(
		404,
		'DeploymentNotFound',
		'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
	);
}

/** The refusal of a prompt in the guides (EDIT_GUIDE, "API call rejection"). */
function contentFilter(): Refusal {
	return new Refusal(400, {
		created: Math.floor(Date.now() / 1000),
		error: {
			code: 'contentFilter',
			message: 'Your task failed as a result of our safety system.',
		},
	});
}

/**
 * The refusal of a prompt in the reference (`dalleErrorResponse`, REFERENCE). Its code and message
 * are those of https://github.com/BerriAI/litellm/issues/16072.
 */
function policyViolation(): Refusal {
	const safe = { filtered: false, severity: 'safe' };
	return new Refusal(400, {
		error: {
			code: 'content_policy_violation',
			inner_error: {
				code: 'ResponsibleAIPolicyViolation',
				content_filter_results: {
					hate: safe,
					jailbreak: { detected: false, filtered: false },
					self_harm: safe,
					sexual: safe,
					violence: { filtered: true, severity: 'medium' },
				},
			},
			message:
				'Your request was rejected as a result of our safety system. Your prompt may contain text that is not allowed by our safety system.',
			type: 'invalid_request_error',
		},
	});
}

/** The lists hold the models that can be deployed, not the deployments (MODEL_LIST). */
function listedModels(): ImageModel[] {
	return [...new Map([...deployments.values()].map((model) => [model.id, model])).values()];
}

/** An entry of the list of the dated versions (MODEL_LIST). */
function datedEntry({ id, created }: ImageModel): object {
	return {
		status: 'succeeded',
		capabilities: {
			fine_tune: false,
			inference: true,
			completion: false,
			chat_completion: false,
			embeddings: false,
		},
		lifecycle_status: 'generally-available',
		id,
		created_at: created,
		object: 'model',
	};
}
