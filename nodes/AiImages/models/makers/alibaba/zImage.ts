import type { ModelRow } from '../../types';
import { ALIBABA, between, SEED } from './common';

const API = 'https://help.aliyun.com/zh/model-studio/z-image-api-reference';
/** Prices, with and without rewriting. */
const MODEL = 'https://www.alibabacloud.com/help/zh/model-studio/z-image-turbo';
/** The client of Alibaba Cloud's Model Studio that n8n ships: sizes. */
const N8N =
	'https://www.npmjs.com/package/@n8n/n8n-nodes-langchain/v/2.41.1 (vendors/AlibabaCloud)';

/** Alibaba's small, fast models. */
export const Z_IMAGE_MODELS = {
	'z-image-turbo': {
		...ALIBABA,
		displayName: 'Z-Image Turbo',
		family: 'z-image',
		summary: 'Fast and cheap; photos, and text in English and Chinese',
		operations: ['generate'],
		parameters: {
			prompt: { kind: 'text', required: true },
			n: { kind: 'integer', min: 1, max: 10, default: 1 },
			size: {
				kind: 'size',
				values: ['1024x1536', '1024x1024', '1536x1024', '720x1280', '1280x720'],
				default: '1024x1536',
				// No ratio is published; this is the one of Qwen Image.
				rule: between(512, 2048, 8),
			},
			seed: SEED,
			// It doubles the price, so the field is always on screen.
			promptUpsampling: { kind: 'boolean', default: false, place: 'main' },
		},
		imagePrices: { by: ['promptUpsampling'], perImage: { false: 0.015, true: 0.03 } },
		sources: [API, MODEL, N8N],
	},
} as const satisfies Record<string, ModelRow>;
