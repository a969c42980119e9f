import type { Reply } from './imagesApi';
import { imageResponse, json, promptOf } from './imagesApi';
import { partsOf, textsOf } from './multipart';
import { picture } from './pictures';
import type { RecordedRequest } from './recordingServer';

/** The prompt of a request in either form. */
export function promptOfAny(request: RecordedRequest): string {
	if (request.headers['content-type'] === 'application/json') return promptOf(request);
	return Object.fromEntries(textsOf(partsOf(request))).prompt ?? '';
}

/** Gives the requests for each prompt one reply after the other, the last one again and again. */
export function inTurn(...replies: Reply[]): Reply {
	const counts = new Map<string, number>();
	return async (request, response) => {
		const prompt = promptOfAny(request);
		const count = counts.get(prompt) ?? 0;
		counts.set(prompt, count + 1);
		await replies[Math.min(count, replies.length - 1)]?.(request, response);
	};
}

/** Responds with a new image. */
export const newImage: Reply = async (request, response) =>
	await json(imageResponse(await picture()))(request, response);

/** An error response as OpenAI sends it. */
export function refusal(
	status: number,
	error: { message?: string; code?: string; type?: string; param?: string } = {},
	headers: Record<string, string> = {},
): Reply {
	return json(
		{ error: { message: 'No.', type: null, param: null, code: null, ...error } },
		status,
		headers,
	);
}
