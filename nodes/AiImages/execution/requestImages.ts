import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, asApiError } from '../errors';
import { requestedImages, requestedPreviews } from '../request/split';
import { withoutUnsupported } from './withoutUnsupported';
import type { ValidRequest } from '../request/validate';
import { decode, withResponseDetails, type ReadLimits } from '../response/decode';
import type { Decoded, ImageStore, StoreImage } from '../response/entries';
import { readErrorResponse } from '../response/errors/parseError';
import { isSameFile, isSameImage, storeImage } from '../output/storeImage';
import { withRetries } from '../transport/retry';
import { send, type HttpResponse } from '../transport/send';
import type { Slot } from '../transport/slot';
import { OPERATIONS } from '../fields/operations';
import type { FileNames } from '../output/fileNames';
import type { Call } from './calls';
import type { NamedImage } from '../output/callResult';

/** A successful response, read to its end. */
export interface Response {
	/** What was sent in the end. */
	readonly request: ValidRequest;
	readonly answer: HttpResponse;
	readonly decoded: Decoded<NamedImage>;
	readonly warnings: readonly string[];
}

interface Means {
	readonly context: IExecuteFunctions;
	/** Begins before each attempt; after a success it goes on until the caller ends it. */
	readonly turn: Slot;
	readonly names: FileNames;
	/** Called before each attempt. */
	count(): void;
}

/**
 * Sends a request until a response brings images, which are stored while it arrives: again after
 * refusals that cannot have been billed, and without parameters that the server does not know.
 *
 * @throws ApiError, ExecutionCanceledError, RequestNotSentError
 */
export async function requestImages(part: Call, means: Means): Promise<Response> {
	const { context, turn } = means;
	const { operation, settings } = part.request;
	const { path, encode } = OPERATIONS[operation];
	const { timeout, maxRetryWait, retryServerErrors } = settings;
	const { credentials } = part.job;
	const warnings: string[] = [];
	let request = part.request;

	const attempt = async (): Promise<Response> => {
		await turn.acquire(requestedImages(request));
		const body = await encode(request);
		means.count();
		const answer = await send(context, { ...body, path, credentials, timeout });
		const store = new ResponseStore(answer, request, means);
		const outcome = isSuccess(answer)
			? await readImages(answer, store, limitsOf(part.request)).catch(asApiError)
			: await readErrorResponse(answer).catch((error: unknown) => {
					// The connection stood, whatever its end is called.
					throw withoutRetry(asApiError(error));
				});
		if (!(outcome instanceof ApiError)) {
			turn.succeeded();
			return { request, answer, decoded: outcome, warnings };
		}
		const failure = isRefusal(outcome, answer, store) ? outcome : withoutRetry(outcome);
		turn.failed(failure);
		const reduced = store.hasBegun ? null : withoutUnsupported(request, failure);
		if (!reduced) throw failure;
		request = reduced.request;
		warnings.push(reduced.warning);
		turn.release();
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

function isSuccess({ status }: HttpResponse): boolean {
	return status >= 200 && status <= 299;
}

/** Behind a successful status, only a rate limit that came before any image was never billed. */
function isRefusal({ hint }: ApiError, answer: HttpResponse, { hasBegun }: ResponseStore): boolean {
	return !isSuccess(answer) || (Boolean(hint.isRateLimit) && !hasBegun);
}

function withoutRetry({ message, advice, details }: ApiError): ApiError {
	return new ApiError(message, advice, details, { isFinal: true });
}

/** @throws ApiError if none came */
async function readImages(
	answer: HttpResponse,
	store: ResponseStore,
	limits: ReadLimits,
): Promise<Response['decoded']> {
	const decoded = await decode(answer, store, limits);
	const { entries, error } = decoded;
	const isEmpty = !entries.some((entry) => entry.image ?? (entry.link && !entry.error));
	if (!isEmpty) return decoded;
	const own = entries.flatMap((entry) => entry.error ?? [])[0];
	throw withResponseDetails(own ?? error ?? noImage(), answer);
}

/** The failure of a result that is none. */
export function noImage(): ApiError {
	return new ApiError(
		'The server reported success, but what it sent is no image',
		'Check whether the model makes images, or ask the operator of the server. The call may have been billed',
	);
}

/** Stores the images of one response. */
class ResponseStore implements ImageStore<NamedImage> {
	/** An image has begun to arrive: the call is billed. */
	hasBegun = false;

	constructor(
		private readonly answer: HttpResponse,
		private readonly request: ValidRequest,
		private readonly means: Means,
	) {}

	readonly store: StoreImage<NamedImage> = async (bytes, expected) => {
		this.hasBegun ||= !expected.mustTellSize;
		if (expected.isPreview && requestedPreviews(this.request) === 0) return null;
		const { context, names } = this.means;
		const stem = names.of(expected);
		const image = await storeImage(context, bytes, stem, this.answer.toStream, expected);
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
function limitsOf(wanted: ValidRequest): ReadLimits {
	const { largestImage } = wanted.settings;
	const images = requestedImages(wanted) * (1 + requestedPreviews(wanted));
	// Base64 takes a third more.
	return {
		imageBytes: largestImage,
		responseBytes: images * largestImage * 1.4 + METADATA_ALLOWANCE_BYTES,
	};
}

/** Bytes for what an answer holds beside its images. */
const METADATA_ALLOWANCE_BYTES = 16_000_000;
