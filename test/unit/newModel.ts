import { MODELS, type ModelRow } from '../../nodes/AiImages/models';

/** A model that does not exist, with something of every kind that a row can say. */
export const EXAMPLE_MODEL: ModelRow = {
	displayName: 'Example 1',
	maker: 'openai',
	family: 'gpt-image',
	summary: 'An example',
	needsVerification: false,
	shutdown: null,
	operations: ['generate', 'edit'],
	parameters: {
		prompt: { kind: 'text', required: true, maxLength: 77 },
		n: { kind: 'integer', min: 1, max: 3, default: 2, notWith: { outputFormat: ['gif'] } },
		size: {
			kind: 'size',
			values: ['64x64', '128x64'],
			default: '128x64',
			rule: { multipleOf: 8, minPixels: 64, maxPixels: 9999, maxEdge: 200, maxRatio: 2 },
		},
		quality: { kind: 'choice', values: ['draft', 'final'], default: 'final' },
		outputFormat: [
			{
				kind: 'choice',
				values: ['png', 'webp', 'gif'],
				default: 'png',
				operations: ['generate'],
			},
			{ kind: 'choice', values: ['png', 'webp'], default: 'png', operations: ['edit'] },
		],
		outputCompression: {
			kind: 'integer',
			min: 10,
			max: 90,
			default: 50,
			onlyWith: { outputFormat: ['webp'] },
		},
		frameCount: {
			kind: 'integer',
			min: 3,
			max: 5,
			default: 4,
			operations: ['generate'],
			onlyWith: { outputFormat: ['gif'] },
		},
		style: { kind: 'text', operations: ['generate'], requires: 'user' },
		inputFidelity: { kind: 'choice', values: ['a', 'b'], default: 'a', operations: ['edit'] },
		moderation: {
			kind: 'choice',
			values: ['on', 'off'],
			operations: ['generate'],
			onlyWith: { watermark: [true], outputFormat: ['png'] },
		},
		user: { kind: 'text' },
		watermark: { kind: 'boolean', default: false },
	},
	exclusions: [
		{
			parameter: 'quality',
			value: 'final',
			with: { parameter: 'outputFormat', values: ['gif'] },
			because: 'it moves',
		},
	],
	inputImages: { maxCount: 2, maxBytes: 1000, formats: ['png'] },
	mask: { maxBytes: 500, notWith: { outputFormat: ['webp'] } },
	markup: null,
	prices: { textInput: 1, imageInput: 2, imageOutput: 3, textOutput: null },
	outputTokens: null,
	sources: ['https://example.com/example-1'],
};

/** The table with the model in it. */
export const TABLE: Readonly<Record<string, ModelRow>> = { ...MODELS, 'example-1': EXAMPLE_MODEL };
