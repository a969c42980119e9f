import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, asApiError } from '../errors';
import type { NamedImage } from '../output/callResult';
import { FileNames } from '../output/fileNames';
import { hasSameBytes, isSameImage, storeImage } from '../output/storeImage';
import { requestedImages, requestedPreviews } from '../request/split';
import type { ValidRequest } from '../request/types';
import {
	decode,
	invalidImageError,
	withResponseDetails,
	type ReadLimits,
} from '../response/decode';
import type { Decoded, ImageStore, StoreImage } from '../response/types';
import { readErrorResponse } from '../response/errors/parseError';
import type { Metadata } from '../services/types';
import { isSuccess, type HttpResponse } from '../transport/httpResponse';
import type { Call } from './calls';

/** Reads the response to one attempt and stores its images while it arrives. */
export class ResponseImages {
	/** An image has begun to arrive, so the request is billed. */
	hasBegun = false;
	private readonly names: FileNames;

	/** @param request what the attempt sends */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly call: Call,
		private readonly request: ValidRequest,
	) {
		this.names = new FileNames(call.item, call.imagesBefore);
	}

	/** @throws ApiError without a retry hint if the request might have been billed */
	async readFrom(response: HttpResponse): Promise<Decoded<NamedImage, Metadata>> {
		if (!isSuccess(response.status)) {
			throw await readErrorResponse(this.serviceResponse(response)).catch((error: unknown) => {
				// The API has responded, however the connection ended.
				throw withoutRetry(asApiError(error));
			});
		}
		try {
			return await this.readImages(response);
		} catch (error) {
			const failure = asApiError(error);
			// After a successful status, only a rate limit before the first image was never billed.
			const isUnbilled = Boolean(failure.hint.isRateLimit) && !this.hasBegun;
			throw isUnbilled ? failure : withoutRetry(failure);
		}
	}

	private async readImages(response: HttpResponse): Promise<Decoded<NamedImage, Metadata>> {
		const limits = limitsFor(this.call.request);
		const decoded = await decode(this.serviceResponse(response), this.storeFor(response), limits);
		const { entries, error } = decoded;
		const isEmpty = !entries.some((entry) => entry.image ?? (entry.link && !entry.error));
		if (!isEmpty) return decoded;
		const own = entries.flatMap((entry) => entry.error ?? [])[0];
		throw withResponseDetails(own ?? error ?? invalidImageError(), response);
	}

	private serviceResponse(response: HttpResponse) {
		return { ...response, service: this.request.service };
	}

	private storeFor({ toStream }: HttpResponse): ImageStore<NamedImage> {
		const { context, names, request } = this;
		const store: StoreImage<NamedImage> = async (bytes, expected) => {
			// A key or a data URL can say that this is an image. Otherwise, only its bytes can.
			this.hasBegun ||= !expected.mustTellSize;
			if (expected.isPreview && requestedPreviews(request) === 0) return null;
			const name = names.nameOf(expected);
			const image = await storeImage(context, bytes, name, toStream, expected);
			this.hasBegun ||= image !== null;
			return image && { ...image, namedAs: names.positionOf(expected) };
		};
		return {
			store,
			isSame: async (one, other) => await isSameImage(context, one, other),
			isInput: async (image) => await isInput(context, image, request),
			isInputLink: (link) =>
				request.images.some(
					({ reference }) => reference && 'url' in reference && reference.url === link,
				),
		};
	}
}

async function isInput(
	context: IExecuteFunctions,
	image: NamedImage,
	{ images, mask, markup }: ValidRequest,
): Promise<boolean> {
	for (const file of [...images, mask, markup]) {
		const isSent = file !== null && !file.reference;
		if (isSent && (await hasSameBytes(context, image, file))) return true;
	}
	return false;
}

function withoutRetry(error: ApiError): ApiError {
	const { isUnexplained = false, mayBeBilled = false } = error.hint;
	return error.with({ hint: { isFinal: true, isUnexplained, mayBeBilled } });
}

/** Room for the requested images and the previews of each. */
function limitsFor(request: ValidRequest): ReadLimits {
	const { largestImage } = request.settings;
	const images = requestedImages(request) * (1 + requestedPreviews(request));
	// Base64 takes a third more.
	const responseBytes = images * largestImage * 1.4 + METADATA_ALLOWANCE_BYTES;
	return { imageBytes: largestImage, responseBytes };
}

/** Room for what a response holds beside its images. */
const METADATA_ALLOWANCE_BYTES = 16_000_000;
