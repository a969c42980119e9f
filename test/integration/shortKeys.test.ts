import type { INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { imageResponse, json, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';

const engine = useEngine();
const api = useImagesApi();

const parameters: INodeParameters = { operation: 'generate', prompt: 'A cat' };
const run = async (reply: Reply, apiKey: string) => {
	api.reply(reply);
	const credentials = { ...api.credentials, apiKey };
	return await engine.runWorkflow({
		parameters,
		credentials,
		onError: 'continueRegularOutput',
	});
};

/** An image with what the model made of the prompt. */
const revised = async (prompt: string) => {
	const [image] = imageResponse(await picture()).data;
	return json({ data: [{ ...image, revised_prompt: prompt }] });
};

describe('a key that is a word', () => {
	it.each(['A localised map', 'A map of the local harbour'])(
		'changes nothing of what an item shows: %s',
		async (prompt) => {
			const { outputs } = await run(await revised(prompt), 'local');
			expect(outputs[0]![0]!.json.revisedPrompt).toBe(prompt);
		},
	);

	it('is removed from errors where it is a separate word', async () => {
		const message = 'The key "local" is wrong, says localhost, which is localised';
		const code = 'key local';
		const refusal = json({ error: { message, code, type: 'local' } }, 401);
		const { outputs } = await run(refusal, 'local');
		expect(outputs[0]![0]!.json).toMatchObject({
			error: 'The key "***" is wrong, says localhost, which is localised',
			details: { code: 'key ***', type: '***' },
		});
	});
});

it('a key of eight characters is removed from everything', async () => {
	const { outputs } = await run(await revised('A map, localkeyed'), 'localkey');
	expect(outputs[0]![0]!.json.revisedPrompt).toBe('A map, ***ed');
});
