import sharp from 'sharp';
import { picture } from '../../helpers/pictures';
import type { WorkflowHost } from './host';
import { partsOf, promptsOf } from './requests';
import type { Telegram } from './telegram';

export function telegramBot(host: WorkflowHost, telegram: Telegram): void {
	const from = { message_id: 5, chat: { id: 4711 }, from: { id: 4711 } };

	it('makes, edits, explains, and says why there is no image', async () => {
		telegram.photo = await picture({ width: 320, height: 240, format: 'jpeg' });
		await host.imageCredential('OpenAI', 'openai');
		await host.n8n.publish(await host.load('telegram-image-bot'));

		await telegram.deliver({ ...from, text: 'A hedgehog in a teacup' });
		await telegram.messages(1);
		const files = [{ file_id: 'small' }, { file_id: 'medium' }, { file_id: 'large' }];
		await telegram.deliver({ ...from, photo: files, caption: 'Add snow' });
		await telegram.messages(2);
		await telegram.deliver({ ...from, text: '/start' });
		await telegram.messages(3);
		await telegram.deliver({ ...from, photo: files });
		const sent = await telegram.messages(4);

		expect(sent.map(({ fields }) => String(fields.chat_id))).toEqual(Array(4).fill('4711'));
		const made = await Promise.all(sent.slice(0, 2).map(({ photo }) => sharp(photo).metadata()));
		// An edit keeps the ratio of the photo.
		expect(made.map(({ format, width, height }) => `${format} ${width}x${height}`)).toEqual([
			'jpeg 1024x1024',
			'jpeg 1168x880',
		]);
		expect(sent[2]!.fields.text).toMatch(/^Send me a text/);
		expect(sent[3]!.fields.text).toMatch(/'Prompt' is empty/);

		const billed = await host.billed();
		expect(billed.map(({ path }) => path)).toEqual(['/v1/images/generations', '/v1/images/edits']);
		expect(promptsOf(billed)).toEqual(['A hedgehog in a teacup', 'Add snow']);
		expect(partsOf(billed[1]!.fields, 'image').map(({ bytes }) => bytes)).toEqual([
			telegram.photo.length,
		]);
	});
}
