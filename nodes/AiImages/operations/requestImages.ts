import type { IExecuteFunctions } from 'n8n-workflow';
import { CallFailure, orFailure } from '../errors';
import { imagesAskedFor, previewsAskedFor } from '../request/split';
import { withoutUnsupported } from '../request/unsupported';
import type { ValidRequest } from '../request/validate';
import { decode, ofAnswer, type Limits } from '../response/decode';
import type { Decoded, ImageStore, Keep } from '../response/entries';
import { failureOf } from '../response/failure';
import { isSameFile, isSameImage, keepImage } from '../response/keep';
import { withRetries } from '../transport/retry';
import { send, type Answer } from '../transport/send';
import type { Turn } from '../transport/turn';
import { OPERATIONS } from './index';
import type { Names } from './names';
import type { Part } from './parts';
import type { NamedImage } from './result';

/** A successful response, read to its end. */
export interface Response {
	/** What was sent in the end. */
	readonly request: ValidRequest;
	readonly answer: Answer;
	readonly decoded: Decoded<NamedImage>;
	readonly warnings: readonly string[];
}

interface Means {
	readonly context: IExecuteFunctions;
	/** Begins before each attempt; after a success it goes on until the caller ends it. */
	readonly turn: Turn;
	readonly names: Names;
	/** Called before each attempt. */
	count(): void;
}

/**
 * Sends a request until a response brings images, which are stored while it arrives: again after
 * refusals that cannot have been billed, and without parameters that the server does not know.
 *
 * @throws CallFailure, ExecutionCanceled, NeverSent
 */
export async function requestImages(part: Part, means: Means): Promise<Response> {
	const { context, turn } = means;
	const { operation, settings } = part.request;
	const { path, encode } = OPERATIONS[operation];
	const { timeout, maxRetryWait, retryServerErrors } = settings;
	const { credentials } = part.job;
	const warnings: string[] = [];
	let request = part.request;

	const attempt = async (): Promise<Response> => {
		await turn.begin(imagesAskedFor(request));
		const body = await encode(request);
		means.count();
		const answer = await send(context, { ...body, path, credentials, timeout });
		const store = new ResponseStore(answer, request, means);
		const outcome = isSuccess(answer)
			? await readImages(answer, store, limitsOf(part.request)).catch(orFailure)
			: await failureOf(answer).catch((error: unknown) => {
					// The connection stood, whatever its end is called.
					throw final(orFailure(error));
				});
		if (!(outcome instanceof CallFailure)) {
			turn.succeeded();
			return { request, answer, decoded: outcome, warnings };
		}
		const failure = isRefusal(outcome, answer, store) ? outcome : final(outcome);
		turn.failed(failure);
		const reduced = store.hasBegun ? null : withoutUnsupported(request, failure);
		if (!reduced) throw failure;
		request = reduced.request;
		warnings.push(reduced.warning);
		turn.end();
		return await attempt();
	};
	return await withRetries(
		attempt,
		{ maxWait: maxRetryWait, serverErrors: retryServerErrors },
		{
			random: () => Math.random(),
			pause: async (wait, failure) => await turn.pause(wait, failure),
		},
	);
}

function isSuccess({ status }: Answer): boolean {
	return status >= 200 && status <= 299;
}

/** Behind a successful status, only a rate limit that came before any image was never billed. */
function isRefusal({ hint }: CallFailure, answer: Answer, { hasBegun }: ResponseStore): boolean {
	return !isSuccess(answer) || (Boolean(hint.isRateLimit) && !hasBegun);
}

function final({ message, nextStep, details }: CallFailure): CallFailure {
	return new CallFailure(message, nextStep, details, { isFinal: true });
}

/** @throws CallFailure if none came */
async function readImages(
	answer: Answer,
	store: ResponseStore,
	limits: Limits,
): Promise<Response['decoded']> {
	const decoded = await decode(answer, store, limits);
	const { entries, failure } = decoded;
	const isEmpty = !entries.some((entry) => entry.image ?? (entry.link && !entry.failure));
	if (!isEmpty) return decoded;
	const own = entries.flatMap((entry) => entry.failure ?? [])[0];
	throw ofAnswer(own ?? failure ?? noImage(), answer);
}

/** The failure of a result that is none. */
export function noImage(): CallFailure {
	return new CallFailure(
		'The server reported success, but what it sent is no image',
		'Check whether the model makes images, or ask the operator of the server. The call may have been billed',
	);
}

/** Stores the images of one response. */
class ResponseStore implements ImageStore<NamedImage> {
	/** An image has begun to arrive: the call is billed. */
	hasBegun = false;

	constructor(
		private readonly answer: Answer,
		private readonly request: ValidRequest,
		private readonly means: Means,
	) {}

	readonly keep: Keep<NamedImage> = async (bytes, expected) => {
		this.hasBegun ||= !expected.mustTellSize;
		if (expected.isPreview && previewsAskedFor(this.request) === 0) return null;
		const { context, names } = this.means;
		const stem = names.of(expected);
		const image = await keepImage(context, bytes, stem, this.answer.toStream, expected);
		this.hasBegun ||= image !== null;
		return image && { ...image, namedAs: names.positionOf(expected) };
	};

	readonly isSame = async (one: NamedImage, other: NamedImage): Promise<boolean> =>
		await isSameImage(this.means.context, one, other);

	readonly isInput = async (image: NamedImage): Promise<boolean> => {
		const { images, mask, markup } = this.request;
		for (const file of [...images, mask, markup]) {
			const isSent = file !== null && !file.reference;
			if (isSent && (await isSameFile(this.means.context, image, file))) return true;
		}
		return false;
	};

	readonly isInputLink = (link: string): boolean =>
		this.request.images.some(
			({ reference }) => reference && 'image_url' in reference && reference.image_url === link,
		);
}

/** An answer may hold as many images as are wanted, and the previews of each. */
function limitsOf(wanted: ValidRequest): Limits {
	const { largestImage } = wanted.settings;
	const images = imagesAskedFor(wanted) * (1 + previewsAskedFor(wanted));
	// Base64 takes a third more.
	return { image: largestImage, answer: images * largestImage * 1.4 + ROOM_FOR_WORDS };
}

/** Bytes for what an answer holds beside its images. */
const ROOM_FOR_WORDS = 16_777_216;
