import { sentDefault, type Wish, type Witness } from '../witness';

const PROMPT = 'A lighthouse in a storm';
const GUIDE = 'https://ai.google.dev/gemini-api/docs/image-generation';

const LATEST = 'gemini-nano-banana-2.1';

type Values = Readonly<Record<string, string | number | boolean>>;

/** A wish for a model; *Options* of the node are apart from its other fields. */
function wish(
	name: string,
	{
		model = LATEST,
		inputs,
		fields = {},
		options = {},
	}: { model?: string; inputs?: number; fields?: Values; options?: Values } = {},
): Wish {
	return {
		name,
		operation: inputs === undefined ? 'generate' : 'edit',
		model,
		prompt: PROMPT,
		...(inputs === undefined ? {} : { inputs }),
		parameters: { ...fields, ...options },
		node: { family: 'gemini', model, ...fields, options: { ...options } },
	};
}

const WISHES: readonly Wish[] = [
	wish('one image'),
	wish('three images', { fields: { n: 3 } }),
	wish('a ratio', { fields: { aspectRatio: '16:9' } }),
	wish('a banner', { fields: { aspectRatio: '8:1' } }),
	wish('a resolution', { fields: { resolution: '4K' } }),
	wish('a small image', { model: 'gemini-3.1-flash-image', fields: { resolution: '512' } }),
	wish('a seed', { options: { seed: 7 } }),
	wish('two images with a seed', { fields: { n: 2 }, options: { seed: 7 } }),
	wish('little thinking', { options: { thinkingLevel: 'minimal' } }),
	wish('much thinking', { options: { thinkingLevel: 'high' } }),
	wish('the pro model', { model: 'gemini-3-pro-image', fields: { resolution: '2K' } }),
	wish('the lite model', { model: 'gemini-3.1-flash-lite-image', fields: { aspectRatio: '4:5' } }),
	wish('the first model', { model: 'gemini-2.5-flash-image', fields: { aspectRatio: '21:9' } }),
	wish('an edit', { inputs: 1 }),
	wish('an edit of three images', { inputs: 3 }),
	wish('an edit with a ratio', {
		model: 'gemini-3-pro-image',
		inputs: 2,
		fields: { aspectRatio: '3:2' },
	}),
	wish('two results of an edit', { inputs: 1, fields: { n: 2 } }),
	wish('an edit with everything', {
		inputs: 3,
		fields: { aspectRatio: '1:4', resolution: '2K' },
		options: { seed: 3, thinkingLevel: 'medium' },
	}),
];

const DEFAULT_SIZE = sentDefault('generationConfig.imageConfig.imageSize', '1K', GUIDE);

/** Google's own client. */
export const google: Witness = {
	service: 'google',
	profile: 'google',
	client: 'google-genai',
	package: '@google/genai',
	exempt: [DEFAULT_SIZE],
	wishes: WISHES,
};

/** Vercel's client. */
export const googleAiSdk: Witness = {
	...google,
	client: 'ai-sdk-google',
	package: '@ai-sdk/google',
	exempt: [
		DEFAULT_SIZE,
		{
			field: 'generationConfig.thinkingConfig.thinkingLevel',
			because:
				'The client spells it in lower case, @google/genai in upper case: the API takes both',
			source: 'https://ai.google.dev/gemini-api/docs/thinking',
		},
	],
};
