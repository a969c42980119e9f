import type { ChatModel } from '../agent/chatModel';
import type { WorkflowHost } from './host';
import { promptsOf } from './requests';
import { untilPage } from './until';

/** Of Chat in the workflow. */
const CHAT = '5c2f4a0e-3007-4d71-9a54-6f1f3f0a0007';

export function imageAgent(host: WorkflowHost, model: ChatModel): void {
	async function say(chatInput: string): Promise<string> {
		const url = `${host.n8n.running.url}/webhook/${CHAT}/chat`;
		await untilPage(url);
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 'session-1', chatInput }),
		});
		return ((await response.json()) as { output: string }).output;
	}

	it('makes an image, and edits it later in the chat', async () => {
		await host.imageCredential('FLUX.2', 'blackForestLabs');
		await host.n8n.publish(await host.load('image-agent-in-chat'));

		// The first request makes an image, later ones edit the last.
		model.follow(({ messages }, read) => {
			if (read !== undefined) {
				const [{ imageUrl }] = JSON.parse(read);
				return { say: `Here it is: ![image](${imageUrl})` };
			}
			const prompt = String(messages.at(-1)?.content);
			const earlier = messages.findLast(({ role }) => role === 'assistant')?.content;
			const imageUrl = /\((http[^)]+)\)/.exec(String(earlier))?.[1];
			return imageUrl
				? { use: 'Edit_Image', with: { prompt, imageUrl } }
				: { use: 'Generate_Image', with: { prompt, size: '1344x768' } };
		});
		const answers = [await say('A fox in the snow'), await say('Make it night')];
		for (const answer of answers) {
			expect(answer).toMatch(/^Here it is: !\[image\]\(http:\/\/127\.0\.0\.1:\d+\/files\/img-/);
		}
		expect(answers[0]).not.toBe(answers[1]);
		const offered = model.requests[0]!.tools.map((tool) => tool.function.name);
		expect(offered.sort()).toEqual(['Edit_Image', 'Generate_Image']);
		const billed = await host.billed();
		expect(billed.map(({ path }) => path)).toEqual(['/bfl/v1/flux-2-pro', '/bfl/v1/flux-2-pro']);
		expect(promptsOf(billed)).toEqual(['A fox in the snow', 'Make it night']);
		expect(billed[0]!.fields).toMatchObject({ width: 1344, height: 768 });
		expect(billed[1]!.fields).toHaveProperty('input_image');
	});
}
