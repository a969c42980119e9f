import type { INodeParameters } from 'n8n-workflow';

import { useShortestDelays } from '../helpers/clock';
import { useEngine } from '../helpers/engine';
import { useImagesApi, type Reply } from '../helpers/imagesApi';
import { inTurn, newImage, refusal } from '../helpers/responses';

const engine = useEngine();
const api = useImagesApi();

useShortestDelays();

const run = async (parameters: INodeParameters, options: INodeParameters = {}) =>
	await engine.runWorkflow({
		parameters: { model: 'gpt-image-2.5-flare', prompt: 'A cat', ...parameters, options },
		credentials: api.credentials,
	});

describe('a parameter that the server does not know', () => {
	/** Refuses bodies that name one of these. */
	const without =
		(...unknown: string[]): Reply =>
		async (request, response) => {
			const body = JSON.parse(request.body.toString('utf8'));
			const found = unknown.find((name) => name in body);
			const message = `Unknown parameter: '${found}'.`;
			const no = refusal(400, { message, code: 'unknown_parameter', param: found });
			await (found ? no : newImage)(request, response);
		};
	const bodies = () => api.requests.map(({ body }) => JSON.parse(body.toString('utf8')));
	const ownValue = { quality: 'auto' };
	const usersValue = { quality: 'high' };

	it('is left out, with a warning, where the editor filled it in', async () => {
		api.reply(without('quality'));
		const { error, outputs } = await run(ownValue);
		expect(error).toBeUndefined();
		const [first, second] = bodies();
		const { quality, ...others } = first;
		expect(quality).toBe('auto');
		expect(second).toEqual(others);
		expect(bodies()).toHaveLength(2);
		expect(outputs[0]![0]!.json).toMatchObject({
			attempts: 2,
			warnings: ["'Quality' was removed because the API doesn't support it"],
		});
	});

	it('is an error that names it where the user set it', async () => {
		api.reply(without('quality'));
		const { error } = await run(usersValue);
		expect(error).toMatchObject({
			message: "Unknown parameter: 'quality'.",
			description: expect.stringMatching(/parameter quality/),
		});
		expect(bodies()).toHaveLength(1);
	});

	it('is left out with Drop Unsupported Parameters even if the user set it', async () => {
		api.reply(without('quality', 'moderation'));
		const { error, outputs } = await run(usersValue, { dropUnsupported: true, moderation: 'low' });
		expect(error).toBeUndefined();
		expect(outputs[0]![0]!.json).toMatchObject({
			attempts: 3,
			warnings: [
				"'Quality' was removed because the API doesn't support it",
				"'Moderation' was removed because the API doesn't support it",
			],
		});
		expect(bodies()).toHaveLength(3);
	});

	it('fails the item if the server keeps refusing it', async () => {
		const message = "Unknown parameter: 'quality'.";
		api.reply(refusal(400, { message, code: 'unknown_parameter', param: 'quality' }));
		const { error } = await run(ownValue, { dropUnsupported: true });
		expect(error).toMatchObject({ message });
		expect(bodies()).toHaveLength(2);
	});

	it('stays left out after a rate limit, and both are counted', async () => {
		const heal = without('quality');
		api.reply(inTurn(heal, refusal(429), heal));
		const { error, outputs } = await run(ownValue);
		expect(error).toBeUndefined();
		expect(bodies().map((body) => 'quality' in body)).toEqual([true, false, false]);
		expect(outputs[0]![0]!.json).toMatchObject({
			attempts: 3,
			warnings: ["'Quality' was removed because the API doesn't support it"],
		});
	});
});
