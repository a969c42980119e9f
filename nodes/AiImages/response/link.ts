import type { IExecuteFunctions } from 'n8n-workflow';
import { CallFailure, orFailure } from '../errors';
import { Blocked } from '../transport/failures';
import { download } from '../transport/send';
import { failureOf } from './failure';
import { limited, TooLarge } from './limits';

/**
 * Opens an image that an answer only links to.
 *
 * @param link as the server gave it; may be relative to the API's address
 * @param timeout milliseconds
 * @param largest bytes that the image may have
 * @returns the bytes as they arrive, which may end with a CallFailure too
 * @throws CallFailure, ExecutionCanceled
 */
export async function* fetchLink(
	context: IExecuteFunctions,
	link: string,
	baseUrl: string,
	timeout: number,
	largest: number,
): AsyncGenerator<Buffer> {
	const url = URL.canParse(link, baseUrl) ? new URL(link, baseUrl) : null;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new CallFailure(
			'The image was made, but the server’s link to it is no address of the web',
			'Ask the operator of the server',
		);
	}
	try {
		yield* fetchFile(context, url.href, timeout, largest);
	} catch (error) {
		throw notFetched(error);
	}
}

function notFetched(error: unknown): Error {
	const { message, nextStep, details, hint } = orFailure(error);
	return new CallFailure(
		`The image was made, but its link cannot be downloaded: ${message}`,
		error instanceof TooLarge || error instanceof Blocked ? nextStep : LINKS_EXPIRE,
		details,
		hint,
	);
}

const LINKS_EXPIRE =
	'Links expire, and n8n has to be able to reach them. If the server can, ask for Response Format “Inside the Answer” under Options';

/**
 * Downloads a file, without credentials.
 *
 * @param url an http(s) address
 * @param timeout milliseconds
 * @param largest bytes that it may have
 * @throws CallFailure, ExecutionCanceled
 */
export async function* fetchFile(
	context: IExecuteFunctions,
	url: string,
	timeout: number,
	largest: number,
): AsyncGenerator<Buffer> {
	const answer = await download(context, url, timeout);
	const { host } = new URL(url);
	if (answer.status < 200 || answer.status > 299) {
		// Reading it closes the connection, which a body that nobody reads would hold open.
		const { nextStep, hint } = await failureOf(answer);
		const { status } = answer;
		throw new CallFailure(`${host} answers with status ${status}`, nextStep, { status }, hint);
	}
	yield* limited(answer.body, largest, (limit) => new TooLarge(`The file from ${host}`, limit));
}
