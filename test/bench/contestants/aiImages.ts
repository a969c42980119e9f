import { sampleN8n } from '../n8n/sample.ts';
import type { Row } from '../rows.ts';
import { modelOf, PROMPT } from './types.ts';
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
				model: modelOf(row),
				prompt: PROMPT,
				n,
				...(operation === 'edit'
					? { inputImages: { image: [{ source: 'binary', binaryField: 'data' }] } }
					: {}),
				options: {
					...(parallel === null ? {} : { parallelRequests: parallel }),
					...(partials === undefined ? {} : { stream: true, partialImages: partials }),
				},
			},
		},
	];
}
