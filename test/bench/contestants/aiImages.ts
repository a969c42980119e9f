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

const FAMILIES: Readonly<Record<string, string>> = {
	'dall-e-2': 'dall-e',
	'gpt-image-1': 'gpt-image',
	'gemini-3-pro-image': 'gemini',
	'grok-imagine-image-2.0': 'grok-imagine',
};

/** The file that an item contains. */
const BINARY_INPUT = { source: 'binary', binaryField: 'data' };

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
				family: FAMILIES[modelOf(row)],
				model: modelOf(row),
				prompt: PROMPT,
				n,
				...(operation === 'edit' ? { inputImages: { image: inputsOf(row) } } : {}),
				options: {
					...(parallel === null ? {} : { parallelRequests: parallel }),
					...(row.maskEdge ? { mask: { image: BINARY_INPUT } } : {}),
					...(row.inputsAs === 'json' ? { imagesAsJson: true } : {}),
					...(partials === undefined ? {} : { stream: true, partialImages: partials }),
				},
			},
		},
	];
}

function inputsOf({ inputs = 1, inputsAs }: Row): object[] {
	const input =
		inputsAs === 'base64' ? { source: 'base64', base64: `={{ ${BASE64_INPUT} }}` } : BINARY_INPUT;
	return Array.from({ length: inputs }, () => input);
}
