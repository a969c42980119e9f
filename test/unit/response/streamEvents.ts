import { base64, decodeTexts, eventsOf } from '../responses';

export const event = (data: unknown, name = '') =>
	`${name ? `event: ${name}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
export const done = (text: string, more: object = {}) =>
	event({ type: 'image_generation.completed', b64_json: base64(text), ...more });
export const preview = (text: string, partial_image_index = 0) =>
	event({ type: 'image_generation.partial_image', b64_json: base64(text), partial_image_index });

export const decoded = async (...events: string[]) => await decodeTexts(eventsOf(events.join('')));
