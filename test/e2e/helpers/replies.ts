import { picture } from '../../helpers/pictures';
import type { Call, Reply } from './api';

/** Answers with a JSON body. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
	return async (call, response) => {
		await call.read();
		response
			.writeHead(status, { 'content-type': 'application/json', ...headers })
			.end(JSON.stringify(body));
	};
}

/** A refusal that a repetition would get again. */
export const refuse = json(
	{
		error: {
			message: 'Rejected.',
			type: 'image_generation_user_error',
			code: 'moderation_blocked',
		},
	},
	400,
);

/** The prompt of a request, JSON or multipart. */
export async function promptOf(call: Call): Promise<string> {
	const body = String(await call.read());
	if (body.startsWith('{')) return JSON.parse(body).prompt;
	return /name="prompt"\r\n\r\n([^\r]*)/.exec(body)?.[1] ?? '';
}

/** A server that sells pictures of which no two are the same, and keeps what it has sold. */
export function painter() {
	const sold: Array<{ prompt: string; image: Buffer }> = [];
	const paint: Reply = async (call, response) => {
		const image = await picture({ colour: `#${(sold.length + 1).toString(16).padStart(6, '0')}` });
		sold.push({ prompt: await promptOf(call), image });
		const data = [{ b64_json: image.toString('base64') }];
		await json({ created: 1_760_000_000, data })(call, response);
	};
	return {
		sold,
		paint,
		/** Refuses prompts with "bad" in them as often as given, then sells. */
		failing(times: number): Reply {
			let left = times;
			return async (call, response) => {
				const isBad = (await promptOf(call)).includes('bad');
				await (isBad && left-- > 0 ? refuse : paint)(call, response);
			};
		},
		imageOf: (prompt: string) => sold.findLast((sale) => sale.prompt === prompt)?.image,
	};
}
