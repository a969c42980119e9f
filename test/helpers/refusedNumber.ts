import type { INodeParameters } from 'n8n-workflow';

import type { NodeResult, NodeRun } from './engine';
import { json, raw, useImagesApi, type Reply } from './imagesApi';
import { numberedPicture } from './pictures';
import { promptRun } from './promptRun';
import { refusal } from './responses';

/** An error response for a number of images, as OpenAI sends it. */
export const UNKNOWN = {
	message: "Unknown parameter: 'n'.",
	code: 'unknown_parameter',
	param: 'n',
};

export const entry = (image: Buffer) => ({ b64_json: image.toString('base64') });

export const respondWith = (entries: object[]): Reply =>
	json({ data: entries, usage: { input_tokens: 10, output_tokens: 100 } });

/** A server that does not know the number of images, and makes one image per request. */
export function useRefusedNumber() {
	const api = useImagesApi();
	/** The images that were made, in the order of the requests. */
	const made: Buffer[] = [];
	/** What requests without a number get instead of one image, by their number from 1. */
	const instead = new Map<number, Reply>();
	let count = 0;
	let drawn = 0;

	async function draw(): Promise<Buffer> {
		const image = await numberedPicture(++drawn);
		made.push(image);
		return image;
	}

	beforeEach(() => {
		made.splice(0);
		instead.clear();
		count = 0;
		jest.spyOn(Math, 'random').mockReturnValue(0);
		api.reply(async (request, response) => {
			if (request.method === 'GET') return await raw(made[0]!)(request, response);
			if ('n' in JSON.parse(request.body.toString('utf8'))) {
				return await refusal(400, UNKNOWN)(request, response);
			}
			const other = instead.get(++count);
			await (other ?? respondWith([entry(await draw())]))(request, response);
		});
	});
	afterEach(() => jest.restoreAllMocks());

	return {
		api,
		made,
		instead,
		draw,
		runOf: (n: number, more: Partial<NodeRun> = {}, options: INodeParameters = {}): NodeRun =>
			promptRun(api.credentials, ['cat'], {
				parameters: { n },
				options: { dropUnsupported: true, parallelRequests: 1, ...options },
				...more,
			}),
		/** The numbers of images that the requests ask for. */
		numbers: () =>
			api.requests
				.filter(({ method }) => method === 'POST')
				.map(({ body }) => JSON.parse(body.toString('utf8')).n),
		/** Which of the images the files are, from 1. */
		async imagesOf(result: NodeResult): Promise<number[]> {
			const found: number[] = [];
			for (const item of result.outputs.flat()) {
				for (const field of Object.keys(item.binary ?? {})) {
					const bytes = await result.binary(item, field);
					found.push(made.findIndex((image) => image.equals(bytes)) + 1);
				}
			}
			return found;
		},
	};
}
