import { sampleN8n } from '../n8n/sample.ts';
import type { Row } from '../rows.ts';
import { BASE64_INPUT, modelOf, PROMPT } from './types.ts';
import type { Api, Contestant, Node } from './types.ts';

/** This package's node, with Parallel Requests as the row asks. */
export const aiImages: Contestant = {
	id: 'ours',
	title: 'AI Images',
	cannot: () => null,
	sample: (bench, row) => sampleN8n(bench, row, nodes),
};

function nodes(row: Row, { credentials }: Api): Node[] {
	const { operation, n, parallel, partials } = row;
	return [
		{
			name: 'AI Images',
			type: 'n8n-nodes-ai-images.aiImages',
			typeVersion: 1,
			credentials: { aiImagesApi: credentials.aiImagesApi },
			parameters: {
				operation,
				family: modelOf(row) === 'dall-e-2' ? 'dall-e' : 'gpt-image',
				model: modelOf(row),
				prompt: PROMPT,
				n,
				...(operation === 'edit' ? { inputImages: { image: inputsOf(row) } } : {}),
				options: {
					...(parallel === null ? {} : { parallelRequests: parallel }),
					...(row.inputsAs === 'json' ? { imagesAsJson: true } : {}),
					...(partials === undefined ? {} : { stream: true, partialImages: partials }),
				},
			},
		},
	];
}

function inputsOf({ inputs = 1, inputsAs }: Row): object[] {
	const input =
		inputsAs === 'base64'
			? { source: 'base64', base64: `={{ ${BASE64_INPUT} }}` }
			: { source: 'binary', binaryField: 'data' };
	return Array.from({ length: inputs }, () => input);
}
