import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { CallFailure, orFailure, type RetryHint } from '../errors';
import { accessOf } from '../transport/credential';
import { Blocked } from '../transport/failures';
import type { AttemptLimits } from '../transport/repeatDownload';
import { download, type Answer, type Download } from '../transport/send';
import { untilComplete } from './cutOff';
import { failureOf } from './failure';
import { limited, TooLarge } from './limits';

/** How an image behind a link is downloaded. */
export interface LinkAccess extends AttemptLimits {
	/** For links to the API's own server that want the key. */
	readonly credentials: ICredentialDataDecryptedObject;
	/** Bytes that the image may have. */
	readonly largest: number;
	/** A file that is not complete is better than none. */
	readonly takesCutOff: boolean;
}

/** A file that is being downloaded. */
export type OpenedFile = Pick<Answer, 'body' | 'toStream'>;

/**
 * Opens an image that an answer only links to.
 *
 * @param link as the server gave it; may be relative to the API's address
 * @returns the bytes as they arrive, which may end with a CallFailure too
 * @throws CallFailure whose hint tells whether to repeat it, ExecutionCanceled
 */
export async function openLink(
	context: IExecuteFunctions,
	link: string,
	access: LinkAccess,
): Promise<OpenedFile> {
	const { baseURL } = accessOf(access.credentials);
	const url = URL.canParse(link, baseURL) ? new URL(link, baseURL) : null;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new CallFailure(
			'The image was made, but the server’s link to it is no address of the web',
			'Ask the operator of the server',
			{},
			{ isDeadLink: true, isFinal: true },
		);
	}
	const { timeout, longestSilence, largest } = access;
	const limits = { timeout, longestSilence };
	try {
		const answer =
			url.origin === new URL(baseURL).origin
				? await downloadFromApi(context, { ...limits, url: url.href }, access.credentials)
				: await download(context, { ...limits, url: url.href });
		const { body } = await successful(answer, url.host, largest);
		const whole = access.takesCutOff ? body : untilComplete(body, () => cutOff(url.host));
		return { body: explained(whole), toStream: answer.toStream };
	} catch (error) {
		throw notFetched(error);
	}
}

/**
 * Downloads from the API's own server, which may want its key for that. Redirects are followed
 * without it, wherever they lead.
 */
async function downloadFromApi(
	context: IExecuteFunctions,
	file: Download,
	credentials: ICredentialDataDecryptedObject,
): Promise<Answer> {
	let answer = await download(context, { ...file, isDirect: true });
	const hasKey = Object.keys(accessOf(credentials).headers).length > 0;
	if (hasKey && [401, 403].includes(answer.status)) {
		await pass(answer);
		answer = await download(context, { ...file, isDirect: true, credentials });
	}
	const location = answer.header('location');
	const isRedirect = answer.status >= 300 && answer.status <= 399 && location !== '';
	if (!isRedirect || !URL.canParse(location, file.url)) return answer;
	await pass(answer);
	return await download(context, { ...file, url: new URL(location, file.url).href });
}

/** Passes over a body, which would hold its connection open. */
async function pass(answer: Answer): Promise<void> {
	await failureOf(answer);
}

async function* explained(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	try {
		yield* body;
	} catch (error) {
		throw notFetched(error);
	}
}

function notFetched(error: unknown): CallFailure {
	const failure = orFailure(error);
	const { message, nextStep, details, hint } = failure;
	const isOurs = failure instanceof TooLarge || failure instanceof Blocked;
	const { retryAfter, isCutOff } = hint;
	return new CallFailure(
		`The image was made, but its link cannot be downloaded: ${message}`,
		isOurs ? nextStep : LINKS_EXPIRE,
		details,
		isOurs ? {} : { retryAfter, isCutOff, ...fateOf(details) },
	);
}

const LINKS_EXPIRE =
	'Links expire, and n8n has to be able to reach them. If the server can, ask for Response Format “Inside the Answer” under Options';

/** What a failure tells of later attempts. */
function fateOf({ status, code = '' }: CallFailure['details']): RetryHint {
	if (status === undefined) return { isTemporary: !CERTIFICATE_CODE.test(code) };
	const isBusy = [408, 425, 429].includes(status) || status >= 500;
	return {
		// Fresh links answer so until the file has reached the store.
		isTemporary: isBusy || status === 403 || status === 404,
		isDeadLink: !isBusy,
	};
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODE =
	/CERT|CRL_|^SELF_SIGNED|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/;

function cutOff(host: string): CallFailure {
	return new CallFailure(`The file from ${host} is not complete`, '', {}, { isCutOff: true });
}

/** The failure of a link that leads to something else, such as a page that asks to wait. */
export function notAnImage(): CallFailure {
	return new CallFailure(
		'The image was made, but its link leads to something that is no image',
		LINKS_EXPIRE,
		{},
		{ isTemporary: true, isDeadLink: true },
	);
}

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
	const answer = await download(context, { url, timeout });
	yield* (await successful(answer, new URL(url).host, largest)).body;
}

/** @throws CallFailure unless the file is there */
async function successful(
	answer: Answer,
	host: string,
	largest: number,
): Promise<{ body: AsyncIterable<Buffer> }> {
	const { status, body } = answer;
	if (status < 200 || status > 299) {
		// Reading it closes the connection, which a body that nobody reads would hold open.
		const { nextStep, hint } = await failureOf(answer);
		throw new CallFailure(`${host} answers with status ${status}`, nextStep, { status }, hint);
	}
	return { body: limited(body, largest, (limit) => new TooLarge(`The file from ${host}`, limit)) };
}
