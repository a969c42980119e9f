import type { ModelRow } from '../types';

/** The client of Alibaba Cloud's Model Studio that n8n ships. */
const N8N =
	'https://www.npmjs.com/package/@n8n/n8n-nodes-langchain/v/2.41.1 (vendors/AlibabaCloud)';
/** The same models at SiliconFlow: sizes, steps, guidance, an input image of the edit model. */
const SILICON_FLOW = 'https://docs.siliconflow.com/cn/api-reference/images/images-generations';
const TOGETHER = 'https://docs.together.ai/docs/inference/images/parameters';
/** Alibaba's documentation of its older image models. */
const LEGACY = 'https://www.alibabacloud.com/help/en/model-studio/legacy-qwen-image-models/';

/** What both models take (TOGETHER, SILICON_FLOW). */
const PARAMETERS = {
	prompt: { kind: 'text', required: true },
	n: { kind: 'integer', min: 1, max: 10, default: 1 },
	// LEGACY.
	seed: { kind: 'integer', min: 0, max: 2_147_483_647 },
	negativePrompt: { kind: 'text' },
	steps: { kind: 'integer', min: 1, max: 100 },
	guidance: { kind: 'number', min: 0, max: 20 },
} as const satisfies ModelRow['parameters'];

const QWEN_IMAGE = {
	maker: 'alibaba',
	family: 'qwen-image',
	shutdown: null,
	needsVerification: false,
	exclusions: [],
	mask: null,
	markup: null,
	prices: null,
	outputTokens: null,
	sources: [N8N, SILICON_FLOW, TOGETHER, LEGACY],
} as const satisfies Partial<ModelRow>;

/** Alibaba's image models with open weights, as services other than Alibaba's name them. */
export const ALIBABA_MODELS = {
	'qwen-image': {
		displayName: 'Qwen Image',
		summary: 'Open weights; text in images, also Chinese',
		...QWEN_IMAGE,
		operations: ['generate'],
		parameters: {
			...PARAMETERS,
			size: {
				kind: 'size',
				// N8N and SILICON_FLOW; they differ in 4:3. The last one is the default of TOGETHER.
				values: [
					...['1328x1328', '1664x928', '928x1664', '1584x1056', '1056x1584'],
					...['1472x1104', '1104x1472', '1472x1140', '1140x1472', '1024x1024'],
				],
				default: '1328x1328',
			},
		},
		inputImages: null,
	},
	'qwen-image-edit': {
		displayName: 'Qwen Image Edit',
		summary: 'Open weights; edits one image and keeps its size',
		...QWEN_IMAGE,
		operations: ['edit'],
		parameters: PARAMETERS,
		// LEGACY.
		inputImages: { maxCount: 1, maxBytes: 10_000_000, formats: ['png', 'jpeg', 'webp'] },
	},
} as const satisfies Record<string, ModelRow>;
