import type { INodeParameters } from 'n8n-workflow';

import type { NodeResult, NodeRun } from './engine';
import { json, useImagesApi, type Reply } from './imagesApi';
import { numberedPicture } from './pictures';
import { promptRun } from './promptRun';
import { refusal } from './responses';

export const SIZE = { width: 1024, height: 1024 };
export const USAGE = { input_tokens: 10, output_tokens: 1000 };

/** US dollars per million tokens. */
const PRICES = {
	price: [
		{ tokens: 'textInput', dollars: 1 },
		{ tokens: 'imageOutput', dollars: 100 },
	],
};

/** A server that makes one image per request, as DALL·E 3 does, and no two the same. */
export function useOneByOne() {
	const api = useImagesApi();
	/** The images that were made, by the numbers of their requests. */
	const made = new Map<number, Buffer>();
	/** What requests get instead, by their number from 1. */
	const instead = new Map<number, Reply>();
	let count = 0;

	const serveImage: Reply = async (request, response) => {
		if (request.method === 'GET') {
			const file = made.get(Number(/(\d+)\.png/.exec(request.path)?.[1]));
			return void response.writeHead(200, { 'content-type': 'image/png' }).end(file);
		}
		const number = ++count;
		const other = instead.get(number);
		if (other) return await other(request, response);
		const body = JSON.parse(request.body.toString('utf8'));
		if (body.n > 1) return await refusal(400, { message: 'n must be 1' })(request, response);
		const image = await numberedPicture(number, SIZE);
		made.set(number, image);
		const found =
			body.response_format === 'url'
				? { url: `${api.url}/files/${number}.png?sig=secret-signature-of-a-link` }
				: { b64_json: image.toString('base64') };
		const data = [{ ...found, revised_prompt: `revised ${number}` }];
		const headers = { 'x-request-id': `req_${number}` };
		await json({ created: 100 + number, data, usage: USAGE }, 200, headers)(request, response);
	};
	beforeEach(() => {
		made.clear();
		instead.clear();
		count = 0;
		api.reply(serveImage);
	});

	return {
		api,
		made,
		instead,
		/** A run that asks for three images of each prompt, one request after the other. */
		runOf(
			parameters: INodeParameters = {},
			{ options, ...more }: Partial<NodeRun> & { options?: INodeParameters } = {},
			prompts = ['cat'],
		): NodeRun {
			return promptRun(api.credentials, prompts, {
				parameters: { model: 'dall-e-3', n: 3, ...parameters },
				options: { parallelRequests: 1, prices: PRICES, ...options },
				...more,
			});
		},
		/** The bodies of the requests for images, in their order. */
		bodies: () =>
			api.requests
				.filter(({ method }) => method === 'POST')
				.map(({ body }) => JSON.parse(body.toString('utf8'))),
		/** The numbers of the requests that made the files, in the order of the items and fields. */
		async numbersOf(result: NodeResult): Promise<number[]> {
			const numbers: number[] = [];
			for (const item of result.outputs.flat()) {
				for (const field of Object.keys(item.binary ?? {})) {
					const bytes = await result.binary(item, field);
					const [number] = [...made].find(([, image]) => image.equals(bytes)) ?? [-1];
					numbers.push(number);
				}
			}
			return numbers;
		},
	};
}
