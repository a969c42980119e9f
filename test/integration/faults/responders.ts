import type { ServerResponse } from 'node:http';

import { imageResponse, json, raw, type Reply } from '../../helpers/imagesApi';
import { refusal } from '../../helpers/responses';
import { untilRead } from '../../helpers/untilRead';
import type { Call, DrawOptions, Responder } from './servers';

export const JSON_TYPE = { 'content-type': 'application/json' };
export const ID = { 'x-request-id': 'req_42' };

/** Makes nothing. */
export const free =
	(reply: Reply): Responder =>
	() =>
		reply;

/** Refuses as OpenAI does. */
export const refuses = (...[status, error, headers]: Parameters<typeof refusal>): Responder =>
	free(refusal(status, error, headers));

/** Makes the requested images and responds like this. */
export const makes =
	(
		write: (images: Buffer[], call: Call) => Reply | Promise<Reply>,
		drawing?: DrawOptions,
	): Responder =>
	async (call) =>
		await write(await call.draw(drawing), call);

/** Makes images and responds as OpenAI does. */
export const delivering = (drawing?: DrawOptions): Responder =>
	makes((images) => json(imageResponse(...images)), drawing);

/** Makes the requested images and responds as OpenAI does. */
export const delivers = delivering();

/** The JSON text with which OpenAI responds. */
export const jsonOf = (images: Buffer[]): string => JSON.stringify(imageResponse(...images));

/** Makes the requested images, but responds like this. */
export const makesBut = (reply: Reply): Responder => makes(() => reply);

/** Makes the image, and writes it into the list `data` in this form. */
export const entry = (write: (base64: string, image: Buffer) => object): Responder =>
	makes((images) =>
		json({
			created: 1_760_000_000,
			data: images.map((image) => write(image.toString('base64'), image)),
		}),
	);

/** Makes the images, and writes the JSON text in this form. */
export const written = (
	write: (text: string, images: Buffer[]) => string | Buffer,
	headers: Record<string, string> = JSON_TYPE,
): Responder => makes((images) => raw(write(jsonOf(images), images), 200, headers));

/** A page of a proxy. */
export const page = (status: number, title: string): Reply =>
	raw(
		`<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
		status,
		{ 'content-type': 'text/html' },
	);

/** Sends pieces, each by itself on the wire. */
export function inPieces(pieces: Buffer[], headers: Record<string, string> = JSON_TYPE): Reply {
	return async (_, response) => {
		await begin(response, headers);
		for (const piece of pieces) {
			response.write(piece);
			await new Promise(setImmediate);
		}
		response.end();
	};
}

/** Sends the beginning, waits until it can be read, and goes on in another way. */
export function broken(
	text: string | Buffer,
	how: (response: ServerResponse) => void,
	headers: Record<string, string> = { ...JSON_TYPE, ...ID },
): Reply {
	return async (_, response) => {
		await begin(response, headers);
		if (text.length > 0) response.write(text);
		await untilRead();
		how(response);
	};
}

export const resets = (response: ServerResponse): void => void response.socket?.resetAndDestroy();
export const closes = (response: ServerResponse): void => void response.socket?.destroy();
/** Says nothing more, and holds the connection. */
export const stalls = (): void => {};

async function begin(response: ServerResponse, headers: Record<string, string>): Promise<void> {
	response.socket?.setNoDelay(true);
	response.writeHead(200, headers);
	response.flushHeaders();
	await new Promise(setImmediate);
}
