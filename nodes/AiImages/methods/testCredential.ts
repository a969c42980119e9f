import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ApiError } from '../errors';
import { resolveCredential } from '../services/access';
import { LIST_TIMEOUT, listModels, MODELS_PATH, type RawListResponse } from './modelList';
import { LIST_IS_MISSING } from './modelListErrors';

/**
 * The *Test* button of the credential: wants a list of models, and is content with an API that has
 * no such list.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	try {
		await listModels(data, async () => await request(this, data));
	} catch (error) {
		if (isContent(error)) return OK;
		return { status: 'Error', message: sentencesOf(error) };
	}
	return OK;
}

/** n8n never shows this message. */
const OK: INodeCredentialTestResult = { status: 'OK', message: 'Connection successful' };

function isContent(error: unknown): boolean {
	return error instanceof ApiError && LIST_IS_MISSING.includes(error.details.status ?? 0);
}

function sentencesOf(error: unknown): string {
	if (error instanceof ApiError) return `${error.message}. ${error.advice}`;
	return error instanceof Error ? error.message : String(error);
}

/** A test has no other helper than this one, which knows nothing of the credential. */
async function request(
	{ helpers }: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
): Promise<RawListResponse> {
	const { baseURL, qs, headers } = resolveCredential(credentials);
	return (await helpers.request({
		method: 'GET',
		uri: `${baseURL}${MODELS_PATH}`,
		qs,
		headers: { Accept: 'application/json', ...headers },
		timeout: LIST_TIMEOUT,
		useStream: true,
		simple: false,
		resolveWithFullResponse: true,
		// The key must reach no other server, whatever this one says.
		followRedirect: false,
	})) as RawListResponse;
}
