import type { ModelRow } from '../types';

const GENERATE = 'https://developer.ideogram.ai/api-reference/api-reference/generate-v3';
const REMIX = 'https://developer.ideogram.ai/v1/api-reference/edit-images/remix-v3.md';
const INPAINT = 'https://developer.ideogram.ai/v1/api-reference/edit-images/inpaint-v3.md';
/** Sizes of images and masks. */
const MASKS = 'https://developer.ideogram.ai/ideogram-api/masked-edits';
const PRICES = 'https://ideogram.ai/features/api-pricing';
/** The same prices, with those of FLASH. */
const PRICES_BY_SPEED = 'https://developer.puter.com/tutorials/ideogram-api-pricing/';

const MAX_FILE_BYTES = 25 * 2 ** 20;

/** Ideogram's models by their part of the path on its API. */
export const IDEOGRAM_MODELS = {
	'ideogram-v3': {
		displayName: 'Ideogram 3.0',
		aliases: ['ideogram-3', 'ideogram-3.0', 'ideogram-v3.0'],
		maker: 'ideogram',
		family: 'ideogram',
		summary: 'Text and design',
		shutdown: null,
		needsVerification: false,
		operations: ['generate', 'edit'],
		parameters: {
			prompt: { kind: 'text', required: true },
			// Eight in a request (GENERATE).
			n: { kind: 'integer', min: 1, max: 10, default: 1 },
			aspectRatio: {
				kind: 'choice',
				values: [
					...['auto', '1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9'],
					...['10:16', '16:10', '1:2', '2:1', '1:3', '3:1'],
				],
				default: 'auto',
				unset: 'auto',
				// INPAINT has neither ratios nor a negative prompt.
				notWithMask: true,
			},
			renderingSpeed: {
				kind: 'choice',
				values: ['FLASH', 'TURBO', 'DEFAULT', 'QUALITY'],
				default: 'DEFAULT',
			},
			seed: { kind: 'integer', min: 0, max: 2_147_483_647 },
			negativePrompt: { kind: 'text', notWithMask: true },
			magicPrompt: { kind: 'choice', values: ['AUTO', 'ON', 'OFF'] },
			styleType: {
				kind: 'choice',
				values: ['AUTO', 'GENERAL', 'REALISTIC', 'DESIGN', 'FICTION'],
			},
		},
		exclusions: [],
		inputImages: { maxCount: 1, maxBytes: MAX_FILE_BYTES, formats: ['png', 'jpeg', 'webp'] },
		mask: { maxBytes: MAX_FILE_BYTES },
		markup: null,
		prices: null,
		imagePrices: {
			by: ['renderingSpeed'],
			perImage: { FLASH: 0.03, TURBO: 0.03, DEFAULT: 0.06, QUALITY: 0.09 },
		},
		outputTokens: null,
		sources: [GENERATE, REMIX, INPAINT, MASKS, PRICES, PRICES_BY_SPEED],
	},
} as const satisfies Record<string, ModelRow>;
