import type { ServerResponse } from 'node:http';

import { raw, useImagesApi, type ImagesApi, type Reply } from '../../helpers/imagesApi';
import { partsOf, textsOf } from '../../helpers/multipart';
import { numberedPicture, type PictureOptions } from '../../helpers/pictures';
import type { RecordedRequest } from '../../helpers/recordingServer';
import type { Operation, Row } from './row';
import { carries, tapped, type Wire } from './wire';

/** What the server does with a call of the API. */
export type Responder = (call: Call) => Reply | Promise<Reply>;

/** One call, as the server sees it. */
export interface Call {
	readonly operation: Operation;
	readonly prompt: string;
	/** Names and values of the request. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** The number of images asked for. */
	readonly asked: number;
	/** Position of the input item. */
	readonly item: number;
	/** The files of an edit. */
	readonly files: readonly Buffer[];
	/** Makes images of which no two are the same; each of them is billed. */
	draw(options?: DrawOptions): Promise<Buffer[]>;
	/** Bills an image that is drawn otherwise. */
	bill(image: MadeImage): Buffer;
	/** Puts something behind a path of both servers, and returns its signed address. */
	publish(path: string, reply: Reply): string;
	/** Presses n8n's stop button. */
	stop(): void;
}

export interface DrawOptions extends PictureOptions {
	/** By default as many as are asked for. */
	count?: number;
}

export interface MadeImage {
	readonly bytes: Buffer;
	readonly mimeType: string;
	/** Pixels; undefined where the format does not say. */
	readonly width?: number;
	readonly height?: number;
}

/** What the servers recorded of one run. */
export interface ServerLog {
	/** Images by prompt, in the order in which they were made. */
	readonly made: ReadonlyMap<string, readonly MadeImage[]>;
	/** Requests to the API, and for links. */
	readonly calls: readonly RecordedRequest[];
	readonly downloads: readonly RecordedRequest[];
	/** Those for links to other servers than the API's. */
	readonly downloadsElsewhere: readonly RecordedRequest[];
	/** Whether the whole image went over the wire, in any form. */
	wasHandedOver(image: MadeImage): boolean;
}

/** The secret of a signed address. */
export const SIGNATURE = 'sig-0123456789abcdefghij';

export type FaultServers = ReturnType<typeof createFaultServers>;

/** The servers of a Jest file: the API, and one that holds files. */
export const useFaultServers = (): FaultServers =>
	createFaultServers(useImagesApi(), useImagesApi());

/** Serves one run after the other. */
export function createFaultServers(api: ImagesApi, files: ImagesApi) {
	/** Starts a new log, and responds as the row says. */
	function begin(row: Pick<Row, 'prompts' | 'server'>, stop: () => void): ServerLog {
		let drawn = 0;
		api.requests.splice(0);
		files.requests.splice(0);
		const made = new Map<string, MadeImage[]>();
		const turns = new Map<string, number>();
		const wires: Wire[] = [];
		const published = new Map<string, Reply>();

		function callOf(request: RecordedRequest): Call {
			const fields = fieldsOf(request);
			const prompt = promptIn(fields);
			const n = Number(fields.n ?? 1);
			const bill = (image: MadeImage) => {
				made.set(prompt, [...(made.get(prompt) ?? []), image]);
				return image.bytes;
			};
			return {
				operation: request.path.endsWith('/edits') ? 'edit' : 'generate',
				fields,
				prompt,
				asked: n,
				item: row.prompts?.indexOf(prompt) ?? 0,
				files: isJson(request)
					? []
					: partsOf(request).flatMap(({ fileName, data }) => (fileName === null ? [] : [data])),
				bill,
				stop,
				async draw({ count = n, ...options } = {}) {
					const images: Buffer[] = [];
					const { width = 8, height = 8, format = 'png' } = options;
					for (let index = 0; index < count; index++) {
						const bytes = await numberedPicture(++drawn, options);
						images.push(bill({ bytes, mimeType: `image/${format}`, width, height }));
					}
					return images;
				},
				publish(path, reply) {
					published.set(path, reply);
					return `${files.url}${path}?sig=${SIGNATURE}`;
				},
			};
		}
		async function replyTo(request: RecordedRequest): Promise<Reply | undefined> {
			if (request.method === 'GET') return published.get(request.path.replace(/\?.*/, ''));
			const call = callOf(request);
			const turn = turns.get(call.prompt) ?? 0;
			turns.set(call.prompt, turn + 1);
			const responders = respondersFor(call.prompt, row);
			return await responders[Math.min(turn, responders.length - 1)]?.(call);
		}
		const serve: Reply = async (request, response: ServerResponse) => {
			wires.push(tapped(response));
			const reply = (await replyTo(request)) ?? raw('Nothing is said of this request', 404);
			await reply(request, response);
		};
		api.reply(serve);
		files.reply(serve);
		return {
			made,
			get calls() {
				return api.requests.filter(({ method }) => method === 'POST');
			},
			get downloads() {
				return [...api.requests.filter(({ method }) => method !== 'POST'), ...files.requests];
			},
			downloadsElsewhere: files.requests,
			wasHandedOver: ({ bytes }) => wires.some((wire) => carries(wire, bytes)),
		};
	}

	return { api, files, begin };
}

function respondersFor(prompt: string, { server }: Pick<Row, 'server'>): readonly Responder[] {
	if (!('byPrompt' in server)) return server;
	return server.byPrompt[prompt] ?? server.otherwise;
}

/** Also where it is the text of a message: of Gemini's, or of a chat's. */
function promptIn(fields: Readonly<Record<string, unknown>>): string {
	const { prompt, contents, messages, input } = fields as Messages;
	const [message] = messages ?? input?.messages ?? [];
	const parts = contents?.[0]?.parts ?? message?.content ?? [];
	return String(prompt ?? parts.find(({ text }) => text !== undefined)?.text);
}

interface Part {
	readonly text?: string;
}

interface Message {
	readonly content: readonly Part[];
}

interface Messages {
	readonly prompt?: unknown;
	readonly contents?: ReadonlyArray<{ parts: readonly Part[] }>;
	readonly messages?: readonly Message[];
	readonly input?: { readonly messages: readonly Message[] };
}

function isJson({ headers }: RecordedRequest): boolean {
	return headers['content-type'] === 'application/json';
}

function fieldsOf(request: RecordedRequest): Record<string, unknown> {
	if (isJson(request)) {
		return JSON.parse(request.body.toString('utf8'));
	}
	return Object.fromEntries(textsOf(partsOf(request)));
}
