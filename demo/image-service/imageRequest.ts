import type { ImageModel, Operation } from './models.ts';

/** A decoded input picture: its bytes as sent, and its size after EXIF orientation in pixels. */
export interface InputImage {
	bytes: Buffer;
	width: number;
	height: number;
	hasAlpha: boolean;
	/** Whether any pixel is not fully opaque. */
	hasTransparency: boolean;
}

export type OutputFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg';

/** A request that passed every check, with `auto` resolved and defaults filled in. */
export interface ImageRequest {
	operation: Operation;
	model: ImageModel;
	prompt: string;
	count: number;
	width: number;
	height: number;
	quality: string;
	background: 'opaque' | 'transparent';
	format: OutputFormat;
	/** 0–100; 100 is the least compression. */
	compression: number;
	stream: boolean;
	partialImages: number;
	frameCount: number;
	frameDurationMs: number;
	/** The text model that a client asked to author the SVG, if it named one. */
	svgModel: string | undefined;
	/** How the DALL·E models deliver; the GPT Image models always respond with base64. */
	responseFormat: 'url' | 'b64_json';
	safetyIdentifier: string | null;
	images: InputImage[];
	mask: InputImage | undefined;
	markup: InputImage | undefined;
}

/** One finished picture: the file's bytes, and the same as base64 text. */
export interface Picture {
	readonly bytes: Buffer;
	base64: Base64Text;
}

/**
 * Base64 text kept as bytes: a response is written from buffers and never built as one string.
 */
export class Base64Text {
	readonly pieces: readonly Buffer[];

	constructor(...pieces: Buffer[]) {
		this.pieces = pieces;
	}
}

export function picture(bytes: Buffer): Picture {
	return { bytes, base64: new Base64Text(Buffer.from(bytes.toString('base64'), 'latin1')) };
}
