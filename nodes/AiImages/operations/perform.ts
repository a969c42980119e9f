import type { IExecuteFunctions } from 'n8n-workflow';
import { CallFailure, orFailure } from '../errors';
import { imagesAskedFor } from '../request/split';
import type { ValidRequest } from '../request/validate';
import { warningsOfImage, warningsOfRequest } from '../request/warnings';
import { decode, ofAnswer, type Limits } from '../response/decode';
import type { Entry, Expected, ImageStore } from '../response/entries';
import { fileStem } from '../response/fileName';
import type { FoundImage } from '../response/items';
import type { JsonRecord } from '../response/json';
import { isSameFile, isSameImage, keepImage, type StoredImage } from '../response/keep';
import { fetchLink } from '../response/link';
import { accessOf } from '../transport/credential';
import { inParallel } from '../transport/inParallel';
import { pause } from '../transport/pause';
import { withRetries } from '../transport/retry';
import type { Turn } from '../transport/turn';
import { placeOrder } from './order';
import type { Part } from './parts';

/** What one call brought: plain data, so that a later run can find it again. */
export interface Bought {
	/** At least one. */
	readonly images: readonly FoundImage[];
	readonly partials: readonly StoredImage[];
	/** What the server says of all images of the call. */
	readonly said: JsonRecord;
	readonly requestId: string;
	readonly attempts: number;
	/** Milliseconds, pauses included. */
	readonly durationMs: number;
	readonly warnings: readonly string[];
	/** How many images were asked for, how many came, and why some that came are no images. */
	readonly asked: number;
	readonly came: number;
	readonly missing: readonly string[];
}

/**
 * Makes one call: with one request, or with more where the earlier ones cannot have been billed.
 *
 * @param turn the caller ends it
 * @throws CallFailure, ExecutionCanceled, NeverSent
 */
export async function perform(context: IExecuteFunctions, part: Part, turn: Turn): Promise<Bought> {
	const tally: Tally = { attempts: 0, started: performance.now() };
	return await makeImages(context, part, turn, tally).catch((error: unknown) => {
		const { message, nextStep, details } = orFailure(error);
		const { model, operation } = part.request;
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
	part: Part,
	turn: Turn,
	tally: Tally,
): Promise<Bought> {
	const { credentials } = part.job;
	const order = await placeOrder(context, part.request, credentials, turn, () => tally.attempts++);
	const { request, answer } = order;

	const nameOf = namer(request, part);
	const store = async (bytes: AsyncIterable<Buffer>, name: string, mustTellSize = false) =>
		await keepImage(context, bytes, name, answer.toStream, { mustTellSize });
	const images: ImageStore<StoredImage> = {
		keep: async (bytes, expected) =>
			expected.isPreview && !request.settings.keepPartialImages
				? null
				: await store(bytes, nameOf(expected), expected.mustTellSize),
		isSame: async (one, other) => await isSameImage(context, one, other),
		isInput: async (image) => await isOneOfInputs(context, image, request),
	};
	const { said, entries, partials, failure } = await decode(answer, images, limitsOf(request));
	const { baseURL } = accessOf(credentials);
	const { timeout, largestImage, maxRetryWait } = request.settings;
	const { found, failures } = await collect(entries, async (link, position) => {
		const name = nameOf({ isPreview: false, position });
		return await withRetries(
			async () => await store(fetchLink(context, link, baseURL, timeout, largestImage), name),
			{ maxWait: maxRetryWait, serverErrors: true, free: true },
			{
				random: () => Math.random(),
				pause: async (wait) => await pause(wait, context.getExecutionCancelSignal()),
			},
		);
	});
	if (found.length === 0) throw ofAnswer(failures[0] ?? failure ?? noImage(), answer);
	const asked = imagesAskedFor(request);
	return {
		images: found.map(({ index, image, said }) => ({
			index,
			image,
			said,
			warnings: warningsOfImage(request, image),
		})),
		partials,
		said,
		requestId: answer.requestId,
		...totals(tally),
		warnings: [...warningsOfRequest(request), ...order.warnings],
		asked,
		// Where an answer broke off, that is told instead of the number.
		came: failure ? asked : entries.length,
		missing: [
			...failures.map((each) => `An image is missing. ${sentencesOf(each)}`),
			...(failure ? [`${whatBroke(asked, entries.length)}. ${sentencesOf(failure)}`] : []),
		],
	};
}

function whatBroke(asked: number, came: number): string {
	return came >= asked ? 'The answer went wrong behind its images' : 'An image is missing';
}

function sentencesOf({ message, nextStep }: CallFailure): string {
	return `${message.replace(/\.$/, '')}. ${nextStep}`;
}

async function isOneOfInputs(
	context: IExecuteFunctions,
	image: StoredImage,
	{ images, mask, markup }: ValidRequest,
): Promise<boolean> {
	for (const file of [...images, mask, markup]) {
		if (file && !file.reference && (await isSameFile(context, image, file))) return true;
	}
	return false;
}

/** An answer may hold as many images as were asked for, and the previews of each. */
function limitsOf(request: ValidRequest): Limits {
	const { values, settings } = request;
	const { largestImage } = settings;
	const images = imagesAskedFor(request) * (1 + Number(values.partialImages ?? 0));
	// Base64 takes a third more.
	return { image: largestImage, answer: images * largestImage * 1.4 + ROOM_FOR_WORDS };
}

/** Bytes for what an answer holds beside its images. */
const ROOM_FOR_WORDS = 16_777_216;

/** Names each image, and each preview, by its position. */
function namer(
	{ values, model, settings }: ValidRequest,
	{ job, imagesBefore }: Part,
): (expected: Pick<Expected, 'isPreview' | 'position'>) => string {
	let previews = 0;
	return ({ isPreview, position }) => {
		// A preview is one of the image to come.
		const index = imagesBefore + position + 1;
		const parts = {
			prompt: String(values.prompt),
			model,
			item: job.itemIndex + 1,
			index,
			several: imagesAskedFor(job.request) > 1,
		};
		const stem = fileStem(settings.fileName, parts, new Date().toISOString().slice(0, 10));
		return isPreview ? `${stem}-partial-${++previews}` : stem;
	};
}

/** The images of an answer, those behind links included, and why others are missing. */
async function collect(
	entries: ReadonlyArray<Entry<StoredImage>>,
	fetchAndKeep: (link: string, position: number) => Promise<StoredImage | null>,
): Promise<{ found: Array<Omit<FoundImage, 'warnings'>>; failures: CallFailure[] }> {
	const results = await inParallel(entries.length, LINKS_AT_A_TIME, async (index) => {
		const { image, link, failure } = entries[index] as Entry<StoredImage>;
		// One lost link must not lose the other images.
		return image ?? failure ?? (link ? await fetchAndKeep(link, index).catch(orFailure) : null);
	});
	const found: Array<Omit<FoundImage, 'warnings'>> = [];
	const failures: CallFailure[] = [];
	for (const [index, result] of results.entries()) {
		if (result instanceof CallFailure) failures.push(result);
		else if (result) found.push({ index, image: result, said: entries[index]?.said ?? {} });
		else failures.push(noImage());
	}
	return { found, failures };
}

const LINKS_AT_A_TIME = 4;

function noImage(): CallFailure {
	return new CallFailure(
		'The server reported success, but what it sent is no image',
		'Check whether the model makes images, or ask the operator of the server. The call may have been billed',
	);
}
