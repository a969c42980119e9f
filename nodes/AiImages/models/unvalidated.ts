import type { ModelRow } from './types';

/**
 * The row of every model that the table does not know. It takes all parameters, most of them as
 * free text, checks nothing but their types, and sends nothing that is left empty.
 */
export const UNVALIDATED_MODEL: ModelRow = {
	displayName: 'Unknown Model',
	shutdown: null,
	operations: ['generate', 'edit'],
	parameters: {
		prompt: { kind: 'text', required: true },
		n: { kind: 'integer' },
		size: { kind: 'text' },
		quality: { kind: 'text' },
		background: { kind: 'text' },
		outputFormat: { kind: 'text' },
		outputCompression: { kind: 'integer', onlyWith: { outputFormat: ['jpeg', 'webp'] } },
		frameCount: { kind: 'integer', onlyWith: { outputFormat: ['gif'] } },
		frameDurationMs: { kind: 'integer', onlyWith: { outputFormat: ['gif'] } },
		svgModel: { kind: 'text', onlyWith: { outputFormat: ['svg'] } },
		svgReasoningEffort: { kind: 'text', onlyWith: { outputFormat: ['svg'] } },
		complexity: { kind: 'text' },
		style: { kind: 'text', operations: ['generate'] },
		stream: { kind: 'boolean', default: true },
		partialImages: { kind: 'integer', onlyWith: { stream: [true] } },
		inputFidelity: { kind: 'text', operations: ['edit'] },
		moderation: { kind: 'text' },
		responseFormat: { kind: 'text' },
		safetyIdentifier: { kind: 'text' },
		user: { kind: 'text' },
		watermark: { kind: 'boolean', default: false },
	},
	exclusions: [],
	inputImages: null,
	mask: 'unvalidated',
	markup: 'unvalidated',
	prices: null,
	outputTokens: null,
	sources: [],
};
