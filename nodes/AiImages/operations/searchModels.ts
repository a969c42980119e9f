import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { IMAGE_WORDS, resolveModel } from '../models';
import { asRecord, asText } from '../response/json';
import { CREDENTIAL } from '../transport/credential';

/** The models of the server, those that make images first, for the *Model ID* field. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const { statusCode, body } = (await this.helpers.httpRequestWithAuthentication.call(
		this,
		CREDENTIAL,
		{
			method: 'GET',
			url: '/models',
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		},
	)) as { statusCode: number; body: unknown };
	if (statusCode !== 200) {
		throw new NodeOperationError(
			this.getNode(),
			`The server gives no list of its models (status ${statusCode}). Enter the ID of the model instead`,
		);
	}
	const { data } = asRecord(body);
	const ids = (Array.isArray(data) ? data : [])
		.map((model) => asText(asRecord(model).id) ?? '')
		.filter((id) => id.toLowerCase().includes(filter.toLowerCase()) && id !== '');
	const rank = (id: string) => (resolveModel(id).knownAs ? 0 : IMAGE_WORDS.test(id) ? 1 : 2);
	const sorted = ids.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
	return { results: sorted.map((id) => ({ name: id, value: id })) };
}
