import { OTHER_FAMILY } from './families';
import type { ModelRow, ParameterSpec } from './types';

/**
 * The row of every model that the table does not know. It takes all parameters, most of them as
 * free text, checks nothing but their types, and sends nothing that is left empty.
 */
export const UNVALIDATED_MODEL: ModelRow = {
	displayName: 'Unknown Model',
	maker: null,
	family: OTHER_FAMILY,
	summary: '',
	shutdown: null,
	needsVerification: false,
	operations: ['generate', 'edit'],
	parameters: {
		prompt: { kind: 'text', required: true },
		n: { kind: 'integer' },
		size: { kind: 'text' },
		aspectRatio: { kind: 'text' },
		resolution: { kind: 'text' },
		renderingSpeed: { kind: 'text' },
		quality: { kind: 'text' },
		background: { kind: 'text' },
		outputFormat: { kind: 'text' },
		outputCompression: { kind: 'integer', onlyWith: { outputFormat: ['jpeg', 'webp'] } },
		frameCount: { kind: 'integer', onlyWith: { outputFormat: ['gif'] } },
		frameDurationMs: { kind: 'integer', onlyWith: { outputFormat: ['gif'] } },
		svgModel: { kind: 'text', onlyWith: { outputFormat: ['svg'] } },
		svgReasoningEffort: { kind: 'text', onlyWith: { outputFormat: ['svg'] } },
		seed: { kind: 'integer' },
		negativePrompt: { kind: 'text' },
		promptUpsampling: { kind: 'boolean', default: true },
		steps: { kind: 'integer' },
		guidance: { kind: 'number' },
		strength: { kind: 'number', operations: ['edit'] },
		magicPrompt: { kind: 'text' },
		thinkingLevel: { kind: 'text' },
		complexity: { kind: 'text' },
		style: { kind: 'text', operations: ['generate'] },
		styleType: { kind: 'text' },
		stylePreset: { kind: 'text' },
		stream: { kind: 'boolean', default: false },
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

/**
 * The row of a model with *Check Parameters* off: takes what the unvalidated row takes, and whatever
 * its conditions would not allow.
 */
export function uncheckedRow(row: ModelRow): ModelRow {
	const unchecked = UNCHECKED_ROWS.get(row) ?? { ...row, ...UNCHECKED };
	UNCHECKED_ROWS.set(row, unchecked);
	return unchecked;
}

/** Schemas are cached by row, so each has one. */
const UNCHECKED_ROWS = new WeakMap<ModelRow, ModelRow>();

const { operations, exclusions, inputImages, mask, markup } = UNVALIDATED_MODEL;

const UNCHECKED = {
	...{ operations, exclusions, inputImages, mask, markup },
	parameters: withoutConditions(UNVALIDATED_MODEL.parameters),
};

function withoutConditions(parameters: ModelRow['parameters']): ModelRow['parameters'] {
	const entries = Object.entries(parameters).map(([name, spec]) => {
		const { onlyWith, ...unconditional } = spec as ParameterSpec;
		return [name, unconditional];
	});
	return Object.fromEntries(entries) as ModelRow['parameters'];
}
