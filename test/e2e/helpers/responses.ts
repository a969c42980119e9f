import { numberedPicture } from '../../helpers/pictures';
import type { Call, Reply } from './api';

/** Responds with a JSON body. */
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

/** A server that makes a different picture for each request and keeps them all. */
export function imageServer() {
	const made: Array<{ prompt: string; image: Buffer }> = [];
	const serveImage: Reply = async (call, response) => {
		const image = await numberedPicture(made.length + 1);
		made.push({ prompt: await promptOf(call), image });
		const data = [{ b64_json: image.toString('base64') }];
		await json({ created: 1_760_000_000, data })(call, response);
	};
	return {
		made,
		serveImage,
		/** Refuses prompts with "bad" in them the given number of times, then serves them. */
		failing(times: number): Reply {
			let left = times;
			return async (call, response) => {
				const isBad = (await promptOf(call)).includes('bad');
				await (isBad && left-- > 0 ? refuse : serveImage)(call, response);
			};
		},
		imageOf: (prompt: string) => made.findLast((entry) => entry.prompt === prompt)?.image,
	};
}
