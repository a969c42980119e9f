import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from '../helpers/engine';
import { imageResponse, json, promptOf, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { catPrompts, promptRun } from '../helpers/promptRun';
import { untilRead } from '../helpers/untilRead';

const engine = useEngine();
const api = useImagesApi();

const run = async (given: string[], options: INodeParameters = {}, more: Partial<NodeRun> = {}) =>
	await engine.runWorkflow(promptRun(api.credentials, given, { options, ...more }));

describe('Parallel Requests', () => {
	it.each<[string, INodeParameters, number]>([
		['by default', {}, 4],
		['set to 1', { parallelRequests: 1 }, 1],
		['set to 3', { parallelRequests: 3 }, 3],
		['set to more than there are items', { parallelRequests: 100 }, 12],
		['set by an expression', { parallelRequests: '={{ 1 + 1 }}' }, 2],
	])('%s, are as many and never more', async (_, options, expected) => {
		const image = await picture();
		const open = new Set<() => void>();
		let most = 0;
		api.reply(async (request, response) => {
			const allThere = new Promise<void>((resolve) => open.add(resolve));
			most = Math.max(most, open.size);
			if (open.size === expected) {
				// One too many would come in this time.
				await untilRead(20);
				for (const release of open) release();
				open.clear();
			}
			await allThere;
			json(imageResponse(image))(request, response);
		});
		const result = await run(catPrompts(12), options);
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]).toHaveLength(12);
		expect(api.requests).toHaveLength(12);
		expect(most).toBe(expected);
	});

	it.each([0, -1, 1.5, 101, '={{ "many" }}'])(
		'that are no possible number (%s) are refused before anything is sent',
		async (parallelRequests) => {
			const result = await run(catPrompts(2), { parallelRequests });
			expect(result.error?.message).toMatch(/^'Parallel Requests' .* whole number from 1 to 100/);
			expect(api.requests).toEqual([]);
		},
	);
});

describe('the first request', () => {
	const four = ['cat 0', 'cat 1', '', 'cat 3', 'cat 4'];

	it('is not sent before every item was checked', async () => {
		const result = await run(four);
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({
			name: 'NodeOperationError',
			message: "'Prompt' is empty",
			context: { itemIndex: 2 },
		});
		expect(api.requests).toEqual([]);
	});

	it('is sent for the other items if the node continues', async () => {
		const result = await run(four, {}, { onError: 'continueRegularOutput' });
		expect(result.status).toBe('success');
		expect(api.requests.map(promptOf).sort()).toEqual(['cat 0', 'cat 1', 'cat 3', 'cat 4']);
		const [items] = result.outputs;
		expect(items!.map(({ json: { fileName, error } }) => fileName ?? error)).toEqual([
			'cat-0-1.png',
			'cat-1-2.png',
			"'Prompt' is empty",
			'cat-3-4.png',
			'cat-4-5.png',
		]);
		expect(items![2]!.json).toEqual({
			error: "'Prompt' is empty",
			message: 'No request was sent; you were not billed',
			details: { problems: ["'Prompt' is empty"] },
		});
		expect(items!.map(({ pairedItem }) => pairedItem)).toEqual(four.map((_, item) => ({ item })));
	});
});
