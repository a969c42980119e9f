/** What a model of Google's takes; the pixels of 1K by aspect ratio. */
export interface GoogleModel {
	readonly ratios: Readonly<Record<string, readonly [number, number]>>;
	/** How much longer each edge is than that of 1K; empty = `imageSize` is refused. */
	readonly sizes: Readonly<Record<string, number>>;
	readonly thinking: readonly string[];
	readonly displayName: string;
}

/** https://ai.google.dev/gemini-api/docs/image-generation ("Aspect ratios and image size"). */
const standard = {
	'1:1': [1024, 1024],
	'2:3': [848, 1264],
	'3:2': [1264, 848],
	'3:4': [896, 1200],
	'4:3': [1200, 896],
	'4:5': [928, 1152],
	'5:4': [1152, 928],
	'9:16': [768, 1376],
	'16:9': [1376, 768],
	'21:9': [1584, 672],
} as const;

/** Measured, because the documents differ: https://github.com/BerriAI/litellm/discussions/44983 */
const banners = {
	'1:4': [512, 2064],
	'4:1': [2064, 512],
	'1:8': [352, 2928],
	'8:1': [2928, 352],
} as const;

/** The first generation (same page). */
const first = {
	'1:1': [1024, 1024],
	'2:3': [832, 1248],
	'3:2': [1248, 832],
	'3:4': [864, 1184],
	'4:3': [1184, 864],
	'4:5': [896, 1152],
	'5:4': [1152, 896],
	'9:16': [768, 1344],
	'16:9': [1344, 768],
	'21:9': [1536, 672],
} as const;

const upTo4K = { '1K': 1, '2K': 2, '4K': 4 };

/** The models that are served; `-preview` ids and Imagen are gone (DEPRECATIONS in google.ts). */
export const googleModels: Readonly<Record<string, GoogleModel>> = {
	'gemini-nano-banana-2.1': {
		displayName: 'Nano Banana 2.1',
		ratios: { ...standard, ...banners },
		sizes: upTo4K,
		thinking: ['MINIMAL', 'MEDIUM', 'HIGH'],
	},
	'gemini-3-pro-image': {
		displayName: 'Nano Banana Pro',
		ratios: standard,
		sizes: upTo4K,
		thinking: [],
	},
	'gemini-3.1-flash-image': {
		displayName: 'Nano Banana 2',
		ratios: { ...standard, ...banners },
		sizes: { '512': 0.5, ...upTo4K },
		thinking: ['MINIMAL', 'HIGH'],
	},
	'gemini-3.1-flash-lite-image': {
		displayName: 'Nano Banana 2 Lite',
		ratios: standard,
		sizes: { '1K': 1 },
		thinking: ['MINIMAL', 'HIGH'],
	},
	'gemini-2.5-flash-image': {
		displayName: 'Nano Banana',
		ratios: first,
		sizes: {},
		thinking: [],
	},
};
