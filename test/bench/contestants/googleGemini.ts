import { sampleN8n } from '../n8n/sample.ts';
import type { Row } from '../rows.ts';
import { modelOf, PROMPT } from './types.ts';
import type { Api, Contestant, Node } from './types.ts';

/**
 * n8n's own Google Gemini node, which works on one item after the other, and uploads the images of
 * an edit before it refers to them.
 */
export const googleGemini: Contestant = {
	id: 'gemini',
	title: 'Google Gemini node',
	cannot: () => null,
	sample: (bench, row) => sampleN8n(bench, row, nodes),
};

function nodes(row: Row, { credentials }: Api): Node[] {
	const { operation, inputs = 1 } = row;
	const values = Array.from({ length: inputs }, () => ({ binaryPropertyName: 'data' }));
	return [
		{
			name: 'Google Gemini',
			type: '@n8n/n8n-nodes-langchain.googleGemini',
			typeVersion: 1.2,
			credentials: { googlePalmApi: credentials.googlePalmApi },
			parameters: {
				resource: 'image',
				operation,
				// Its default, gemini-3.1-flash-image-preview, is no longer served by Google.
				modelId: { __rl: true, mode: 'id', value: `models/${modelOf(row)}` },
				prompt: PROMPT,
				...(operation === 'edit' ? { images: { values } } : {}),
				options: {},
			},
		},
	];
}
