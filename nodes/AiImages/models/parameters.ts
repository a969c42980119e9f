import type { ParameterName } from './types';

/** How the node presents an API parameter in the editor. */
export interface ParameterInfo {
	/** As messages name it; the editor's label also has the unit. */
	readonly displayName: string;
	readonly unit?: string;
	readonly description: string;
	/** `main` fields are always visible; `options` can be added under *Options*. */
	readonly place: 'main' | 'options';
	readonly placeholder?: string;
	/** Height of the text field, in lines. */
	readonly rows?: number;
}

/** Main fields appear in this order. */
export const PARAMETERS: Readonly<Record<ParameterName, ParameterInfo>> = {
	prompt: {
		displayName: 'Prompt',
		description: 'Text description of the image, or of the changes to make',
		place: 'main',
		placeholder: 'e.g. A lighthouse in a storm, oil on canvas',
		rows: 4,
	},
	n: {
		displayName: 'Number of Images',
		description: 'Number of images to generate per input item. Each image is billed.',
		place: 'main',
		placeholder: 'e.g. 2',
	},
	size: {
		displayName: 'Size',
		description: 'Width × height in pixels',
		place: 'main',
		placeholder: 'e.g. 1536x1024',
	},
	quality: {
		displayName: 'Quality',
		description: 'Higher quality takes longer and costs more',
		place: 'main',
		placeholder: 'e.g. high',
	},
	background: {
		displayName: 'Background',
		description: 'Whether the background is opaque or transparent',
		place: 'main',
		placeholder: 'e.g. transparent',
	},
	outputFormat: {
		displayName: 'Output Format',
		description: 'File format of the image. JPEG is the fastest.',
		place: 'main',
		placeholder: 'e.g. png',
	},
	outputCompression: {
		displayName: 'Output Compression',
		description:
			'Compression level from 0 to 100. Higher values mean better quality and larger files.',
		place: 'main',
		placeholder: 'e.g. 80',
	},
	frameCount: {
		displayName: 'Frame Count',
		description: 'Number of frames in the animation. Larger sizes allow fewer frames.',
		place: 'main',
		placeholder: 'e.g. 9',
	},
	frameDurationMs: {
		displayName: 'Frame Duration',
		unit: 'Milliseconds',
		description: 'How long to show each frame. Rounded to the nearest 10 ms.',
		place: 'main',
		placeholder: 'e.g. 200',
	},
	svgModel: {
		displayName: 'SVG Model',
		description:
			'Text model that writes the SVG. Required if your organization has SVG model selection enabled; otherwise leave empty.',
		place: 'main',
		placeholder: 'e.g. gpt-5.6-terra',
	},
	svgReasoningEffort: {
		displayName: 'SVG Reasoning Effort',
		description: "How much the SVG model reasons. Billed at that model's rates.",
		place: 'main',
		placeholder: 'e.g. low',
	},
	complexity: {
		displayName: 'Complexity',
		description: 'How much the model plans before generating. Higher values take longer.',
		place: 'options',
		placeholder: 'e.g. low',
	},
	style: {
		displayName: 'Style',
		description: 'Vivid for dramatic, hyper-real images; Natural for a less processed look',
		place: 'options',
		placeholder: 'e.g. vivid',
	},
	stream: {
		displayName: 'Stream',
		description:
			'Whether to stream the response. Prevents timeouts at proxies that close idle connections.',
		place: 'options',
	},
	partialImages: {
		displayName: 'Partial Images',
		description:
			'Number of partial images to stream before each image. Each adds 100 output tokens.',
		place: 'options',
	},
	inputFidelity: {
		displayName: 'Input Fidelity',
		description: 'How closely to preserve faces and details of the input images',
		place: 'options',
		placeholder: 'e.g. high',
	},
	moderation: {
		displayName: 'Moderation',
		description: 'How strictly the provider filters content. Low is less restrictive.',
		place: 'options',
		placeholder: 'e.g. low',
	},
	responseFormat: {
		displayName: 'Response Format',
		description:
			'How the API returns the image: as base64 in the response, or as a URL that the node downloads. The output is the same.',
		place: 'options',
		placeholder: 'e.g. b64_json',
	},
	safetyIdentifier: {
		displayName: 'Safety Identifier',
		description:
			'Stable, hashed identifier of your end user. The provider uses it to detect policy violations.',
		place: 'options',
		placeholder: 'e.g. user-5d41402a',
	},
	user: {
		displayName: 'User',
		description: 'Identifier of your end user. The provider uses it to detect abuse.',
		place: 'options',
		placeholder: 'e.g. user-5d41402a',
	},
	watermark: {
		displayName: 'Watermark',
		description: "Whether to add the provider's watermark",
		place: 'options',
	},
};
