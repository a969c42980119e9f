import { event, eventsOf, sse } from '../../../helpers/events';
import { json, raw, type Reply } from '../../../helpers/imagesApi';
import { picture, type PictureOptions } from '../../../helpers/pictures';
import type { Call, Responder } from '../../../integration/faults/servers';
import { hashOf } from '../../text/hash';

/** How a server fulfills a request. */
export interface Manner {
	/** Its metadata about the images. */
	readonly says?: 'nothing' | 'much';
	readonly usage?: 'none' | 'all' | 'each';
	/** How an image is handed over, whatever was asked for. */
	readonly form?: 'base64' | 'link' | 'dataUrl';
	/** More images than were asked for, or fewer. */
	readonly more?: number;
	readonly format?: PictureOptions['format'];
	readonly size?: string;
	/** It responds with JSON where events were requested. */
	readonly noEvents?: boolean;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Fulfills the request as OpenAI does. */
export function serves(manner: Manner = {}): Responder {
	let made = 0;
	return async (call) => {
		const images: Buffer[] = [];
		const count = Math.max(0, call.asked + (manner.more ?? 0));
		while (images.length < count) images.push(await draw(call, manner, ++made));
		const isStream = String(call.fields.stream) === 'true' && !manner.noEvents;
		return isStream ? await events(call, manner, images) : whole(call, manner, images);
	};
}

function whole(call: Call, manner: Manner, images: Buffer[]): Reply {
	const { says = 'much', usage = 'all' } = manner;
	const data = images.map((image, index) => ({
		...written(call, manner, image),
		...(says === 'much' ? { revised_prompt: `Revised ${index + 1}` } : {}),
		...(usage === 'each' ? { usage: usageOf(1) } : {}),
	}));
	const body = {
		created: 1_760_000_000,
		...(says === 'much' ? aboutAll(call) : {}),
		data,
		...(usage === 'all' ? { usage: usageOf(images.length) } : {}),
	};
	return json(body, 200, manner.headers ?? { 'x-request-id': 'req_42' });
}

async function events(call: Call, manner: Manner, images: Buffer[]): Promise<Reply> {
	const { preview, completed } = eventsOf(call.operation);
	const previews = Number(call.fields.partial_images ?? 0) || 0;
	const texts: string[] = [];
	for (const [index, image] of images.entries()) {
		for (let number = 0; number < previews; number++) {
			texts.push(preview(await draw(call, manner, -1 - number - 10 * index), number));
		}
		const usage = manner.usage === 'none' ? {} : { usage: usageOf(1) };
		texts.push(
			completed(image, { ...(manner.says === 'nothing' ? {} : aboutAll(call)), ...usage }),
		);
	}
	return sse(...texts, event({ type: 'done' }));
}

function written(call: Call, { form }: Manner, image: Buffer): object {
	const base64 = image.toString('base64');
	const asked = call.fields.response_format === 'url' ? 'link' : 'base64';
	switch (form ?? asked) {
		case 'link':
			return { url: call.publish(`/${hashOf(image)}.png`, raw(image)) };
		case 'dataUrl':
			return { b64_json: `data:image/png;base64,${base64}` };
		default:
			return { b64_json: base64 };
	}
}

function aboutAll({ fields }: Call): object {
	const { size, quality, background, output_format } = fields;
	return { size, quality, background, output_format };
}

function usageOf(images: number): object {
	return {
		input_tokens: 210,
		input_tokens_details: { text_tokens: 10, image_tokens: 200 },
		output_tokens: 1000 * images,
		total_tokens: 210 + 1000 * images,
	};
}

const DRAWN = new Map<string, Promise<Buffer>>();

/** An image as it was asked for, of which no two are the same; a negative number is a preview's. */
async function draw(call: Call, manner: Manner, number: number): Promise<Buffer> {
	const format = manner.format ?? String(call.fields.output_format ?? 'png');
	const size = manner.size ?? String(call.fields.size);
	const [, width = '1024', height = '1024'] = /^(\d{1,4})x(\d{1,4})$/.exec(size) ?? [];
	const shape = { width: Math.max(1, Number(width)), height: Math.max(1, Number(height)) };
	const mark = Buffer.from(`<!--${number}-->`);
	if (format === 'svg') {
		const { width: across, height: down } = shape;
		const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}"/>`;
		return billed(call, Buffer.concat([Buffer.from(text), mark]), number);
	}
	const known = ['jpeg', 'webp', 'gif'].find((name) => name === format) ?? 'png';
	const key = `${known} ${shape.width} ${shape.height}`;
	const drawn = DRAWN.get(key) ?? picture({ ...shape, format: known as PictureOptions['format'] });
	DRAWN.set(key, drawn);
	return billed(call, Buffer.concat([await drawn, mark]), number);
}

function billed(call: Call, bytes: Buffer, number: number): Buffer {
	return number < 0 ? bytes : call.bill({ bytes, mimeType: 'image/png' });
}
