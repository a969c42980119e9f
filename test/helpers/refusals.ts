import type { INodeParameters } from 'n8n-workflow';

import type { Engine, InputItem } from './engine';
import type { ImagesApi } from './imagesApi';

/** An item that must not be sent. */
export interface Refusal {
	parameters: INodeParameters;
	items?: InputItem[];
	/** All of its problems: the first is the message, the others follow in the description. */
	problems: RegExp[];
}

/** Runs it with and without *Continue* and expects that the problems are reported and nothing is sent. */
export async function expectRefusal(
	engine: Engine,
	api: ImagesApi,
	{ parameters, items, problems }: Refusal,
): Promise<void> {
	const request = { parameters, items, credentials: api.credentials };
	const expected = problems.map((problem) => expect.stringMatching(problem));

	const stopped = await engine.runWorkflow(request);
	const { message, description } = stopped.error ?? {};
	expect(stopped.error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
	const lines = (description ?? '').split('\n');
	expect(lines.every((line) => line.endsWith('.'))).toBe(true);
	expect([message, ...lines.map((line) => line.slice(0, -1))]).toEqual([
		...expected,
		'No request was sent; you were not billed',
	]);

	const continued = await engine.runWorkflow({ ...request, onError: 'continueRegularOutput' });
	expect(continued.outputs[0]).toMatchObject([
		{
			json: {
				message: 'No request was sent; you were not billed',
				details: { problems: expected },
			},
		},
	]);
	expect(api.requests).toEqual([]);
}
