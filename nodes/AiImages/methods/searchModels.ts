import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { ApiError } from '../errors';
import { IMAGE_WORDS, resolveModel } from '../models';
import { CREDENTIAL } from '../services/access';
import { LIST_TIMEOUT, listModels, MODELS_PATH, type RawListResponse } from './modelList';

/** The models of the API, those that make images first, for the *Model ID* field. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const ids = await listModels(await credentialsOf(this), async () => await request(this)).catch(
		(error: unknown) => {
			throw shown(this, error);
		},
	);
	if (ids.length === 0) throw shown(this, NO_MODELS);
	const found = ids.filter((id) => id.toLowerCase().includes(filter.toLowerCase()));
	const rank = (id: string) => (resolveModel(id).knownAs ? 0 : IMAGE_WORDS.test(id) ? 1 : 2);
	const sorted = found.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
	return { results: sorted.map((id) => ({ name: id, value: id })) };
}

const NO_MODELS = new ApiError(
	'The API returned an empty list of models',
	'Enter the model ID instead',
);

async function credentialsOf(
	context: ILoadOptionsFunctions,
): Promise<ICredentialDataDecryptedObject> {
	return await context.getCredentials(CREDENTIAL);
}

async function request(context: ILoadOptionsFunctions): Promise<RawListResponse> {
	return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
		method: 'GET',
		url: MODELS_PATH,
		headers: { Accept: 'application/json' },
		timeout: LIST_TIMEOUT,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	})) as RawListResponse;
}

/**
 * The editor shows the description of a NodeApiError; of a message it shows what is left when it
 * has been split at its dashes.
 */
function shown(context: ILoadOptionsFunctions, error: unknown): NodeApiError {
	const message = error instanceof ApiError ? error.message : "The credential can't be used";
	const description = error instanceof ApiError ? `${message}. ${error.advice}` : textOf(error);
	const shownError = new NodeApiError(context.getNode(), {}, { message, description });
	// n8n replaces a message that happens to contain the name of a system error.
	shownError.message = message;
	return shownError;
}

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
