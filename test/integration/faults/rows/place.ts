import { json, raw } from '../../../helpers/imagesApi';
import { makes } from '../responders';
import type { Call, Responder } from '../servers';
import { GENERATE, INTACT } from '../outcomes';
import type { Expected, Row } from '../row';

/** Responds with a JSON value that holds the image, or leads to it. */
const body = (write: (base64: string, call: Call, image: Buffer) => unknown): Responder =>
	makes(([image], call) => json(write(image!.toString('base64'), call, image!)));

export const dataUrl = (base64: string) => `data:image/png;base64,${base64}`;

export const place = (
	name: string,
	write: (base64: string, call: Call, image: Buffer) => unknown,
	more: Partial<Row> = {},
): Row => ({
	name,
	operations: GENERATE,
	server: [body(write)],
	expected: INTACT,
	...more,
});

export const LINKED: Expected = { ...INTACT, downloads: 1 };

/** A place that holds a link to the image. */
export const linked = (name: string, write: (link: string) => unknown): Row =>
	place(name, (_, call, image) => write(call.publish('/a.png', raw(image))), { expected: LINKED });
