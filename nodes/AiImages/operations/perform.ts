import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { CallFailure } from '../errors';
import type { ValidRequest } from '../request/validate';
import { decode, type Entry } from '../response/decode';
import { failureOf } from '../response/failure';
import { toItem, warningsOf } from '../response/items';
import { keepImage, type StoredImage } from '../response/keep';
import { accessOf, withoutSecrets } from '../transport/credential';
import { download, send } from '../transport/send';
import { OPERATIONS } from './index';

/** A checked item with the credential that it is sent with. */
export interface Job {
	readonly request: ValidRequest;
	readonly credentials: ICredentialDataDecryptedObject;
	readonly itemIndex: number;
}

/**
 * Makes the images of one item: one request, and one output item per image.
 *
 * @throws CallFailure, ExecutionCanceled
 */
export async function perform(
	context: IExecuteFunctions,
	{ request, credentials, itemIndex }: Job,
): Promise<INodeExecutionData[]> {
	const { path, encode } = OPERATIONS[request.operation];
	const { timeout } = request;
	const started = performance.now();
	try {
		const encoded = await encode(request);
		const answer = await send(context, { ...encoded, path, credentials, timeout });
		if (answer.status < 200 || answer.status > 299) throw await failureOf(answer);

		let kept = 0;
		const keep = async (bytes: Buffer) =>
			await keepImage(context, bytes, fileStem(request, itemIndex, kept++));
		const { said, entries } = await decode(answer, keep);
		const { baseURL } = accessOf(credentials);
		const images: Array<StoredImage | null> = [];
		for (const entry of entries) {
			images.push(entry.image ?? (await fetchLink(context, entry, baseURL, timeout, keep)));
		}
		const found = images.flatMap((image, index) => (image ? [{ image, index }] : []));
		if (found.length === 0) throw noImage(answer.status);
		const missing = images.length - found.length;
		const warnings = warningsOf(request);
		if (missing) warnings.push(`${missing} of ${images.length} results were no image`);
		return found.map(({ image, index }) =>
			toItem(
				{
					request,
					index,
					image,
					entry: entries[index]?.said ?? {},
					answer: said,
					requestId: answer.header('x-request-id'),
					durationMs: Math.round(performance.now() - started),
					warnings,
				},
				itemIndex,
			),
		);
	} catch (error) {
		throw explained(error, request, credentials, performance.now() - started);
	}
}

type Keep = (bytes: Buffer) => Promise<StoredImage | null>;

/** Downloads an image that the answer only links to; null if the entry has no link either. */
async function fetchLink(
	context: IExecuteFunctions,
	{ link }: Entry<unknown>,
	baseUrl: string,
	timeout: number,
	keep: Keep,
): Promise<StoredImage | null> {
	if (!link) return null;
	if (!URL.canParse(link, baseUrl)) {
		throw new CallFailure('The server gave a link to the image that is no address', ASK_OPERATOR);
	}
	const answer = await download(context, new URL(link, baseUrl).href, timeout);
	if (answer.status < 200 || answer.status > 299) {
		// Reading it closes the connection, which a body that nobody reads would hold open.
		await failureOf(answer);
		throw new CallFailure(
			`The image was made, but its link answers with status ${answer.status}`,
			'Links expire. If the server can, ask for Response Format “Inside the Answer” under Options',
			{ status: answer.status },
		);
	}
	const pieces: Buffer[] = [];
	for await (const piece of answer.body) pieces.push(piece);
	return await keep(Buffer.concat(pieces));
}

const ASK_OPERATOR =
	'Check whether the model makes images, or ask the operator of the server. The call may have been billed';

function noImage(status: number): CallFailure {
	return new CallFailure(
		'The server reported success, but what it sent is no image',
		ASK_OPERATOR,
		{ status },
	);
}

/** `a-lighthouse-in-a-storm-3-2`: the prompt, the number of the item, that of the image. */
function fileStem({ values }: ValidRequest, itemIndex: number, index: number): string {
	const words = String(values.prompt)
		.toLowerCase()
		.normalize('NFKC')
		.replace(/[^\p{L}\p{N}]+/gu, '-');
	const short = [...words]
		.slice(0, 40)
		.join('')
		.replace(/^-+|-+$/g, '');
	const number = Number(values.n ?? 1) > 1 ? `${itemIndex + 1}-${index + 1}` : `${itemIndex + 1}`;
	return `${short || 'image'}-${number}`;
}

/** Says which call failed, and takes out what a server should not have repeated. */
function explained(
	error: unknown,
	{ model, operation }: ValidRequest,
	credentials: ICredentialDataDecryptedObject,
	durationMs: number,
): unknown {
	if (!(error instanceof CallFailure)) return error;
	return new CallFailure(withoutSecrets(error.message, credentials), error.nextStep, {
		...error.details,
		model,
		operation,
		durationMs: Math.round(durationMs),
	});
}
