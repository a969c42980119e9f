import { picture } from '../../helpers/pictures';
import { base64In } from '../agent/base64';
import type { ChatModel } from '../agent/chatModel';
import type { WorkflowHost } from './host';
import { partsOf, promptsOf } from './requests';
import { untilPage } from './until';

/** Of Chat in the workflow. */
const CHAT = '5c2f4a0e-3013-4d71-9a54-6f1f3f0a0013';

interface Result {
	binaryId?: string;
	error?: string;
}

export function agentWithFiles(host: WorkflowHost, model: ChatModel): void {
	async function say(chatInput: string, photo?: Buffer): Promise<string> {
		const url = `${host.n8n.running.url}/webhook/${CHAT}/chat`;
		await untilPage(url);
		const form = new FormData();
		const fields = { action: 'sendMessage', sessionId: 'session-1', chatInput };
		for (const [name, value] of Object.entries(fields)) form.set(name, value);
		const file = photo && new File([new Uint8Array(photo)], 'house.jpg', { type: 'image/jpeg' });
		if (file) form.append('files', file);
		const response = await fetch(url, { method: 'POST', body: form });
		const answer = (await response.json()) as { output: string };
		expect(Object.keys(answer)).toEqual(['output']);
		return answer.output;
	}

	it('edits a photo, edits the result in a later message, and makes a new image', async () => {
		await host.imageCredential('OpenAI', 'openai');
		await host.n8n.publish(await host.load('image-agent-with-files'));
		const photo = await picture({ width: 640, height: 480, format: 'jpeg' });

		model.follow((_, read) => {
			if (read !== undefined) return { say: 'The house at night.' };
			return { use: 'Edit_Image', with: { prompt: 'House at night', images: 'data0' } };
		});
		expect(await say('Make it night', photo)).toBe('The house at night.');
		const [user] = model.requests[0]!.messages.filter(({ role }) => role === 'user');
		expect(user?.content).toBe('Make it night\n\nUploaded images: data0 (house.jpg)');
		expect(await host.fileNames()).toEqual(['house-at-night-1.png']);
		const night = await host.read('house-at-night-1.png');

		model.follow(({ messages }, read) => {
			if (messages.at(-3)?.role === 'user' && read !== undefined) return { say: 'A full moon.' };
			const made = messages.findLast(({ role }) => role === 'tool')!;
			const [{ binaryId } = {}] = JSON.parse(String(made.content)) as Result[];
			const moon = { prompt: 'Full moon', images: binaryId, quality: 'high' };
			return { use: 'Edit_Image', with: moon };
		});
		expect(await say('Now add a full moon')).toBe('A full moon.');

		model.follow((_, read) => {
			if (read === undefined) {
				const wrong = { prompt: 'A fox', size: '1000x700', quality: 'low' };
				return { use: 'Generate_Image', with: wrong };
			}
			const [{ error } = {}] = JSON.parse(read) as Result[];
			if (!error) return { say: 'A fox.' };
			expect(error).toMatch(/^'Size' "1000x700" isn't supported/);
			return {
				use: 'Generate_Image',
				with: { prompt: 'A fox', size: '1536x1024', quality: 'low' },
			};
		});
		expect(await say('Draw a wide fox')).toBe('A fox.');

		model.follow(() => ({ say: 'You are welcome.' }));
		expect(await say('Thanks')).toBe('You are welcome.');

		expect(base64In(model.requests)).toEqual([]);
		const names = ['a-fox-1.png', 'full-moon-1.png', 'house-at-night-1.png'];
		expect(await host.fileNames()).toEqual(names);
		expect(await host.pictureOf('a-fox-1.png')).toBe('png 1536x1024');
		const billed = await host.billed();
		expect(promptsOf(billed)).toEqual(['House at night', 'Full moon', 'A fox']);
		const inputs = billed.flatMap(({ fields }) => partsOf(fields, 'image'));
		expect(inputs.map(({ bytes }) => bytes)).toEqual([photo.length, night.length]);
	});
}
