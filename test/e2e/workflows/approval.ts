import sharp from 'sharp';
import type { WorkflowHost } from './host';
import { promptsOf } from './requests';
import type { Message, Telegram } from './telegram';
import { untilForm } from './until';

export function approval(host: WorkflowHost, telegram: Telegram): void {
	/** Presses the button of a message and fills in the form behind it. */
	async function decide(message: Message | undefined, decision: string, change = '') {
		const { inline_keyboard: rows } = JSON.parse(message?.fields.reply_markup ?? '{}');
		const form = new FormData();
		form.set('field-0', decision);
		form.set('field-1', change);
		const { url } = rows[0][0];
		await untilForm(url);
		const response = await fetch(url, { method: 'POST', body: form });
		expect(response.status).toBe(200);
	}

	it('publishes only what a person has approved, and edits what that person wants changed', async () => {
		await host.imageCredential('OpenAI', 'openai');
		const settings = { approver: '42', channel: '@vegetables', subject: 'A pumpkin' };
		const workflow = await host.load('schedule-with-approval', { settings });
		const id = await host.n8n.running.client.run(workflow, 'Every Monday');

		await decide((await telegram.messages(1))[0], 'Change', 'Make it orange');
		await decide((await telegram.messages(2))[1], 'Approve');
		const [draft, changed, published] = await telegram.messages(3);
		expect((await host.n8n.finished(id)).status).toBe('success');

		expect([draft, changed, published].map((message) => message?.fields.chat_id)).toEqual([
			'42',
			'42',
			'@vegetables',
		]);
		expect(published?.photo).toEqual(changed?.photo);
		expect(published?.photo).not.toEqual(draft?.photo);
		const { format, width, height } = await sharp(published?.photo).metadata();
		expect([format, width, height]).toEqual(['jpeg', 1024, 1024]);
		expect(promptsOf(await host.billed())).toEqual([
			expect.stringMatching(/^Picture of the week: A pumpkin\. It is week \d+ of the year\.$/),
			'Make it orange',
		]);
	});

	it('publishes nothing that a person has rejected', async () => {
		const workflow = await host.load('schedule-with-approval', { settings: { approver: '42' } });
		const id = await host.n8n.running.client.run(workflow, 'Every Monday');
		await decide((await telegram.messages(1))[0], 'Reject');
		expect((await host.n8n.finished(id)).status).toBe('success');
		expect(await telegram.messages(1)).toHaveLength(1);
		expect(await host.billed()).toHaveLength(1);
	});
}
