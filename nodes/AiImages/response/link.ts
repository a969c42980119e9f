import type { IExecuteFunctions } from 'n8n-workflow';
import { CallFailure, orFailure } from '../errors';
import { download } from '../transport/send';
import { failureOf } from './failure';

/**
 * Downloads an image that an answer only links to.
 *
 * @param link as the server gave it; may be relative to the API's address
 * @param timeout milliseconds
 * @throws CallFailure, ExecutionCanceled
 */
export async function fetchLink(
	context: IExecuteFunctions,
	link: string,
	baseUrl: string,
	timeout: number,
): Promise<Buffer> {
	const url = URL.canParse(link, baseUrl) ? new URL(link, baseUrl) : null;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new CallFailure(
			'The image was made, but the server’s link to it is no address of the web',
			'Ask the operator of the server',
		);
	}
	return await fetchFile(context, url.href, timeout).catch((error: unknown) => {
		const { message, details } = orFailure(error);
		throw new CallFailure(
			`The image was made, but its link cannot be downloaded: ${message}`,
			LINKS_EXPIRE,
			details,
		);
	});
}

const LINKS_EXPIRE =
	'Links expire, and n8n has to be able to reach them. If the server can, ask for Response Format “Inside the Answer” under Options';

/**
 * Downloads a file, without credentials.
 *
 * @param url an http(s) address
 * @param timeout milliseconds
 * @throws CallFailure, ExecutionCanceled
 */
export async function fetchFile(
	context: IExecuteFunctions,
	url: string,
	timeout: number,
): Promise<Buffer> {
	const answer = await download(context, url, timeout);
	if (answer.status < 200 || answer.status > 299) {
		// Reading it closes the connection, which a body that nobody reads would hold open.
		const { nextStep } = await failureOf(answer);
		const { status } = answer;
		throw new CallFailure(`${new URL(url).host} answers with status ${status}`, nextStep, {
			status,
		});
	}
	const pieces: Buffer[] = [];
	let length = 0;
	for await (const piece of answer.body) {
		pieces.push(piece);
		length += piece.length;
		if (length > LARGEST_FILE) {
			throw new CallFailure(
				`${new URL(url).host} sends more than ${LARGEST_FILE / 1_048_576} MB`,
				'That is no image of a usual size. Check where the link leads',
			);
		}
	}
	return Buffer.concat(pieces);
}

/** Bytes; ten times the largest image that the models make, and five times what they take. */
const LARGEST_FILE = 256 * 1_048_576;
