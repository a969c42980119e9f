import type { ModelRow } from '../../types';
import { ALIBABA, INPUT_IMAGES, PRICING, REWRITTEN, SEED, WATERMARK } from './common';

/** The client of Alibaba Cloud's Model Studio that n8n ships. */
const N8N =
	'https://www.npmjs.com/package/@n8n/n8n-nodes-langchain/v/2.41.1 (vendors/AlibabaCloud)';
/** The same models at SiliconFlow: sizes, steps, guidance, an input image of the edit model. */
const SILICON_FLOW = 'https://docs.siliconflow.com/cn/api-reference/images/images-generations';
const TOGETHER = 'https://docs.together.ai/docs/inference/images/parameters';
/** Alibaba's own API. */
const API = 'https://help.aliyun.com/zh/model-studio/qwen-image-api';
const EDIT_API = 'https://help.aliyun.com/zh/model-studio/qwen-image-edit-api';

/** What both models take (TOGETHER, SILICON_FLOW). */
const PARAMETERS = {
	prompt: { kind: 'text', required: true },
	n: { kind: 'integer', min: 1, max: 10, default: 1 },
	seed: SEED,
	negativePrompt: { kind: 'text' },
	steps: { kind: 'integer', min: 1, max: 100 },
	guidance: { kind: 'number', min: 0, max: 20 },
	// API, EDIT_API.
	watermark: WATERMARK,
} as const satisfies ModelRow['parameters'];

const QWEN_IMAGE = {
	...ALIBABA,
	family: 'qwen-image',
	sources: [N8N, SILICON_FLOW, TOGETHER, API],
} as const satisfies Partial<ModelRow>;

/** Alibaba's image models with open weights, which other services serve, too. */
export const OPEN_WEIGHT_MODELS = {
	'qwen-image': {
		displayName: 'Qwen Image',
		summary: 'Open weights; text in images, also Chinese',
		...QWEN_IMAGE,
		operations: ['generate'],
		parameters: {
			...PARAMETERS,
			promptUpsampling: REWRITTEN,
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
	},
	'qwen-image-edit': {
		displayName: 'Qwen Image Edit',
		summary: 'Open weights; edits up to three images, without a choice of size',
		...QWEN_IMAGE,
		operations: ['edit'],
		parameters: PARAMETERS,
		inputImages: INPUT_IMAGES,
		imagePrices: { by: [], perImage: { '': 0.045 } },
		sources: [SILICON_FLOW, TOGETHER, EDIT_API, PRICING],
	},
} as const satisfies Record<string, ModelRow>;
