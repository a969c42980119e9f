import type { NodeResult, NodeRun } from './engine';
import { imageResponse, json, promptOf, useImagesApi, type Reply } from './imagesApi';
import { numberedPicture } from './pictures';
import { promptRun, RETRY_ON_FAIL } from './promptRun';
import { inTurn, refusal } from './responses';

/** Of four items; the third one fails at first. */
export const PROMPTS = ['cat 0', 'cat 1', 'bad 2', 'cat 3'];

export const EACH_ONCE = PROMPTS.map((_, index) => [index, 0]);

export const fail = refusal(400, { message: 'Rejected.', code: 'moderation_blocked' });

/** A server that makes pictures, and runs with Retry On Fail. */
export function useImageServer() {
	const api = useImagesApi();
	/** Every image that was made, by its prompt, in the order of the requests. */
	const made = new Map<string, Buffer[]>();
	beforeEach(() => made.clear());

	/** Generates unique images and reports their tokens. */
	const serveImages: Reply = async (request, response) => {
		const { prompt, n = 1 } = JSON.parse(request.body.toString('utf8'));
		const images: Buffer[] = [];
		for (let index = 0; index < n; index++) {
			const number = [...made.values()].flat().length + 1;
			const image = await numberedPicture(number);
			images.push(image);
			made.set(prompt, [...(made.get(prompt) ?? []), image]);
		}
		const usage = { input_tokens: 10, output_tokens: 1000, total_tokens: 1010 };
		json({ ...imageResponse(...images), usage })(request, response);
	};

	/** Prompts that begin with "bad" fail the given number of times before they succeed. */
	function failing(times: number): Reply {
		const bad = inTurn(...Array.from({ length: times }, () => fail), serveImages);
		return async (request, response) => {
			await (promptOf(request).startsWith('bad') ? bad : serveImages)(request, response);
		};
	}

	function runOf(prompts: string[], more: Partial<NodeRun> = {}, parallelRequests = 1): NodeRun {
		const options = { parallelRequests };
		return promptRun(api.credentials, prompts, { options, ...RETRY_ON_FAIL, ...more });
	}

	/** For each item its prompt's number and which of the images made for it the file is. */
	async function deliveries(result: NodeResult): Promise<Array<[number, number]>> {
		const items = result.outputs[0] ?? [];
		return await Promise.all(
			items.map(async (item) => {
				const { item: index } = item.pairedItem as { item: number };
				const bytes = await result.binary(item);
				const images = made.get(PROMPTS[index] ?? '') ?? [];
				return [index, images.findIndex((image) => image.equals(bytes))] as [number, number];
			}),
		);
	}

	return { api, made, serveImages, failing, runOf, deliveries };
}
