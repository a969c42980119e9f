import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { InputFile } from '../request/files/inputFile';
import type { ValidRequest } from '../request/validate';
import { costOf } from '../output/cost';
import { usageOf } from '../output/usage';
import { redactorFor } from '../transport/secrets';
import { pricesFor } from '../output/buildItems';
import type { Call } from './calls';
import type { CallResult, LinkedImage } from '../output/callResult';

/** A call as the execution keeps it: plain data, with files by reference. */
export interface CompletedCall {
	readonly result: CallResult;
	/** US dollars; null = not known. */
	readonly cost: number | null;
}

/**
 * What the calls of a run have brought, so that n8n's *Retry On Fail*, and *Retry* of a failed
 * execution, make only what is missing. It is kept in the node's own context, which belongs to the
 * execution, and found again only by the same run of the node, the same item and the same request.
 * Of the calls that make the images of an item, each is kept alone.
 *
 * Images are kept by reference, and those that could not be downloaded by their links. In n8n's
 * in-memory binary mode there is no reference: images would have to be copied into the execution
 * as base64. There, only links are kept, and the images behind them are downloaded again.
 */
export class CompletedCalls {
	private readonly saved: Record<string, CompletedCall>;
	private readonly isRetry: boolean;
	/** How many images of this attempt cannot be kept, by the names of their calls. */
	private readonly inMemory = new Map<string, number>();
	/** Links that have failed a retry, too. */
	private deadLinks = 0;
	/** Number of the run of the node within its execution, from 0. */
	private readonly run: number;
	private readonly fingerprints = new WeakMap<ValidRequest, Promise<string>>();

	constructor(context: IExecuteFunctions) {
		const own = context.getContext('node');
		own[CONTEXT_KEY] ??= {};
		this.saved = own[CONTEXT_KEY] as unknown as Record<string, CompletedCall>;
		this.isRetry = Object.keys(this.saved).length > 0;
		this.run = context.getWorkflowDataProxy(0).$runIndex as number;
	}

	/** What an earlier attempt has brought by the same call. */
	async find(part: Call): Promise<CallResult | undefined> {
		// Files are read for the name now: one that cannot be read later must not cost a paid image.
		const name = await this.nameOf(part);
		return this.isRetry ? this.saved[name]?.result : undefined;
	}

	/** @param deadLinks links of the call that are given up: a retry makes their images anew */
	async store(part: Call, result: CallResult, deadLinks = 0): Promise<void> {
		const name = await this.nameOf(part);
		const { redact } = redactorFor(part.job.credentials);
		const keepable = storable(result, ({ link }) => redact(link) === link);
		this.inMemory.set(name, keepable ? 0 : result.images.length);
		if (keepable && keepable.images.length + keepable.links.length > 0) {
			this.saved[name] = { result: keepable, cost: priceOf(result, part) };
		} else {
			delete this.saved[name];
		}
		this.deadLinks += result.images.length === 0 ? deadLinks : 0;
	}

	/** The run is over: a later one makes all anew. */
	clear(): void {
		for (const name of Object.keys(this.saved)) delete this.saved[name];
	}

	/** What was made so far, and what a retry makes of it, for the user; empty = nothing. */
	summary(): string {
		const calls = Object.values(this.saved);
		return [
			inMemory([...this.inMemory.values()].reduce((sum, images) => sum + images, 0)),
			savedImages(calls.filter(({ result }) => result.images.length > 0)),
			savedLinks(calls.reduce((sum, { result }) => sum + result.links.length, 0)),
			discardedLinks(this.deadLinks),
		]
			.filter(Boolean)
			.join(' ');
	}

	private async nameOf({ job, number, repetition }: Call): Promise<string> {
		const { request, itemIndex } = job;
		const known = this.fingerprints.get(request) ?? fingerprint(request);
		this.fingerprints.set(request, known);
		const call = repetition > 0 ? `${number}+${repetition}` : `${number}`;
		return `${this.run}/${itemIndex}/${await known}/${call}`;
	}
}

const CONTEXT_KEY = 'completedCalls';

/**
 * The result as it can be kept; undefined if a file of it has no reference, and no link.
 *
 * @param isOpen whether n8n may store a link: one that holds the key of the credential stays out
 */
function storable(
	result: CallResult,
	isOpen: (linked: Pick<LinkedImage, 'link'>) => boolean,
): CallResult | undefined {
	const { images, partials } = result;
	const links = result.links.filter(isOpen);
	const hasReference = ({ binary }: (typeof partials)[number]) => Boolean(binary.id);
	const lost = images.filter(({ image }) => !hasReference(image));
	const behindLinks = lost.flatMap(({ index, link, metadata }): LinkedImage[] =>
		link === undefined || !isOpen({ link }) ? [] : [{ index, link, metadata }],
	);
	if (behindLinks.length < lost.length || !partials.every(hasReference)) return undefined;
	return {
		...result,
		images: images
			.filter((each) => !lost.includes(each))
			// A link may carry a signature, and is not needed any more.
			.map(({ link: _, ...image }) => image),
		links: [...links, ...behindLinks].sort((a, b) => a.index - b.index),
	};
}

function priceOf({ images, metadata }: CallResult, { request }: Call): number | null {
	const all = { ...metadata, ...images[0]?.metadata, usage: usageOf(images, metadata) };
	return costOf(all, pricesFor(request), request.operation);
}

function savedImages(calls: readonly CompletedCall[]): string {
	const images = calls.reduce((sum, { result }) => sum + result.images.length, 0);
	if (images === 0) return '';
	const costs = calls.map(({ cost }) => cost);
	const price = costs.every((cost) => cost !== null) ? ` for ${dollars(costs)}` : '';
	return `${imagesMade(images)}${price}. ${images === 1 ? 'It is' : 'They are'} kept: if this execution is retried, only the missing ones are bought.`;
}

function inMemory(images: number): string {
	if (images === 0) return '';
	return `${imagesMade(images)}. This n8n keeps files in memory, so that a retry buys them again.`;
}

function savedLinks(links: number): string {
	if (links === 0) return '';
	return links === 1
		? `The link to 1 generated image is saved: a retry downloads it, without generating it again. ${ANEW}`
		: `The links to ${links} generated images are saved: a retry downloads them, without generating them again. ${ANEW}`;
}

const ANEW = 'To generate anew, run the workflow again.';

function discardedLinks(links: number): string {
	if (links === 0) return '';
	return links === 1
		? 'The link to 1 generated image failed in the retry, too, and was discarded: the next retry generates the image again and is billed.'
		: `The links to ${links} generated images failed in the retry, too, and were discarded: the next retry generates the images again and is billed.`;
}

function imagesMade(images: number): string {
	return `${images} ${images === 1 ? 'image was' : 'images were'} made`;
}

function dollars(costs: readonly number[]): string {
	return `$${costs.reduce((sum, cost) => sum + cost, 0).toFixed(4)}`;
}

/** Equal for equal requests: what is sent, and how it is put into items. */
async function fingerprint(request: ValidRequest): Promise<string> {
	const { operation, model, values, settings } = request;
	const { outputBinaryField, output, fileName, imagesAsJson, extraFields } = settings;
	const sent = [imagesAsJson, extraFields];
	const delivery = [outputBinaryField, output, fileName];
	const files = [...request.images, request.mask, request.markup].flatMap((file) => file ?? []);
	const contents = [];
	for (const file of files) contents.push(await fileIdentity(file));
	const text = JSON.stringify([operation, model, values, sent, delivery, contents]);
	return createHash('sha256').update(text).digest('hex');
}

/**
 * A file in the binary store never changes, but n8n may move it into the folder of its execution:
 * only the last part of its ID stays. Other files are known by their bytes.
 */
async function fileIdentity({ id, reference, bytes, load }: InputFile): Promise<unknown> {
	if (reference) return reference;
	if (id) return [id.split('/').at(-1), bytes];
	return createHash('sha256')
		.update(await load())
		.digest('hex');
}
