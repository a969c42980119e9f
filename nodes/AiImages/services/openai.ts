import { ACCOUNT_HEADERS, IMAGES_API, SDK } from './imagesApi';
import type { Service } from './types';

/** OpenAI itself. */
export const OPENAI = {
	...IMAGES_API,
	displayName: 'OpenAI',
	sentenceName: 'OpenAI',
	sources: [SDK, 'https://developers.openai.com/api/reference/resources/images'],
	keyPage: 'https://platform.openai.com/api-keys',
	recognizedBy: /^api\.openai\.com\//,
	baseUrl: 'https://api.openai.com/v1',
	accountHeaders: ACCOUNT_HEADERS,
	maker: 'openai',
	models: {},
} as const satisfies Service;
