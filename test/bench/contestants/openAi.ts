import { sampleN8n } from '../n8n/sample.ts';
import type { Row } from '../rows.ts';
import { downloadNode } from './httpRequest.ts';
import { modelOf, PROMPT } from './types.ts';
import type { Api, Contestant, Node } from './types.ts';

/** n8n's own OpenAI node, which works on one item after the other. */
export const openAi: Contestant = {
	id: 'openai',
	title: 'OpenAI node',
	cannot: ({ partials }) => (partials === undefined ? null : 'does not support streaming'),
	sample: (bench, row) => sampleN8n(bench, row, nodes),
};

function nodes(row: Row, { credentials }: Api): Node[] {
	const edit = row.operation === 'edit';
	return [
		{
			name: 'OpenAI',
			type: '@n8n/n8n-nodes-langchain.openAi',
			typeVersion: 2.3,
			credentials: { openAiApi: credentials.openAiApi },
			parameters: {
				resource: 'image',
				operation: row.operation,
				modelId: { __rl: true, mode: 'id', value: modelOf(row) },
				prompt: PROMPT,
				...(edit ? { images: { values: [{ binaryPropertyName: 'data' }] } } : {}),
				options: {
					...(row.n > 1 ? { n: row.n } : {}),
					...(row.asUrl ? { returnImageUrls: true } : {}),
				},
			},
		},
		// The node leaves links as they are.
		...(row.asUrl ? [downloadNode('={{ $json.url }}')] : []),
	];
}
