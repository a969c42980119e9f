import { sampleN8n } from '../n8n/sample.ts';
import type { Row } from '../rows.ts';
import { BASE64_INPUT } from './types.ts';
import type { Contestant, Node } from './types.ts';

/**
 * n8n's Edit Fields node, which evaluates one expression per item, as all do for the prompt, and
 * gives each item as much json as AI Images does, but makes no image: what n8n itself takes.
 */
export const nothing: Contestant = {
	id: 'nothing',
	title: 'n8n alone',
	cannot: () => null,
	sample: (bench, row) => sampleN8n(bench, row, nodes, 0),
};

function nodes({ inputsAs }: Row): Node[] {
	const text = inputsAs === 'base64' ? `, text: ${BASE64_INPUT}.length` : '';
	return [
		{
			name: 'Edit Fields',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: `={{ JSON.stringify({ ...${JSON.stringify(ITEM)}, ...$json${text} }) }}`,
				options: {},
			},
		},
	];
}

/** An item of AI Images. */
const ITEM = {
	model: 'gpt-image-1',
	prompt: 'A cat with 1 hats',
	fileName: 'a-cat-with-1-hats-1-1.png',
	mimeType: 'image/png',
	fileSize: 2000,
	width: 64,
	height: 64,
	costUsd: 0.166425,
	warnings: [],
};
