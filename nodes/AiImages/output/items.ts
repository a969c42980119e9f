import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Operation, TokenPrices } from '../models';
import type { Settings } from '../options/table';
import type { Metadata, UsageKeys } from '../services/types';
import { asNumber, asText, withoutUndefined } from '../values/json';
import { costOf } from './cost';
import type { StoredImage } from './storeImage';
import { combineMetadata } from './usage';

/** An image of a response. */
export interface FoundImage {
	/** Position in the response, from 0. */
	readonly index: number;
	readonly image: StoredImage;
	/** What the response reports about this image alone. */
	readonly metadata: Metadata;
	/** How it differs from what was requested. */
	readonly warnings: readonly string[];
	/** ID of its request, if the images of an item come from several requests. */
	readonly requestId?: string;
}

/** What the images of one call, or of all calls for one item, have in common. */
export interface ItemFacts {
	readonly model: string;
	readonly operation: Operation;
	/** The size that the node chose for an aspect ratio. */
	readonly chosenSize: string | undefined;
	/** What the response reports about all images. */
	readonly metadata: Metadata;
	/** US dollars per million tokens. */
	readonly prices: Partial<TokenPrices>;
	/** Where the service reports tokens and costs. */
	readonly usageKeys: UsageKeys;
	readonly previews: readonly StoredImage[];
	readonly requestId: string;
	readonly attempts: number;
	readonly durationMs: number;
	readonly warnings: readonly string[];
}

/** How images become items. */
export interface OutputOptions {
	readonly itemIndex: number;
	/** The binary field for the file; further files get a number. */
	readonly binaryField: string;
	readonly output: Settings['output'];
}

/** The output items: binary files, and json with facts about them. */
export function toItems(
	images: readonly FoundImage[],
	facts: ItemFacts,
	{ itemIndex, binaryField, output }: OutputOptions,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	const previews = numbered(facts.previews, `${binaryField}_partial`, 1);
	switch (output) {
		case 'itemPerImage':
			return images.map((found, position) => ({
				json: {
					...requestJson(facts),
					...imageJson(found),
					...callJson([found], facts, images.length),
				},
				binary: { [binaryField]: found.image.binary, ...(position === 0 ? previews : {}) },
				pairedItem,
			}));
		case 'singleItem': {
			if (images.length === 0) return [];
			const files = images.map(({ image }) => image);
			const json = { ...requestJson(facts), ...callJson(images, facts, 1) };
			return [
				{
					json: { ...json, images: images.map(imageJson) },
					binary: { ...numbered(files, binaryField, 0), ...previews },
					pairedItem,
				},
			];
		}
	}
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
 * @param shares the number of items that share the cost of the call
 */
function callJson(images: readonly FoundImage[], facts: ItemFacts, shares: number): IDataObject {
	const own = [...new Set(images.flatMap(({ warnings }) => warnings))];
	const warnings = [...facts.warnings, ...own];
	const reported = combineMetadata(images, facts.metadata);
	const hasOwnUsage = images.some(({ metadata }) => metadata.usage);
	const cost = costOf(reported, facts.prices, facts.operation, facts.usageKeys);
	return withoutUndefined({
		created: asNumber(reported.created ?? reported.createdAt),
		chosenSize: facts.chosenSize,
		size: asText(reported.size),
		quality: asText(reported.quality),
		background: asText(reported.background),
		outputFormat: asText(reported.outputFormat),
		usage: reported.usage,
		cost: cost === null ? 'unknown' : roundedDollars(hasOwnUsage ? cost : cost / shares),
		requestId: facts.requestId || undefined,
		attempts: facts.attempts,
		durationMs: facts.durationMs,
		warnings: warnings.length ? warnings : undefined,
	}) as IDataObject;
}

function imageJson({ index, image, metadata, requestId }: FoundImage): IDataObject {
	return withoutUndefined({
		index,
		fileName: image.binary.fileName,
		mimeType: image.mediaType.mimeType,
		fileSize: image.bytes,
		width: image.mediaType.width ?? undefined,
		height: image.mediaType.height ?? undefined,
		revisedPrompt: asText(metadata.revisedPrompt),
		requestId: requestId || undefined,
	}) as IDataObject;
}

/** To a millionth of a dollar, a thousandth of the price of a small image. */
function roundedDollars(dollars: number): number {
	return Math.round(dollars * 1_000_000) / 1_000_000;
}
