import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { ApiError, messageAndAdvice, withMessage } from '../errors';
import { IMAGE_WORDS, resolveModel } from '../models';
import { accessFor, CREDENTIAL } from '../services/access';
import { STREAMED } from '../transport/httpResponse';
import { LIST_TIMEOUT_MS, listModels, type RawListResponse } from './modelList';

/** The models of the API for the *Model ID* field, image models first. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const ids = await listedModels(this).catch((error: unknown) => {
		throw toEditorError(this, error);
	});
	if (ids.length === 0) throw toEditorError(this, NO_MODELS);
	const found = ids.filter((id) => id.toLowerCase().includes(filter.toLowerCase()));
	const rank = (id: string) => (resolveModel(id).knownAs ? 0 : IMAGE_WORDS.test(id) ? 1 : 2);
	const sorted = found.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
	return { results: sorted.map((id) => ({ name: id, value: id })) };
}

const NO_MODELS = new ApiError(
	'The API returned an empty list of models',
	'Enter the model ID instead',
);

async function listedModels(context: ILoadOptionsFunctions): Promise<string[]> {
	const credentials: ICredentialDataDecryptedObject = await context.getCredentials(CREDENTIAL);
	return await listModels(credentials, async () => await request(context, credentials));
}

async function request(
	context: ILoadOptionsFunctions,
	credentials: ICredentialDataDecryptedObject,
): Promise<RawListResponse> {
	return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
		method: 'GET',
		url: accessFor(credentials).service.modelList.path,
		headers: { Accept: 'application/json' },
		timeout: LIST_TIMEOUT_MS,
		...STREAMED,
		disableFollowRedirect: true,
	})) as RawListResponse;
}

/**
 * The editor shows the description of a NodeApiError. Of a message it shows only a part, because it
 * splits it at its hyphens.
 */
function toEditorError(context: ILoadOptionsFunctions, error: unknown): NodeApiError {
	const message = error instanceof ApiError ? error.message : "The credential can't be used";
	const options = { message, description: messageAndAdvice(error) };
	return withMessage(new NodeApiError(context.getNode(), {}, options), message);
}
