import type { ParameterInfo, Place } from './parameterInfo';
import type { ParameterName, ParameterSpec } from './types';

export type { ParameterInfo, Place };

/** Main fields appear in this order. */
export const PARAMETERS: Readonly<Record<ParameterName, ParameterInfo>> = {
	prompt: {
		displayName: 'Prompt',
		description: 'Text description of the image, or of the changes to make',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. A lighthouse in a storm, oil on canvas',
		rows: 4,
	},
	n: {
		displayName: 'Number of Images',
		description: 'Number of images to generate per input item. Each image is billed.',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. 2',
	},
	size: {
		displayName: 'Size',
		description: 'Width × height in pixels',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. 1536x1024',
	},
	aspectRatio: {
		displayName: 'Aspect Ratio',
		description: 'Width to height',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. 16:9',
	},
	resolution: {
		displayName: 'Resolution',
		description: 'Approximate resolution. 1K has about as many pixels as 1024 × 1024.',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. 2K',
	},
	renderingSpeed: {
		displayName: 'Rendering Speed',
		description: 'Slower speeds have better results and cost more',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. TURBO',
	},
	quality: {
		displayName: 'Quality',
		description: 'Higher quality takes longer and costs more',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. high',
	},
	background: {
		displayName: 'Background',
		description: 'Whether the background is opaque or transparent',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. transparent',
	},
	outputFormat: {
		displayName: 'Output Format',
		description: 'File format of the image',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. png',
	},
	outputCompression: {
		displayName: 'Output Compression',
		description:
			'Compression level from 0 to 100. Higher values mean better quality and larger files.',
		place: 'main',
		unsupported: 'warn',
		placeholder: 'e.g. 80',
	},
	frameCount: {
		displayName: 'Frame Count',
		description: 'Number of frames in the animation. Larger sizes allow fewer frames.',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. 9',
	},
	frameDurationMs: {
		displayName: 'Frame Duration',
		unit: 'Milliseconds',
		description: 'How long to show each frame. Rounded to the nearest 10 ms.',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. 200',
	},
	svgModel: {
		displayName: 'SVG Model',
		description:
			'Text model that writes the SVG. Required if your organization has SVG model selection enabled; otherwise leave empty.',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. gpt-5.6-terra',
	},
	svgReasoningEffort: {
		displayName: 'SVG Reasoning Effort',
		description: "How much the SVG model reasons. Billed at that model's rates.",
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. low',
	},
	strength: {
		displayName: 'Strength',
		description:
			'How far the result can differ from the input image, from 0 (not at all) to 1 (completely)',
		place: 'main',
		unsupported: 'refuse',
		placeholder: 'e.g. 0.5',
	},
	seed: {
		displayName: 'Seed',
		description: 'Number that makes results repeatable, as far as the model supports it',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. 42',
	},
	negativePrompt: {
		displayName: 'Negative Prompt',
		description: 'What the image should not show',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. text, watermarks',
	},
	promptUpsampling: {
		displayName: 'Rewrite Prompt',
		description: 'Whether the service adds detail to the prompt before the model reads it',
		place: 'options',
		unsupported: 'refuse',
	},
	steps: {
		displayName: 'Steps',
		description: 'Number of inference steps. More steps take longer and add detail.',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. 28',
	},
	guidance: {
		displayName: 'Guidance',
		description: 'How closely to follow the prompt. Higher values are more literal.',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. 3.5',
	},
	magicPrompt: {
		displayName: 'Magic Prompt',
		description: 'Whether the service adds detail to the prompt before it generates',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. OFF',
	},
	thinkingLevel: {
		displayName: 'Thinking Level',
		description: 'How much the model thinks before it generates. Higher levels take longer.',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. high',
	},
	complexity: {
		displayName: 'Complexity',
		description: 'How much the model plans before generating. Higher values take longer.',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. low',
	},
	style: {
		displayName: 'Style',
		description: 'Vivid for dramatic, hyper-real images; Natural for a less processed look',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. vivid',
	},
	styleType: {
		displayName: 'Style Type',
		description: 'The kind of image to generate',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. REALISTIC',
	},
	stylePreset: {
		displayName: 'Style Preset',
		description: 'A look that the image should have',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. photographic',
	},
	stream: {
		displayName: 'Stream',
		description:
			'Whether to stream the response. Prevents timeouts at proxies that close idle connections.',
		place: 'options',
		unsupported: 'warn',
	},
	partialImages: {
		displayName: 'Partial Images',
		description:
			'Number of partial images to stream before each image. Each adds 100 output tokens.',
		place: 'options',
		unsupported: 'warn',
	},
	inputFidelity: {
		displayName: 'Input Fidelity',
		description: 'How closely to preserve faces and details of the input images',
		place: 'options',
		unsupported: 'refuse',
		placeholder: 'e.g. high',
	},
	moderation: {
		displayName: 'Moderation',
		description: 'How strictly the provider filters content. Low is less restrictive.',
		place: 'options',
		unsupported: 'warn',
		placeholder: 'e.g. low',
	},
	responseFormat: {
		displayName: 'Response Format',
		description:
			'How the API returns the image: as base64 in the response, or as a URL that the node downloads. The output is the same.',
		place: 'options',
		unsupported: 'warn',
		placeholder: 'e.g. b64_json',
	},
	safetyIdentifier: {
		displayName: 'Safety Identifier',
		description:
			'Stable, hashed identifier of your end user. The provider uses it to detect policy violations.',
		place: 'options',
		unsupported: 'warn',
		placeholder: 'e.g. user-5d41402a',
	},
	user: {
		displayName: 'User',
		description: 'Identifier of your end user. The provider uses it to detect abuse.',
		place: 'options',
		unsupported: 'warn',
		placeholder: 'e.g. user-5d41402a',
	},
	watermark: {
		displayName: 'Watermark',
		description: "Whether to add the provider's watermark",
		place: 'options',
		unsupported: 'refuse',
	},
};

/** Where the editor shows a parameter of a model. */
export function placeOf(name: ParameterName, spec: ParameterSpec | undefined): Place {
	return spec?.place ?? PARAMETERS[name].place;
}
