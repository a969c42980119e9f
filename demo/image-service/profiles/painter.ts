import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import type { ApiResponse } from '../apiResponse.ts';
import type { ByteMode } from '../byteMode.ts';
import { byteModeResponse, drawResponse } from '../carryOut.ts';
import { picture } from '../imageRequest.ts';
import type { ImageRequest, InputImage, OutputFormat, Picture } from '../imageRequest.ts';
import { produce } from '../produce.ts';

/** What a picture should show and be. */
export interface Commission {
	readonly model: string;
	readonly prompt: string;
	readonly width: number;
	readonly height: number;
	readonly format: Exclude<OutputFormat, 'gif' | 'svg'>;
	/** From 0; pictures of other numbers, and of other seeds, differ. */
	readonly index?: number;
	readonly seed?: number | undefined;
	/** The pictures to edit; none = a new picture. */
	readonly inputs?: readonly InputImage[];
	/** Where its pixels are transparent, the first input is painted anew; everywhere else it stays. */
	readonly mask?: InputImage | undefined;
}

/** Draws for a profile, or hands out the ready-made files of the byte mode. */
export interface Painter {
	draw(commission: Commission): Promise<Picture>;
	/** Decodes an input picture; undefined = it is damaged, or of a format that is not taken. */
	decode(bytes: Buffer, formats: readonly string[]): Promise<InputImage | undefined>;
	/** Serves a picture at a link, as storage behind an API does. */
	publish(bytes: Buffer, format: string): string;
	/** An input that a request names by a data URL, a link or bare base64; undefined = unreadable. */
	load(source: string): Promise<Buffer | undefined>;
	/** False in the byte mode, which looks at no input. */
	readonly decodesInputs: boolean;
	/** Responds to a checked request in the shape of OpenAI's Images API. */
	respond(request: ImageRequest): Promise<ApiResponse>;
}

export function painterFor(
	mode: ByteMode | undefined,
	publish: Painter['publish'],
	signal: AbortSignal,
): Painter {
	return {
		publish,
		load,
		decodesInputs: mode === undefined,
		respond: async (request) =>
			mode
				? await byteModeResponse(request, mode, publish, signal)
				: await drawResponse(request, publish, signal),
		draw: async (commission) => {
			signal.throwIfAborted();
			if (mode) {
				await sleep(mode.latencyMs, undefined, { signal });
				return mode.next();
			}
			const { final } = await produce(toImageRequest(commission), commission.index ?? 0);
			return picture(final.bytes);
		},
		decode: async (bytes, formats) => {
			if (mode) return EMPTY;
			return await decode(bytes, formats);
		},
	};
}

/** The byte mode looks at no input. */
const EMPTY: InputImage = {
	bytes: Buffer.alloc(0),
	width: 1,
	height: 1,
	hasAlpha: false,
	hasTransparency: false,
};

function toImageRequest({ seed, inputs = [], mask, ...commission }: Commission): ImageRequest {
	const { model: id, prompt } = commission;
	return {
		...commission,
		operation: inputs.length > 0 ? 'edit' : 'generate',
		model: {
			id,
			created: 0,
			shutdownDate: null,
			transparency: false,
			defaultQuality: 'auto',
			revisesPrompt: false,
		},
		prompt: seed === undefined ? prompt : `${prompt} (${seed})`,
		count: 1,
		quality: 'auto',
		background: 'opaque',
		compression: 90,
		stream: false,
		partialImages: 0,
		frameCount: 1,
		frameDurationMs: 100,
		svgModel: undefined,
		responseFormat: 'b64_json',
		safetyIdentifier: null,
		images: [...inputs],
		mask,
		markup: undefined,
	};
}

async function decode(bytes: Buffer, formats: readonly string[]): Promise<InputImage | undefined> {
	try {
		const image = sharp(bytes, { failOn: 'truncated' });
		const { format, autoOrient, hasAlpha } = await image.metadata();
		if (!formats.includes(format)) return undefined;
		await image.resize(1, 1, { fit: 'fill', kernel: 'nearest' }).raw().toBuffer();
		const { width, height } = autoOrient;
		return { bytes, width, height, hasAlpha, hasTransparency: hasAlpha };
	} catch {
		return undefined;
	}
}

async function load(source: string): Promise<Buffer | undefined> {
	const data = /^data:[^;,]*;base64,([\w+/]+=*)$/.exec(source)?.[1];
	if (data !== undefined) return Buffer.from(data, 'base64');
	if (/^https?:\/\//i.test(source)) {
		const response = await fetch(source, { signal: AbortSignal.timeout(20_000) }).catch(() => null);
		return response?.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
	}
	return /^[\w+/]+=*$/.test(source) ? Buffer.from(source, 'base64') : undefined;
}
