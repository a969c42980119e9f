import type { WorkflowHost } from './host';
import { useNeighbor, type Visit } from './neighbor';
import { until } from './until';

const TOKEN = '7000:workflows';

/** What the bot has sent: the text fields of its message, and its photo. */
export interface Message {
	readonly fields: Record<string, string>;
	readonly photo?: Buffer;
}

export interface Telegram {
	/** The file of every photo that a user sends. */
	photo: Buffer;
	/** Delivers an update to the webhook that the bot has set, as Telegram does. */
	deliver(message: object): Promise<void>;
	/** Waits until the bot has sent so many messages in this test. */
	messages(count: number): Promise<Message[]>;
}

/** Telegram's Bot API, as far as the workflows use it (https://core.telegram.org/bots/api). */
export function useTelegram(host: WorkflowHost): Telegram {
	let hook: { url: string; secret_token: string } | undefined;
	const server = useNeighbor(({ route, body }) => {
		const method = /^(?:GET|POST) \/(?:file\/)?bot7000:workflows\/(.*)$/.exec(route)?.[1];
		if (method === 'photos/file_1.jpg') return { file: telegram.photo, type: 'image/jpeg' };
		if (method === 'getFile') return ok({ file_path: 'photos/file_1.jpg' });
		if (method === 'getWebhookInfo') return ok({ url: '' });
		if (method === 'setWebhook') hook = JSON.parse(String(body));
		return method ? ok(method.startsWith('send') ? { message_id: 1 } : true) : undefined;
	});
	beforeAll(async () => {
		const data = { accessToken: TOKEN, baseUrl: server.url };
		await host.credential('Telegram account', 'telegramApi', data);
	});
	const telegram: Telegram = {
		photo: Buffer.alloc(0),
		async deliver(message) {
			const { url, secret_token: secret } = await until('webhook of the bot', () => hook);
			const response = await fetch(url, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'x-telegram-bot-api-secret-token': secret,
				},
				body: JSON.stringify({ update_id: 1, message }),
			});
			expect(response.status).toBe(200);
		},
		async messages(count) {
			const sent = () => server.visitsOf(/\/send(?:Photo|Message)$/);
			await until(`message ${count} of the bot`, () => sent().length >= count);
			return await Promise.all(sent().map(readMessage));
		},
	};
	return telegram;
}

const ok = (result: unknown) => ({ json: { ok: true, result } });

async function readMessage({ headers, body }: Visit): Promise<Message> {
	if (headers['content-type'] === 'application/json') return { fields: JSON.parse(String(body)) };
	const type = { 'content-type': headers['content-type'] ?? '' };
	const form = await new Response(new Uint8Array(body), { headers: type }).formData();
	const entries = [...form.entries()];
	const fields = Object.fromEntries(
		entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
	);
	const file = form.get('photo');
	return file instanceof File
		? { fields, photo: Buffer.from(await file.arrayBuffer()) }
		: { fields };
}
