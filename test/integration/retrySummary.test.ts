import type { INodeType } from 'n8n-workflow';

import { useEngine, type WorkflowJson } from '../helpers/engine';
import { imageResponse, json, promptOf } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { fail, PROMPTS, useImageServer } from '../helpers/imageServer';
import { describeNode } from '../helpers/engine/describeNode';
import { leadsTo, workflowNode } from '../helpers/workflowNode';

const { api, failing, runOf, deliveries } = useImageServer();

describe('the error of a run that stopped', () => {
	const engine = useEngine();

	it('says how many images were generated, what they cost, and that they are saved', async () => {
		api.reply(failing(9));
		const only = runOf(['cat 0', 'cat 1'], { retryOnFail: false });
		const { outputs } = await engine.runWorkflow(only);
		const cost = outputs[0]!.reduce((sum, { json }) => sum + Number(json.costUsd), 0);
		expect(cost).toBeGreaterThan(0);

		const { error } = await engine.runWorkflow(runOf(PROMPTS));
		expect(error).toMatchObject({ message: 'Rejected.', context: { itemIndex: 2 } });
		expect((error as { description?: string }).description).toMatch(
			new RegExp(
				`\\n2 images \\(\\$${cost.toFixed(4).replace(/0{1,2}$/, '')}\\) were generated and saved\\. Retrying this execution only generates the missing ones\\.$`,
			),
		);
	});

	it('counts images, not items', async () => {
		api.reply(failing(9));
		for (const output of ['itemPerImage', 'singleItem']) {
			const options = { parallelRequests: 1, output };
			const parameters = { ...runOf([]).parameters, n: 3, options };
			const { error } = await engine.runWorkflow(runOf(PROMPTS, { parameters }));
			expect(error).toMatchObject({
				description: expect.stringMatching(/6 images (?:\(\$[\d.]+\) )?were generated/),
			});
		}
	});

	it('names no price where none is known', async () => {
		const image = await picture();
		api.reply(async (request, response) => {
			const bad = promptOf(request).startsWith('bad');
			await (bad ? fail : json(imageResponse(image)))(request, response);
		});
		const { error } = await engine.runWorkflow(runOf(['cat 0', 'bad 1'], { retryOnFail: false }));
		expect(error).toMatchObject({
			description: expect.stringContaining('\n1 image was generated and saved.'),
		});
	});

	it('mentions no images if there are none', async () => {
		api.reply(fail);
		const { error } = await engine.runWorkflow(runOf(['bad 0']));
		expect(error).toMatchObject({ description: expect.not.stringMatching(/made\b.*kept/) });
	});
});

describe('the next round of a loop', () => {
	let rounds = 0;
	/** Sends the items round once more, then lets them go. */
	const again: INodeType = {
		description: describeNode('Again', 'again', { outputs: ['main', 'main'] }),
		async execute() {
			const items = PROMPTS.map((prompt) => ({ json: { prompt } }));
			return ++rounds === 1 ? [items, []] : [[], items];
		},
	};
	const engine = useEngine({ nodeTypes: { 'test.again': again } });

	it.each([
		['a try that failed', {}, [...PROMPTS.slice(0, 3), ...PROMPTS.slice(2), ...PROMPTS]],
		[
			'a round that left an error item',
			{ onError: 'continueRegularOutput' as const },
			[...PROMPTS, ...PROMPTS],
		],
	])('requests all images anew, also after %s', async (_, settings, expected) => {
		rounds = 0;
		api.reply(failing(1));
		const { parameters, retryOnFail, maxTries, waitBetweenTries } = runOf([]);
		const workflow: WorkflowJson = {
			nodes: [
				workflowNode('Start', 'n8n-nodes-base.manualTrigger'),
				workflowNode('AI Images', 'n8n-nodes-ai-images.aiImages', {
					...{ parameters, retryOnFail, maxTries, waitBetweenTries, ...settings },
					credentials: { aiImagesApi: { id: '1', name: 'AI Images account' } },
				}),
				workflowNode('Again', 'test.again'),
			],
			connections: {
				Start: leadsTo('AI Images'),
				'AI Images': leadsTo('Again'),
				Again: leadsTo('AI Images'),
			},
			settings: { executionOrder: 'v1' },
		};
		const result = await engine.runWorkflowJson(workflow, {
			items: PROMPTS.map((prompt) => ({ json: { prompt } })),
			credentials: { aiImagesApi: api.credentials },
		});
		expect(result.error).toBeUndefined();
		expect(rounds).toBe(2);
		expect(api.requests.map(promptOf)).toEqual(expected);
	});
});

describe('in the in-memory binary mode', () => {
	const engine = useEngine({ binaryMode: 'default' });

	it('everything is requested again, and delivered', async () => {
		api.reply(failing(1));
		const result = await engine.runWorkflow(runOf(PROMPTS));
		expect(result.error).toBeUndefined();
		expect(api.requests.map(promptOf)).toEqual(['cat 0', 'cat 1', 'bad 2', ...PROMPTS]);
		expect(await deliveries(result)).toEqual([
			[0, 1],
			[1, 1],
			[2, 0],
			[3, 0],
		]);
	});

	it('the error does not promise that anything is kept', async () => {
		api.reply(failing(9));
		const { error } = await engine.runWorkflow(runOf(PROMPTS));
		expect(error).toMatchObject({
			message: 'Rejected.',
			description: expect.stringMatching(
				/\n2 images were generated\. n8n stores binary data in memory, so a retry generates and bills them again\.$/,
			),
		});
	});
});
