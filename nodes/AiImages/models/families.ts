/** A group of models that the editor lists together. */
export interface ModelFamily {
	readonly displayName: string;
	/** The second line of its entry in the editor. */
	readonly summary: string;
	/** null: the family has no list, and the user enters an ID. */
	readonly defaultModel: string | null;
}

/** The families in the order of *Model Family*. */
export const FAMILIES = {
	'gpt-image': {
		displayName: 'GPT Image',
		summary: "OpenAI's image models",
		defaultModel: 'gpt-image-2.5-flare',
	},
	gemini: {
		displayName: 'Gemini',
		summary: "Google's image models, also called Nano Banana",
		defaultModel: 'gemini-nano-banana-2.1',
	},
	flux: {
		displayName: 'FLUX',
		summary: 'Image models of Black Forest Labs',
		defaultModel: 'flux-2-pro',
	},
	seedream: {
		displayName: 'Seedream',
		summary: "ByteDance's image models",
		defaultModel: 'seedream-4.5',
	},
	'qwen-image': {
		displayName: 'Qwen Image',
		summary: "Alibaba's image models, strong at text in images",
		defaultModel: 'qwen-image-3.0',
	},
	wan: {
		displayName: 'Wan',
		summary: "Alibaba's image models, strong at photos and styles",
		defaultModel: 'wan2.7-image',
	},
	'z-image': {
		displayName: 'Z-Image',
		summary: "Alibaba's small and fast image models",
		defaultModel: 'z-image-turbo',
	},
	'grok-imagine': {
		displayName: 'Grok Imagine',
		summary: "xAI's image models",
		defaultModel: 'grok-imagine-image-2.0',
	},
	ideogram: {
		displayName: 'Ideogram',
		summary: "Ideogram's image models",
		defaultModel: 'ideogram-v3',
	},
	'stable-image': {
		displayName: 'Stable Image',
		summary: "Stability AI's models, with Stable Diffusion",
		defaultModel: 'stable-image-core',
	},
	'dall-e': {
		displayName: 'DALL·E',
		summary: 'Retired by OpenAI, still available from some providers',
		defaultModel: 'dall-e-3',
	},
	other: {
		displayName: 'Other',
		summary: 'Any other model, by its ID',
		defaultModel: null,
	},
} as const satisfies Readonly<Record<string, ModelFamily>>;

export type FamilyId = keyof typeof FAMILIES;

/** The family whose models have no row. */
export const OTHER_FAMILY = 'other' satisfies FamilyId;

/** The default of *Model Family*. */
export const DEFAULT_FAMILY = 'gpt-image' satisfies FamilyId;
