import type { ParameterName } from './types';

/** How the node presents an API parameter in the editor. */
export interface ParameterInfo {
	readonly displayName: string;
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
		description: 'What the image should show, or what the edit should change',
		place: 'main',
		placeholder: 'e.g. A lighthouse in a storm, oil on canvas',
		rows: 4,
	},
	n: {
		displayName: 'Number of Images',
		description: 'How many images to make from each input item. Each one is billed.',
		place: 'main',
	},
	size: {
		displayName: 'Size',
		description: 'Width and height of the image in pixels',
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
		description: 'Whether what surrounds the subject is painted or transparent',
		place: 'main',
		placeholder: 'e.g. transparent',
	},
	outputFormat: {
		displayName: 'Output Format',
		description: 'File format of the image. JPEG is the quickest to make.',
		place: 'main',
		placeholder: 'e.g. png',
	},
	outputCompression: {
		displayName: 'Output Compression',
		description: 'Percentage of the quality that the file keeps: 100 is the best and the largest',
		place: 'main',
	},
	frameCount: {
		displayName: 'Frame Count',
		description: 'How many pictures the animation has. Large frames allow fewer of them.',
		place: 'main',
	},
	frameDurationMs: {
		displayName: 'Frame Duration (Ms)',
		description: 'How long each picture is shown, in milliseconds, rounded to ten',
		place: 'main',
	},
	svgModel: {
		displayName: 'SVG Author Model',
		description:
			'The text model that writes the drawing. Organizations that may choose one must fill it in; for others it stays empty.',
		place: 'main',
		placeholder: 'e.g. gpt-5.6-terra',
	},
	svgReasoningEffort: {
		displayName: 'SVG Reasoning Effort',
		description: 'How much the author model thinks. It is billed at the rates of that model.',
		place: 'main',
		placeholder: 'e.g. low',
	},
	complexity: {
		displayName: 'Complexity',
		description: 'How much the model plans before it paints, whatever the quality. It takes time.',
		place: 'options',
		placeholder: 'e.g. low',
	},
	style: {
		displayName: 'Style',
		description: 'Vivid is dramatic and hyper-real, natural is closer to a photograph',
		place: 'options',
		placeholder: 'e.g. vivid',
	},
	stream: {
		displayName: 'Stream',
		description:
			'Whether to receive the image as events. It keeps slow requests alive behind gateways that cut silent connections.',
		place: 'options',
	},
	partialImages: {
		displayName: 'Partial Images',
		description:
			'How many previews the server sends before the image. Each costs 100 more output tokens.',
		place: 'options',
	},
	inputFidelity: {
		displayName: 'Input Fidelity',
		description: 'How closely the result keeps the faces and details of the input images',
		place: 'options',
		placeholder: 'e.g. high',
	},
	moderation: {
		displayName: 'Moderation',
		description: 'How strictly the provider filters content',
		place: 'options',
		placeholder: 'e.g. low',
	},
	responseFormat: {
		displayName: 'Response Format',
		description:
			'How the server hands the image over: inside its answer, or as a link that the node downloads. The workflow gets the same file either way.',
		place: 'options',
		placeholder: 'e.g. b64_json',
	},
	safetyIdentifier: {
		displayName: 'Safety Identifier',
		description:
			'A stable, hashed ID of your end user, by which the provider can tell who breaks its rules',
		place: 'options',
	},
	user: {
		displayName: 'User',
		description: 'An ID of your end user, by which the provider can tell who breaks its rules',
		place: 'options',
	},
	watermark: {
		displayName: 'Watermark',
		description: 'Whether the provider may put its mark on the image',
		place: 'options',
	},
};
