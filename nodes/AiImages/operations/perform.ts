import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { CallFailure } from '../errors';
import { PRESENTATION } from '../fields/presentation';
import type { ValidRequest } from '../request/validate';
import { decode, type Entry } from '../response/decode';
import { failureOf } from '../response/failure';
import { toItem } from '../response/items';
import type { JsonRecord } from '../response/json';
import { keepImage, type StoredImage } from '../response/keep';
import { fetchLink } from '../response/link';
import { accessOf } from '../transport/credential';
import { send, type Answer } from '../transport/send';
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
		const fetchAndKeep = async (link: string) =>
			await keep(await fetchLink(context, link, baseURL, timeout));
		const { images, failures } = await collect(entries, fetchAndKeep);
		if (images.length === 0) throw withDetails(failures[0] ?? noImage(), answer);
		const facts = {
			model: request.model,
			operation: request.operation,
			answer: said,
			requestId: answer.header('x-request-id'),
			durationMs: Math.round(performance.now() - started),
			warnings: warningsOf(request, failures),
		};
		return images.map((found) =>
			toItem({ ...facts, ...found }, request.outputBinaryField, itemIndex),
		);
	} catch (error) {
		throw explained(error, request, performance.now() - started);
	}
}

interface Found {
	/** Position in the answer, from 0. */
	readonly index: number;
	readonly image: StoredImage;
	readonly entry: JsonRecord;
}

/** The images of an answer, those behind links included, and why others are missing. */
async function collect(
	entries: ReadonlyArray<Entry<StoredImage | null>>,
	fetchAndKeep: (link: string) => Promise<StoredImage | null>,
): Promise<{ images: Found[]; failures: CallFailure[] }> {
	const images: Found[] = [];
	const failures: CallFailure[] = [];
	for (const [index, { image, link, said }] of entries.entries()) {
		const stored = image ?? (link ? await fetchAndKeep(link).catch(orFailure) : null);
		if (stored instanceof CallFailure) failures.push(stored);
		else if (stored) images.push({ index, image: stored, entry: said });
		else failures.push(noImage());
	}
	return { images, failures };
}

/** One lost link must not lose the other images; everything else goes on being thrown. */
function orFailure(error: unknown): CallFailure {
	if (error instanceof CallFailure) return error;
	throw error;
}

function noImage(): CallFailure {
	return new CallFailure(
		'The server reported success, but what it sent is no image',
		'Check whether the model makes images, or ask the operator of the server. The call may have been billed',
	);
}

/** What the user should know although there are images. */
function warningsOf({ dropped, model }: ValidRequest, failures: readonly CallFailure[]): string[] {
	return [
		...dropped.map(
			(name) => `${PRESENTATION[name].displayName} was not sent: ${model} does not take it`,
		),
		...failures.map(({ message, nextStep }) => `An image is missing. ${message}. ${nextStep}`),
	];
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
	const several = index > 0 || Number(values.n ?? 1) > 1;
	return [short || 'image', itemIndex + 1, ...(several ? [index + 1] : [])].join('-');
}

/** The call to complain about: billed, and without an image. */
function withDetails({ message, nextStep, details }: CallFailure, answer: Answer): CallFailure {
	const requestId = answer.header('x-request-id') || undefined;
	return new CallFailure(message, nextStep, { status: answer.status, requestId, ...details });
}

/** Says which call failed. */
function explained(
	error: unknown,
	{ model, operation }: ValidRequest,
	durationMs: number,
): unknown {
	if (!(error instanceof CallFailure)) return error;
	return new CallFailure(error.message, error.nextStep, {
		...error.details,
		model,
		operation,
		durationMs: Math.round(durationMs),
	});
}
