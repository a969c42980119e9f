/**
 * OpenAI's official client. Its types are generated from OpenAI's own API specification, and
 * their doc comments are the most recent public description of the API.
 */
export const SDK = 'https://www.npmjs.com/package/openai/v/7.57.0 (resources/images.d.ts)';

/** The last version of the client that documents DALL·E and GPT Image 1. */
export const SDK_WITH_DALLE =
	'https://www.npmjs.com/package/openai/v/6.49.0 (resources/images.d.ts)';

export const GUIDE = 'https://developers.openai.com/api/docs/guides/image-generation';

/** The Korean edition of the guide, which describes GPT Image 2.6 in full. */
export const GUIDE_26 = 'https://developers.openai.com/ko-KR/api/docs/guides/image-generation';

export const EDIT_REFERENCE =
	'https://developers.openai.com/api/reference/resources/images/methods/edit.md';

export const DEPRECATIONS = 'https://developers.openai.com/api/docs/deprecations';

export const MODEL_26 =
	'https://developers.openai.com/de-DE/api/docs/models/gpt-image-2.6-sunburst';
export const MODEL_1_MINI = 'https://developers.openai.com/de-DE/api/docs/models/gpt-image-1-mini';
export const MODEL_1 = 'https://developers.openai.com/ja-JP/api/docs/models/gpt-image-1';

/** Sizes and qualities of GPT Image 2.6, which OpenAI's own pages do not list. */
export const COMFY_26 = 'https://docs.comfy.org/es/built-in-nodes/OpenAIGPTImageNodeV3';

export const PRICES_15 = 'https://www.aifreeapi.com/en/posts/gpt-image-1-5-pricing';

/** The source code of a gateway that serves other models under the DALL·E IDs. */
export const NEW_API =
	'https://github.com/QuantumNous/new-api/blob/main/dto/openai_image.go (ImageRequest)';
