import { createHash } from 'node:crypto';
import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { InputFile } from '../request/inputFile';
import type { ValidRequest } from '../request/validate';
import { costOf } from '../response/cost';
import { usageOf } from '../response/usage';
import { pricesOf } from './assemble';
import type { Part } from './parts';
import type { Bought } from './perform';

/**
 * Images that were bought in a run that had to stop, so that n8n's *Retry On Fail*, and *Retry*
 * of a failed execution, buy only what is missing. They are kept by reference in the node's own
 * context, which belongs to the execution, and found again only by the same run of the node, the
 * same item and the same request. Of the calls that make the images of an item, each is kept alone.
 *
 * In n8n's in-memory binary mode there is no reference to keep: images would have to be copied
 * into the execution as base64. Nothing is remembered there.
 */
export class Purchases {
	private readonly kept: Record<string, Kept>;
	private readonly isRetry: boolean;
	/** Images that this run has bought and cannot keep. */
	private inMemory = 0;
	/** Number of the run of the node within its execution, from 0. */
	private readonly run: number;

	constructor(context: IExecuteFunctions) {
		const own = context.getContext('node');
		own[KEY] ??= {};
		this.kept = own[KEY] as unknown as Record<string, Kept>;
		this.isRetry = Object.keys(this.kept).length > 0;
		this.run = context.getWorkflowDataProxy(0).$runIndex as number;
	}

	/** What an earlier attempt bought by the same call. */
	async find(part: Part): Promise<Bought | undefined> {
		return this.isRetry ? this.kept[await this.nameOf(part)]?.bought : undefined;
	}

	async remember(part: Part, bought: Bought): Promise<void> {
		const { images, partials, said } = bought;
		const files = [...images.map(({ image }) => image), ...partials];
		if (files.some(({ binary }) => !binary.id)) {
			this.inMemory += images.length;
			return;
		}
		const { request } = part;
		const all = { ...said, ...images[0]?.said, usage: usageOf(images, said) };
		const cost = costOf(all, pricesOf(request), request.operation);
		this.kept[await this.nameOf(part)] = { bought, cost };
	}

	/** The run is over: a later one buys anew. */
	forget(): void {
		for (const name of Object.keys(this.kept)) delete this.kept[name];
	}

	/** What was bought so far, for the user; empty = nothing. */
	receipt(): string {
		if (this.inMemory > 0) {
			return `${wereMade(this.inMemory)}. This n8n keeps files in memory, so that a retry buys them again.`;
		}
		const calls = Object.values(this.kept);
		if (calls.length === 0) return '';
		const images = calls.reduce((sum, { bought }) => sum + bought.images.length, 0);
		const costs = calls.map(({ cost }) => cost);
		const known = costs.every((cost) => cost !== null);
		const price = known ? ` for ${dollars(costs)}` : '';
		return `${wereMade(images)}${price}. ${images === 1 ? 'It is' : 'They are'} kept: if this execution is retried, only the missing ones are bought.`;
	}

	private async nameOf({ job, number }: Part): Promise<string> {
		const { request, itemIndex } = job;
		return `${this.run}/${itemIndex}/${await fingerprint(request)}/${number}`;
	}
}

/** A call as the execution keeps it: plain data, with files by reference. */
interface Kept {
	readonly bought: Bought;
	/** US dollars; null = not known. */
	readonly cost: number | null;
}

const KEY = 'boughtCalls';

function wereMade(images: number): string {
	return `${images} ${images === 1 ? 'image was' : 'images were'} made`;
}

function dollars(costs: readonly number[]): string {
	return `$${costs.reduce((sum, cost) => sum + cost, 0).toFixed(4)}`;
}

/** Tells the user of a run that had to stop what was bought, and that it is not lost. */
export function withReceipt(error: unknown, purchases: Purchases): unknown {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return error;
	const receipt = purchases.receipt();
	if (receipt) error.description = [error.description, receipt].filter(Boolean).join('<br>');
	return error;
}

/** Equal for equal requests: what is sent, and how it is put into items. */
async function fingerprint(request: ValidRequest): Promise<string> {
	const { operation, model, values, settings } = request;
	const { outputBinaryField, singleItem, fileName, keepPartialImages } = settings;
	const { imagesAsJson, extraFields } = settings;
	const sent = [imagesAsJson, extraFields];
	const delivery = [outputBinaryField, singleItem, fileName, keepPartialImages];
	const files = [...request.images, request.mask, request.markup].flatMap((file) => file ?? []);
	const contents = [];
	for (const file of files) contents.push(await identityOf(file));
	const text = JSON.stringify([operation, model, values, sent, delivery, contents]);
	return createHash('sha256').update(text).digest('hex');
}

/**
 * A file in the binary store never changes, but n8n may move it into the folder of its execution:
 * only the last part of its ID stays. Other files are known by their bytes.
 */
async function identityOf({ id, reference, bytes, load }: InputFile): Promise<unknown> {
	if (reference) return reference;
	if (id) return [id.split('/').at(-1), bytes];
	return createHash('sha256')
		.update(await load())
		.digest('hex');
}
