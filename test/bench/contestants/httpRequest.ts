import { sampleN8n } from '../n8n/sample.ts';
import { splitNode } from '../n8n/flow.ts';
import type { Row } from '../rows.ts';
import { BASE64_INPUT, modelOf, PROMPT } from './types.ts';
import type { Api, Contestant, Node } from './types.ts';

/**
 * n8n's HTTP Request node, which by default sends the requests of all items at once, and Convert to
 * File, which makes a file of the base64 text in an item.
 */
export const httpRequest: Contestant = {
	id: 'http',
	title: 'HTTP Request node',
	cannot: ({ partials }) =>
		partials === undefined
			? null
			: 'reads an event stream as one text; extracting images needs code',
	sample: (bench, row) => sampleN8n(bench, row, nodes),
};

function nodes(row: Row, api: Api): Node[] {
	const several = row.n > 1;
	const entry = several ? '' : 'data[0].';
	return [
		...(row.inputsAs === 'json' ? [EXTRACT] : []),
		{
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.5,
			credentials: { openAiApi: api.credentials.openAiApi },
			parameters: {
				method: 'POST',
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'openAiApi',
				sendBody: true,
				options: {},
				...(row.operation === 'edit' ? editCall(row, api) : generationCall(row, api)),
			},
		},
		...(several ? [splitNode('Images', 'data')] : []),
		row.asUrl ? downloadNode(`={{ $json.${entry}url }}`) : convertNode(`${entry}b64_json`),
	];
}

function generationCall(row: Row, { baseUrl }: Api): object {
	const { n } = row;
	const body = { model: modelOf(row), n, ...(n > 1 ? { response_format: 'b64_json' } : {}) };
	return {
		url: `${baseUrl}/images/generations`,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify({ ...${JSON.stringify(body)}, prompt: $json.prompt }) }}`,
	};
}

function editCall(row: Row, { baseUrl }: Api): object {
	if (row.inputsAs) return jsonEditCall(row, baseUrl);
	return {
		url: `${baseUrl}/images/edits`,
		contentType: 'multipart-form-data',
		bodyParameters: {
			parameters: [
				{ parameterType: 'formBinaryData', name: 'image', inputDataFieldName: 'data' },
				{ parameterType: 'formData', name: 'model', value: modelOf(row) },
				{ parameterType: 'formData', name: 'prompt', value: PROMPT },
			],
		},
	};
}

/** Base64 text can only be sent in JSON. */
function jsonEditCall(row: Row, baseUrl: string): object {
	const base64 = row.inputsAs === 'base64' ? BASE64_INPUT : '$json.data';
	const image = `{ image_url: 'data:image/png;base64,' + ${base64} }`;
	const images = Array.from({ length: row.inputs ?? 1 }, () => image).join(', ');
	const fields = `model: '${modelOf(row)}', prompt: 'A cat with a hat', images: [${images}]`;
	return {
		url: `${baseUrl}/images/edits`,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify({ ${fields} }) }}`,
	};
}

/** Makes base64 text of the file of an item. */
const EXTRACT: Node = {
	name: 'Extract from File',
	type: 'n8n-nodes-base.extractFromFile',
	typeVersion: 1.1,
	parameters: { operation: 'binaryToPropery', options: {} },
};

function convertNode(sourceProperty: string): Node {
	return {
		name: 'Convert to File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: { operation: 'toBinary', sourceProperty, options: { mimeType: 'image/png' } },
	};
}

/** Fetches a file from a link. */
export function downloadNode(url: string): Node {
	return {
		name: 'Download',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: { url, options: { response: { response: { responseFormat: 'file' } } } },
	};
}
