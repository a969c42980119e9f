import { sampleN8n } from '../n8n/sample.ts';
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

function nodes(): Node[] {
	return [
		{
			name: 'Edit Fields',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: `={{ JSON.stringify({ ...${JSON.stringify(ITEM)}, ...$json }) }}`,
				options: {},
			},
		},
	];
}

/** An item of AI Images. */
const ITEM = {
	model: 'gpt-image-1',
	operation: 'generate',
	index: 0,
	created: 1_700_000_000,
	fileName: 'a-cat-with-1-hats-1-1.png',
	mimeType: 'image/png',
	fileSize: 2000,
	width: 64,
	height: 64,
	size: '64x64',
	quality: 'high',
	background: 'opaque',
	outputFormat: 'png',
	usage: {
		input_tokens: 5,
		input_tokens_details: { text_tokens: 5, image_tokens: 0 },
		output_tokens: 4160,
		output_tokens_details: { image_tokens: 4160, text_tokens: 0 },
		total_tokens: 4165,
	},
	cost: 0.166425,
	requestId: 'req_0123456789abcdef0123456789abcdef',
	attempts: 1,
	durationMs: 12,
	warnings: [],
};
