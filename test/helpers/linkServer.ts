import { quickClock } from './clock';
import type { NodeResult, NodeRun } from './engine';
import { json, promptOf, raw, useImagesApi, type Reply } from './imagesApi';
import { numberedPicture } from './pictures';
import { promptRun, RETRY_ON_FAIL } from './promptRun';

export const SIGNATURE = 'sig-0123456789abcdef';

/** How often a link is followed within a minute, with the shortest pauses. */
export const ATTEMPTS = 20;

/** The same reply for this many minutes of attempts; `attempts` is lower where the reply is final. */
export const minutes = (count: number, reply: Reply, attempts = ATTEMPTS): Reply[] =>
	Array.from({ length: count * attempts }, () => reply);

/** An API that links to what it makes, on a server of its own. */
export function useLinks() {
	const api = useImagesApi();
	const files = useImagesApi();
	/** Images by their paths: `/1.png` is the first that was made. */
	const made = new Map<string, Buffer>();
	/** How a path responds before it serves its image, and what a prompt gets before its images. */
	const before = new Map<string, Reply[]>();
	beforeEach(() => {
		quickClock();
		jest.spyOn(Math, 'random').mockReturnValue(0);
		made.clear();
		before.clear();
		api.reply(async (request, response) => {
			const prompt = promptOf(request);
			const reply = before.get(prompt)?.shift();
			if (reply) return await reply(request, response);
			const { n = 1 } = JSON.parse(request.body.toString('utf8'));
			const data: object[] = [];
			for (let index = 0; index < n; index++) {
				const path = `/${made.size + 1}.png`;
				made.set(path, await numberedPicture(made.size + 1));
				data.push({ url: `${files.url}${path}?sig=${SIGNATURE}`, revised_prompt: `of ${path}` });
			}
			await json({ data }, 200, { 'x-request-id': 'req_1' })(request, response);
		});
		files.reply(async (request, response) => {
			const path = request.path.replace(/\?.*/, '');
			const reply = before.get(path)?.shift() ?? raw(made.get(path)!);
			await reply(request, response);
		});
	});
	afterEach(() => jest.restoreAllMocks());

	return {
		api,
		files,
		made,
		before,
		prompts: () => api.requests.map(promptOf),
		runOf: (
			prompts: string[],
			{ n = 1, parameters, ...more }: Partial<NodeRun> & { n?: number } = {},
		): NodeRun =>
			promptRun(api.credentials, prompts, {
				parameters: { n, ...parameters },
				options: { parallelRequests: 1 },
				...RETRY_ON_FAIL,
				...more,
			}),
		/** The paths of the files in the output, in order. */
		async pathsOf(result: NodeResult): Promise<string[]> {
			const paths: string[] = [];
			for (const item of result.outputs.flat()) {
				const bytes = item.binary ? await result.binary(item) : Buffer.alloc(0);
				const [path = 'none'] = [...made].find(([, image]) => image.equals(bytes)) ?? [];
				paths.push(path);
			}
			return paths;
		},
	};
}
