import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ApiError, messageAndAdvice } from '../errors';
import { accessFor } from '../services/access';
import { checkKey, LIST_TIMEOUT_MS, type RawListResponse } from './modelList';

/**
 * The *Test* button of the credential: asks the service its cheapest question that needs the key, for
 * most the list of models. An API without one passes.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	try {
		await checkKey(data, async () => await request(this, data));
	} catch (error) {
		if (hasNoList(error, data)) return OK;
		return { status: 'Error', message: messageAndAdvice(error) };
	}
	return OK;
}

/** n8n never shows this message. */
const OK: INodeCredentialTestResult = { status: 'OK', message: 'Connection successful' };

function hasNoList(error: unknown, credentials: ICredentialDataDecryptedObject): boolean {
	if (!(error instanceof ApiError)) return false;
	const { missing } = accessFor(credentials).service.modelList;
	return missing.includes(error.details.status ?? 0);
}

/** The only request helper of a credential test, which does not apply the credential. */
async function request(
	{ helpers }: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
): Promise<RawListResponse> {
	const { baseURL, qs, headers, service } = accessFor(credentials);
	const { path, test } = service.modelList;
	return (await helpers.request({
		method: 'GET',
		uri: `${baseURL}${test ?? path}`,
		qs,
		headers: { Accept: 'application/json', ...headers },
		timeout: LIST_TIMEOUT_MS,
		useStream: true,
		simple: false,
		resolveWithFullResponse: true,
		// The key must not reach any other server, whatever this one responds.
		followRedirect: false,
	})) as RawListResponse;
}
