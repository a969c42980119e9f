import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Operation, TokenPrices } from '../models';
import { costOf } from './cost';
import { asNumber, asText, type JsonRecord } from '../values/json';
import type { StoredImage } from './storeImage';
import { usageOf } from './usage';

/** An image of an answer. */
export interface FoundImage {
	/** Position in the answer, from 0. */
	readonly index: number;
	readonly image: StoredImage;
	/** What the server says of this image alone. */
	readonly metadata: JsonRecord;
	/** Where it is not what was asked for. */
	readonly warnings: readonly string[];
	/** Of the request that made it, where the images of an item come from several. */
	readonly requestId?: string;
}

/** What the images of one call, or of the calls for one item, have in common. */
export interface ItemFacts {
	readonly model: string;
	readonly operation: Operation;
	/** The size that the node chose for an aspect ratio. */
	readonly chosenSize: string | undefined;
	/** What the server says of all images. */
	readonly metadata: JsonRecord;
	readonly prices: Partial<TokenPrices>;
	readonly partials: readonly StoredImage[];
	readonly requestId: string;
	readonly attempts: number;
	readonly durationMs: number;
	readonly warnings: readonly string[];
}

/** How the images leave the node. */
export interface OutputOptions {
	readonly itemIndex: number;
	/** The field of the item that a file is put into; further files are numbered. */
	readonly binaryField: string;
	readonly singleItem: boolean;
}

/** The items that go on into the workflow: the files, and a small json about them. */
export function toItems(
	images: readonly FoundImage[],
	facts: ItemFacts,
	{ itemIndex, binaryField, singleItem }: OutputOptions,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	const previews = numbered(facts.partials, `${binaryField}_partial`, 1);
	if (!singleItem) {
		return images.map((found, position) => ({
			json: {
				...requestJson(facts),
				...imageJson(found),
				...callJson([found], facts, images.length),
			},
			binary: { [binaryField]: found.image.binary, ...(position === 0 ? previews : {}) },
			pairedItem,
		}));
	}
	const [first] = images;
	if (!first) return [];
	return [
		{
			json: {
				...requestJson(facts),
				...callJson(images, facts, 1),
				images: images.map((found) => imageJson(found)),
			},
			binary: {
				...numbered(
					images.map(({ image }) => image),
					binaryField,
					0,
				),
				...previews,
			},
			pairedItem,
		},
	];
}

/** `data`, `data_2`, `data_3` from 0, or `data_1`, `data_2` from 1. */
function numbered(images: readonly StoredImage[], field: string, from: 0 | 1): IBinaryKeyData {
	return Object.fromEntries(
		images.map(({ binary }, index) => {
			const isBare = from === 0 && index === 0;
			return [isBare ? field : `${field}_${index + 1}`, binary];
		}),
	);
}

function requestJson({ model, operation }: ItemFacts): IDataObject {
	return { model, operation };
}

/**
 * @param images those of the item
 * @param shares how many items the cost of the call is divided among
 */
function callJson(images: readonly FoundImage[], facts: ItemFacts, shares: number): IDataObject {
	const own = [...new Set(images.flatMap(({ warnings }) => warnings))];
	const warnings = [...facts.warnings, ...own];
	const metadata = { ...facts.metadata, ...images[0]?.metadata };
	const isCountedEach = images.some((image) => image.metadata.usage);
	const usage = usageOf(images, facts.metadata);
	const cost = costOf({ ...metadata, usage }, facts.prices, facts.operation);
	const created = metadata.created ?? metadata.created_at;
	return withoutUndefined({
		created: asNumber(created),
		chosenSize: facts.chosenSize,
		size: asText(metadata.size),
		quality: asText(metadata.quality),
		background: asText(metadata.background),
		outputFormat: asText(metadata.output_format),
		usage,
		cost: cost === null ? 'unknown' : roundedDollars(isCountedEach ? cost : cost / shares),
		requestId: facts.requestId || undefined,
		attempts: facts.attempts,
		durationMs: facts.durationMs,
		warnings: warnings.length ? warnings : undefined,
	});
}

function imageJson({ index, image, metadata, requestId }: FoundImage): IDataObject {
	return withoutUndefined({
		index,
		fileName: image.binary.fileName,
		mimeType: image.mediaType.mimeType,
		fileSize: image.bytes,
		width: image.mediaType.width ?? undefined,
		height: image.mediaType.height ?? undefined,
		revisedPrompt: asText(metadata.revised_prompt),
		requestId: requestId || undefined,
	});
}

/** To a millionth of a dollar, a thousandth of the price of a small image. */
function roundedDollars(dollars: number): number {
	return Math.round(dollars * 1_000_000) / 1_000_000;
}

function withoutUndefined(values: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as IDataObject;
}
