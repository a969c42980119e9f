import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, asApiError, type ErrorDetails } from '../errors';
import type { ParameterName } from '../models';
import { requestedImages } from '../request/split';
import { imageWarnings, requestWarnings, type MissingImage } from '../output/warnings';
import type { Slot } from '../transport/slot';
import type { CompletedCalls } from './completedCalls';
import { downloadAll } from './downloads';
import { FileNames } from '../output/fileNames';
import type { Call } from './calls';
import { noImage, requestImages, type Response } from './requestImages';
import {
	errorSentences,
	type CallImage,
	type CallResult,
	type LinkedImage,
} from '../output/callResult';

interface Means {
	readonly context: IExecuteFunctions;
	readonly completed: CompletedCalls;
}

/**
 * Makes one call: with one request, or with more where the earlier ones cannot have been billed,
 * and downloads what its response only links to.
 *
 * @param turn the caller ends it
 * @param known what an earlier attempt of the run has brought, so that only downloads are left
 * @throws ApiError, ExecutionCanceledError, RequestNotSentError
 */
export async function makeCall(
	part: Call,
	turn: Slot,
	known: CallResult | undefined,
	means: Means,
): Promise<CallResult> {
	const effort = new Effort(known);
	return await complete(part, turn, { ...means, known, effort }).catch((error: unknown) => {
		const { model, operation } = part.request;
		throw withDetails(asApiError(error), { model, operation, ...effort.total() });
	});
}

/** Attempts and milliseconds of a call. */
class Effort {
	private attempts: number;
	private readonly earlier: number;
	private readonly started = performance.now();

	constructor(known?: CallResult) {
		this.attempts = known?.attempts ?? 0;
		this.earlier = known?.durationMs ?? 0;
	}

	count(): void {
		this.attempts++;
	}

	total(): Pick<CallResult, 'attempts' | 'durationMs'> {
		const { attempts, earlier, started } = this;
		return { attempts, durationMs: earlier + Math.round(performance.now() - started) };
	}
}

async function complete(
	part: Call,
	turn: Slot,
	{ context, completed, known, effort }: Means & { known?: CallResult; effort: Effort },
): Promise<CallResult> {
	const response = known ?? (await generate(context, part, turn, effort));
	// Should the execution end during the downloads, the links are known already.
	if (response.links.length > 0) await completed.store(part, response);
	const { images, failed } = await downloadAll(context, part, response);
	// A link that a retry has found dead, too, would fail every one.
	const dead = failed.filter(({ failure: { hint } }) => hint.isDeadLink && (known ?? hint.isFinal));
	const waiting = failed.filter((each) => !dead.includes(each));
	const missingFor = (downloads: typeof failed): MissingImage[] =>
		downloads.map(({ linked: { index }, failure }) => ({ index, reason: errorSentences(failure) }));
	const result: CallResult = {
		...response,
		...effort.total(),
		images: [...response.images, ...images].sort((a, b) => a.index - b.index),
		links: waiting.map(({ linked }) => linked),
		missing: [...response.missing, ...missingFor(dead)],
	};
	await completed.store(part, result, known ? dead.length : 0);
	if (result.images.length === 0 && failed[0]) throw ofResponse(failed[0].failure, response);
	return { ...result, missing: [...result.missing, ...missingFor(waiting)] };
}

/** What a request brings by itself. */
async function generate(
	context: IExecuteFunctions,
	part: Call,
	turn: Slot,
	effort: Effort,
): Promise<CallResult> {
	const names = new FileNames(part);
	const count = () => effort.count();
	const response = await requestImages(part, { context, turn, names, count });
	const { request, answer, decoded, warnings } = response;
	const { status, requestId } = answer;
	const { images, links, failures } = sorted(response);
	const sent = Object.keys(request.values);
	const wanted = Object.keys(part.request.values) as ParameterName[];
	return {
		images,
		links,
		partials: decoded.partials,
		metadata: decoded.metadata,
		...{ status, requestId, ...effort.total() },
		warnings: [...requestWarnings(request), ...warnings],
		requested: requestedImages(part.request),
		missing: failures.map(({ index, failure }) => ({ index, reason: errorSentences(failure) })),
		...(decoded.error ? { responseError: errorSentences(decoded.error) } : {}),
		dropped: wanted.filter((name) => !sent.includes(name)),
	};
}

/** The results of a response by what they are. */
function sorted({ request, decoded }: Response) {
	const images: CallImage[] = [];
	const links: LinkedImage[] = [];
	const failures: Array<{ readonly index: number; readonly failure: ApiError }> = [];
	for (const [index, { image, link, error, metadata }] of decoded.entries.entries()) {
		if (image) images.push({ index, image, metadata, warnings: imageWarnings(request, image) });
		else if (link && !error) links.push({ index, link, metadata });
		else failures.push({ index, failure: error ?? noImage() });
	}
	return { images, links, failures };
}

function ofResponse(
	failure: ApiError,
	{ status, requestId }: Pick<CallResult, 'status' | 'requestId'>,
): ApiError {
	return withDetails(failure, {
		...{ status, ...(requestId ? { requestId } : {}) },
		...failure.details,
	});
}

function withDetails({ message, advice, details }: ApiError, more: ErrorDetails) {
	return new ApiError(message, advice, { ...details, ...more });
}
