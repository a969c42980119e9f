import type { INodeParameters } from 'n8n-workflow';

import type { NodeResult, NodeRun } from './engine';
import { imageResponse, json, useImagesApi, type Reply } from './imagesApi';
import { numberedPicture } from './pictures';
import { promptRun, type PromptRun } from './promptRun';
import { promptOfAny } from './responses';

/** Output tokens of 1024x1024 in high quality, as OpenAI publishes them for GPT Image 2.5. */
export const TOKENS = 1756;

/** US dollars of one such image of GPT Image 2.5 with a prompt of two tokens, as `cat 1` has. */
export const PRICE = (2 * 5 + TOKENS * 30) / 1_000_000;

/** With a known number of output tokens, so that the node can estimate the cost. */
export const FIXED = { size: '1024x1024', quality: 'high' };

/** The model itself chooses them. */
export const AUTO = { size: 'auto', quality: 'auto' };

/** An API that reports what it bills, and counts it. */
export function usePricedApi() {
	const api = useImagesApi();
	/** Output tokens of each image, by prompt; `TOKENS` for others. null: usage is not reported. */
	const tokens = new Map<string, number | null>();
	/** What requests get instead, by prompt. */
	const instead = new Map<string, Reply>();
	/** In the order of the requests. */
	const billed: string[] = [];
	let open = 0;
	/** The most requests that were open at the same time, by the number of those before them. */
	const openAt: number[] = [];

	const serveImages: Reply = async (request, response) => {
		openAt.push(++open);
		response.once('close', () => open--);
		const prompt = promptOfAny(request);
		const other = instead.get(prompt);
		if (other) return await other(request, response);
		await bill(request, response);
	};
	const bill: Reply = async (request, response) => {
		const prompt = promptOfAny(request);
		const isEdit = request.path.endsWith('/edits');
		const n = isEdit ? 1 : Number(JSON.parse(request.body.toString('utf8')).n ?? 1);
		const perImage = tokens.has(prompt) ? tokens.get(prompt)! : TOKENS;
		billed.push(...Array<string>(n).fill(prompt));
		const images = await Promise.all(
			Array.from({ length: n }, async (_, index) => await numberedPicture(billed.length + index)),
		);
		const [text, image] = [2, isEdit ? 1000 : 0];
		const usage = perImage !== null && {
			input_tokens: text + image,
			input_tokens_details: { text_tokens: text, image_tokens: image },
			output_tokens: n * perImage,
		};
		await json({ ...imageResponse(...images), ...(usage ? { usage } : {}) })(request, response);
	};
	beforeEach(() => {
		tokens.clear();
		instead.clear();
		billed.splice(0);
		openAt.splice(0);
		open = 0;
		api.reply(serveImages);
	});

	return {
		api,
		tokens,
		instead,
		billed,
		openAt,
		bill,
		/** Generates an image of a fixed size for each prompt, with a cap. */
		runOf(
			maxCost: number | string,
			prompts: readonly string[],
			{ parameters, options, ...more }: PromptRun = {},
		): NodeRun {
			return promptRun(api.credentials, prompts, {
				parameters: { ...FIXED, ...parameters } as INodeParameters,
				options: { maxCost, parallelRequests: 1, ...options },
				...more,
			});
		},
	};
}

/** For each output item what it is: the prompt's image, or an error. */
export function outcomesOf({ outputs }: NodeResult): string[] {
	return outputs.flat().map(({ json: { error, fileName } }) => String(error ?? fileName));
}

export const CONTINUE = { onError: 'continueRegularOutput' } as const;
