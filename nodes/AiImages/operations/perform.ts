import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { CallFailure, orFailure } from '../errors';
import type { ValidRequest } from '../request/validate';
import { warningsOfCount, warningsOfImage, warningsOfRequest } from '../request/warnings';
import { decode, ofAnswer, type Limits } from '../response/decode';
import type { Entry, Keep } from '../response/entries';
import { fileStem } from '../response/fileName';
import { toItems, type FoundImage } from '../response/items';
import { keepImage, type StoredImage } from '../response/keep';
import { fetchLink } from '../response/link';
import { accessOf } from '../transport/credential';
import { inParallel } from '../transport/pace';
import type { ToStream } from '../transport/send';
import { placeOrder } from './order';

/** A checked item with the credential that it is sent with. */
export interface Job {
	readonly request: ValidRequest;
	readonly credentials: ICredentialDataDecryptedObject;
	readonly itemIndex: number;
}

/**
 * Makes the images of one item: with one request, or with more where the earlier ones cannot have
 * been billed.
 *
 * @throws CallFailure, ExecutionCanceled
 */
export async function perform(context: IExecuteFunctions, job: Job): Promise<INodeExecutionData[]> {
	const tally: Tally = { attempts: 0, started: performance.now() };
	return await makeImages(context, job, tally).catch((error: unknown) => {
		const { message, nextStep, details } = orFailure(error);
		const { model, operation } = job.request;
		throw new CallFailure(message, nextStep, { ...details, model, operation, ...totals(tally) });
	});
}

interface Tally {
	attempts: number;
	/** Milliseconds, by the clock of the process. */
	readonly started: number;
}

function totals({ attempts, started }: Tally): { attempts: number; durationMs: number } {
	return { attempts, durationMs: Math.round(performance.now() - started) };
}

async function makeImages(
	context: IExecuteFunctions,
	{ request: wanted, credentials, itemIndex }: Job,
	tally: Tally,
): Promise<INodeExecutionData[]> {
	const { settings, operation, model } = wanted;
	const order = await placeOrder(context, wanted, credentials, () => tally.attempts++);
	const { request, answer } = order;

	const keep = keeper(context, request, itemIndex, answer.toStream);
	const { said, entries, partials, failure } = await decode(answer, keep, limitsOf(request));
	const { baseURL } = accessOf(credentials);
	const { timeout, largestImage } = settings;
	const { images: found, failures } = await collect(entries, async (link) =>
		keep(fetchLink(context, link, baseURL, timeout, largestImage), false),
	);
	const images = found.map((each) => ({ ...each, warnings: warningsOfImage(request, each.image) }));
	if (images.length === 0) throw ofAnswer(failures[0] ?? failure ?? noImage(), answer);
	const facts = {
		model,
		operation,
		chosenSize: request.chosenSize,
		said,
		prices: { ...request.row.prices, ...settings.prices },
		partials: partials.flatMap((image) => image ?? []),
		requestId: answer.header('x-request-id'),
		...totals(tally),
		warnings: [
			...warningsOfRequest(request),
			...order.warnings,
			...(failure ? [] : warningsOfCount(request, entries.length)),
			...failures.map((each) => `An image is missing. ${sentencesOf(each)}`),
			...(failure ? [`${whatBroke(request, entries.length)}. ${sentencesOf(failure)}`] : []),
		],
	};
	const { outputBinaryField: binaryField, singleItem } = settings;
	return toItems(images, facts, { itemIndex, binaryField, singleItem });
}

function whatBroke({ values }: ValidRequest, came: number): string {
	const isComplete = came >= Number(values.n ?? 1);
	return isComplete ? 'The answer went wrong behind its images' : 'An image is missing';
}

function sentencesOf({ message, nextStep }: CallFailure): string {
	return `${message.replace(/\.$/, '')}. ${nextStep}`;
}

/** An answer may hold as many images as were asked for, and the previews of each. */
function limitsOf({ values, settings }: ValidRequest): Limits {
	const { largestImage } = settings;
	const images = Number(values.n ?? 1) * (1 + Number(values.partialImages ?? 0));
	// Base64 takes a third more.
	return { image: largestImage, answer: images * largestImage * 1.4 + ROOM_FOR_WORDS };
}

/** Bytes for what an answer holds beside its images. */
const ROOM_FOR_WORDS = 16_777_216;

/** Puts images into the binary store, each under a name of its own. */
function keeper(
	context: IExecuteFunctions,
	{ values, model, settings }: ValidRequest,
	itemIndex: number,
	toStream: ToStream,
): Keep<StoredImage | null> {
	let results = 0;
	let previews = 0;
	return async (bytes, isPreview) => {
		if (isPreview && !settings.keepPartialImages) return null;
		// A preview is one of the image to come.
		const index = isPreview ? results + 1 : ++results;
		const parts = {
			prompt: String(values.prompt),
			model,
			item: itemIndex + 1,
			index,
			several: Number(values.n ?? 1) > 1,
		};
		const stem = fileStem(settings.fileName, parts, new Date().toISOString().slice(0, 10));
		const name = isPreview ? `${stem}-partial-${++previews}` : stem;
		return await keepImage(context, bytes, name, toStream);
	};
}

/** The images of an answer, those behind links included, and why others are missing. */
async function collect(
	entries: ReadonlyArray<Entry<StoredImage | null>>,
	fetchAndKeep: (link: string) => Promise<StoredImage | null>,
): Promise<{ images: Array<Omit<FoundImage, 'warnings'>>; failures: CallFailure[] }> {
	const results = await inParallel(entries.length, LINKS_AT_A_TIME, async (index) => {
		const { image, link, failure } = entries[index] as Entry<StoredImage | null>;
		// One lost link must not lose the other images.
		return image ?? failure ?? (link ? await fetchAndKeep(link).catch(orFailure) : null);
	});
	const images: Array<Omit<FoundImage, 'warnings'>> = [];
	const failures: CallFailure[] = [];
	for (const [index, result] of results.entries()) {
		if (result instanceof CallFailure) failures.push(result);
		else if (result) images.push({ index, image: result, said: entries[index]?.said ?? {} });
		else failures.push(noImage());
	}
	return { images, failures };
}

const LINKS_AT_A_TIME = 4;

function noImage(): CallFailure {
	return new CallFailure(
		'The server reported success, but what it sent is no image',
		'Check whether the model makes images, or ask the operator of the server. The call may have been billed',
	);
}
