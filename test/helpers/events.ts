import { raw, type Reply } from './imagesApi';

/** One server-sent event as the API writes it: with a line for its name and one for its data. */
export function event(data: object, name = ''): string {
	return `${name ? `event: ${name}\n` : ''}data: ${JSON.stringify(data)}\n\n`;
}

/** The events of one endpoint, with the API's metadata for each image. */
export function eventsOf(operation: 'generate' | 'edit') {
	const prefix = operation === 'edit' ? 'image_edit' : 'image_generation';
	const imageEvent = (kind: string, image: Buffer, more: object) => {
		const type = `${prefix}.${kind}`;
		return event({ type, b64_json: image.toString('base64'), ...COMMON, ...more }, type);
	};
	return {
		preview: (image: Buffer, index: number) =>
			imageEvent('partial_image', image, { partial_image_index: index }),
		completed: (image: Buffer, more: object = {}) => imageEvent('completed', image, more),
	};
}

const COMMON = {
	created_at: 1_760_000_000,
	size: '1024x1024',
	quality: 'low',
	background: 'opaque',
	output_format: 'png',
};

/** Responds with events. */
export function sse(...events: string[]): Reply {
	return raw(events.join(''), 200, SSE_HEADERS);
}

export const SSE_HEADERS = { 'content-type': 'text/event-stream; charset=utf-8' };
