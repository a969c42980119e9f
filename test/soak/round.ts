import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Engine, WorkflowResult } from '../helpers/engine';
import type { WorkflowJson } from '../helpers/engine/workflow';
import { picture } from '../helpers/pictures';
import { FAULTS } from './faults';
import type { ItemHistory } from './unreliableServer';
import { leadsTo, workflowNode } from '../helpers/workflowNode';

/** One execution of many items. */
export interface Round {
	operation: 'generate' | 'edit';
	prompts: string[];
	result: WorkflowResult;
}

/** Trigger → the node under test → the node that counts listeners. */
export function countedWorkflow(settings: Partial<INode>): WorkflowJson {
	const names = ['Start', 'AI Images', 'Listeners'];
	return {
		nodes: [
			workflowNode('Start', 'n8n-nodes-base.manualTrigger'),
			workflowNode('AI Images', 'n8n-nodes-ai-images.aiImages', {
				...settings,
				credentials: { aiImagesApi: { id: '1', name: 'AI Images account' } },
			}),
			workflowNode('Listeners', 'test.listeners'),
		],
		connections: Object.fromEntries(
			names.slice(1).map((name, index) => [names[index]!, leadsTo(name)]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/** An execution of many items, of which each has a picture. */
export async function runRound(
	engine: Engine,
	apiUrl: string,
	operation: Round['operation'],
	prompts: string[],
	timeoutOf: (prompt: string) => number,
): Promise<Round> {
	const data = { data: await picture(), mimeType: 'image/png', fileName: 'in.png' };
	const parameters = {
		...{ operation, model: 'gpt-image-2.5-flare', prompt: '={{ $json.prompt }}' },
		options: { parallelRequests: 16, timeout: '={{ $json.timeout }}', simplify: false },
	};
	const result = await engine.runWorkflowJson(
		countedWorkflow({ parameters, onError: 'continueRegularOutput' }),
		{
			items: prompts.map((prompt) => ({
				json: { prompt, timeout: timeoutOf(prompt) },
				binary: { data },
			})),
			credentials: { aiImagesApi: { apiKey: 'sk-soak', baseUrl: apiUrl } },
		},
	);
	return { operation, prompts, result };
}

/**
 * Expects that every item was returned once, with the outcome of its last request, and that it reports
 * as many attempts as the server counted.
 * @returns the attempts of all items
 */
export async function expectAccounts(
	{ prompts, result }: Round,
	histories: ReadonlyMap<string, ItemHistory>,
): Promise<number> {
	expect([result.status, result.error]).toEqual(['success', undefined]);
	const items = result.outputsOf('AI Images').flat();
	const order = items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
	expect(order).toEqual(prompts.map((_, index) => index));
	let sum = 0;
	for (const [index, prompt] of prompts.entries()) {
		const item = items[index]!;
		const history = histories.get(prompt);
		const story = [prompt, ...(history?.faults ?? [])].join(' → ');
		const last = FAULTS[history?.faults.at(-1) ?? ''];
		const files = Object.keys(item.binary ?? {});
		const outcome = { story, outcome: item.json.error ? 'error' : 'image', files };
		const expected = last?.outcome === 'image' ? ['data'] : [];
		expect(outcome).toEqual({ story, outcome: last?.outcome, files: expected });
		if (files.length) expect((await result.binary(item)).equals(history!.image)).toBe(true);
		const earlier = history!.faults.slice(0, -1).map((fault) => FAULTS[fault]?.outcome);
		expect([story, ...earlier]).toEqual([story, ...earlier.map(() => 'retried')]);
		expect([story, attemptsOf(item)]).toEqual([story, history!.faults.length]);
		sum += history!.faults.length;
	}
	return sum;
}

/** The names of the files that an execution still needs: its inputs, and what it has made. */
export function filesOf({ result }: Pick<Round, 'result'>): string[] {
	const items = Object.values(result.runData)
		.flat()
		.flatMap(({ data }) => data?.main?.flat() ?? []);
	const ids = items.flatMap((item) => Object.values(item?.binary ?? {}).map(({ id }) => id ?? ''));
	return [...new Set(ids.map((id) => id.split('/').at(-1) ?? ''))];
}

function attemptsOf({ json }: INodeExecutionData): unknown {
	return json.error ? (json.details as { attempts?: number }).attempts : json.attempts;
}
