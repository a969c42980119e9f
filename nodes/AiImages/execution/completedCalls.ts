import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { CallResult, LinkedImage } from '../output/callResult';
import { callCost } from '../output/cost';
import type { InputFile } from '../request/files/inputFile';
import { requestedImages } from '../request/split';
import type { ValidRequest } from '../request/types';
import type { Call } from './calls';
import type { Ticket } from './ticket';
import { summarize, type SavedCall } from './retrySummary';

/**
 * The results of a run's calls, so that n8n's *Retry On Fail*, and *Retry* of a failed execution,
 * generate only what is missing. They are kept in the node's own context, which belongs to the
 * execution. Only the same run of the node, the same item and the same request find them again. If
 * an item has several calls, each is kept by itself.
 *
 * Images are kept by reference, and those that could not be downloaded by their links. In n8n's
 * in-memory binary mode there are no references: images would have to be copied into the execution
 * as base64. There, only links are kept, and their images are downloaded again.
 */
export class CompletedCalls {
	private readonly saved: Record<string, SavedCall>;
	private readonly isRetry: boolean;
	/** How many images cannot be kept, by call. */
	private readonly inMemory = new Map<string, number>();
	private discardedLinks = 0;
	/** Number of the run of the node within its execution, from 0. */
	private readonly run: number;
	private readonly fingerprints = new WeakMap<ValidRequest, Promise<string>>();

	constructor(context: IExecuteFunctions) {
		const own = context.getContext('node');
		own[CONTEXT_KEY] ??= {};
		this.saved = own[CONTEXT_KEY] as unknown as Record<string, SavedCall>;
		this.isRetry = Object.keys(this.saved).length > 0;
		this.run = context.getWorkflowDataProxy(0).$runIndex as number;
	}

	/** The same call in an earlier attempt of the execution. */
	async find(call: Call): Promise<SavedCall | undefined> {
		// Reads the files now: one that cannot be read later must not cost a generated image.
		const key = await this.keyOf(call);
		return this.isRetry ? this.saved[key] : undefined;
	}

	/** Keeps the ticket of a call before its result is asked for. It is text, whatever the binary mode. */
	async storeTicket(call: Call, ticket: Ticket): Promise<void> {
		const requested = requestedImages(call.request);
		this.saved[await this.keyOf(call)] = { ticket, requested };
	}

	/** The job has ended without an image: a retry submits another one. */
	async forgetTicket(call: Call): Promise<void> {
		delete this.saved[await this.keyOf(call)];
	}

	/**
	 * @param ticket of the job that has the result
	 * @param discardedLinks links of the call that are given up, so that a retry generates anew
	 */
	async store(
		call: Call,
		result: CallResult,
		ticket: Ticket | undefined,
		discardedLinks = 0,
	): Promise<void> {
		const key = await this.keyOf(call);
		const { redact } = call.item.access.redactor;
		const { includeImageUrl } = call.request.settings;
		const isSafe = (link: string) => redact(link) === link;
		const storable = storableResult(result, isSafe, includeImageUrl);
		this.inMemory.set(key, storable ? 0 : result.images.length);
		if (storable && storable.images.length + storable.links.length > 0) {
			const cost = callCost(result, call.request);
			const isPending = ticket && storable.links.length > 0;
			this.saved[key] = { result: storable, cost, ...(isPending ? { ticket } : {}) };
		} else {
			delete this.saved[key];
		}
		this.discardedLinks += result.images.length === 0 ? discardedLinks : 0;
	}

	/** The run has succeeded: a later one generates everything anew. */
	clear(): void {
		for (const key of Object.keys(this.saved)) delete this.saved[key];
	}

	/** What the results of this run cost, as far as that is known, in US dollars. */
	cost(): number {
		const own = Object.entries(this.saved).filter(([key]) => key.startsWith(`${this.run}/`));
		return own.reduce((sum, [, call]) => sum + (('cost' in call && call.cost) || 0), 0);
	}

	/** What was generated so far and what a retry does with it, for the user; empty = nothing. */
	summary(): string {
		const inMemory = [...this.inMemory.values()].reduce((sum, images) => sum + images, 0);
		return summarize(Object.values(this.saved), inMemory, this.discardedLinks);
	}

	private async keyOf({ item, number, repetition }: Call): Promise<string> {
		const { request, itemIndex } = item;
		const known = this.fingerprints.get(request) ?? fingerprint(request, item.access.baseURL);
		this.fingerprints.set(request, known);
		const call = repetition > 0 ? `${number}+${repetition}` : `${number}`;
		return `${this.run}/${itemIndex}/${await known}/${call}`;
	}
}

const CONTEXT_KEY = 'completedCalls';

/**
 * The result in the form that n8n can keep; undefined if a file has neither reference nor link.
 *
 * @param isSafe whether n8n may store a link: one that holds the credential's key stays out
 * @param keepsLinks whether the items name the links of stored images; they can carry a signature
 */
function storableResult(
	result: CallResult,
	isSafe: (link: string) => boolean,
	keepsLinks: boolean,
): CallResult | undefined {
	const { images, previews } = result;
	const links = result.links.filter(({ link }) => isSafe(link));
	const hasReference = ({ binary }: (typeof previews)[number]) => Boolean(binary.id);
	const unreferenced = images.filter(({ image }) => !hasReference(image));
	const linked = unreferenced.flatMap(({ index, link, metadata }): LinkedImage[] =>
		link === undefined || !isSafe(link) ? [] : [{ index, link, metadata }],
	);
	if (linked.length < unreferenced.length || !previews.every(hasReference)) return undefined;
	return {
		...result,
		images: images
			.filter((each) => !unreferenced.includes(each))
			.map(({ link, ...image }) =>
				keepsLinks && link !== undefined && isSafe(link) ? { ...image, link } : image,
			),
		links: [...links, ...linked].sort((a, b) => a.index - b.index),
	};
}

/** Equal for requests that send the same and deliver their images alike. */
async function fingerprint(request: ValidRequest, baseURL: string): Promise<string> {
	const { service, operation, model, values, settings } = request;
	const { outputBinaryField, output, fileName, imagesAsJson, extraFields, includeImageUrl } =
		settings;
	const sent = [imagesAsJson, extraFields, request.resumedJob];
	const delivery = [outputBinaryField, output, fileName, includeImageUrl];
	const files = [...request.images, request.mask, request.markup].flatMap((file) => file ?? []);
	const contents = [];
	for (const file of files) contents.push(await fileIdentity(file));
	const receiver = [service.displayName, new URL(baseURL).origin];
	const text = JSON.stringify([receiver, operation, model, values, sent, delivery, contents]);
	return createHash('sha256').update(text).digest('hex');
}

async function fileIdentity(file: InputFile): Promise<unknown> {
	const { identity, reference } = file;
	if (reference) return reference;
	if (identity) return identity;
	const hash = createHash('sha256');
	for await (const piece of file.read()) hash.update(piece);
	return hash.digest('hex');
}
