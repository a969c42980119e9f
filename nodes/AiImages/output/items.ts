import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { JobRecord } from '../errors';
import type { Operation, TokenPrices } from '../models';
import type { Settings } from '../options/table';
import type { Metadata } from '../services/types';
import type { UsageKeys } from '../services/usageKeys';
import { asNumber, asText, withoutUndefined } from '../values/json';
import { costByImages, costOf, roundedDollars } from './cost';
import type { StoredImage } from './storeImage';
import { toIsoDate } from './isoDate';
import { areCounted, combineMetadata } from './usage';

/** An image of a response. */
export interface FoundImage {
	/** Position in the response, from 0. */
	readonly index: number;
	readonly image: StoredImage;
	/** What the response reports about this image alone. */
	readonly metadata: Metadata;
	/** How it differs from what was requested. */
	readonly warnings: readonly string[];
	/** Where the API offers it, if it does. */
	readonly link?: string;
	/** ID of its request, if the images of an item come from several requests. */
	readonly requestId?: string;
}

/** What the images of one call, or of all calls for one item, have in common. */
export interface ItemFacts {
	readonly model: string;
	readonly operation: Operation;
	readonly prompt: string;
	/** The size that the node chose for an aspect ratio. */
	readonly chosenSize: string | undefined;
	/** What the response reports about all images. */
	readonly metadata: Metadata;
	/** US dollars per million tokens. */
	readonly prices: Partial<TokenPrices>;
	/** US dollars for each image; null = unknown, or billed by tokens. */
	readonly imagePrice: number | null;
	/** Where the service reports tokens and costs. */
	readonly usageKeys: UsageKeys;
	readonly previews: readonly StoredImage[];
	readonly requestId: string;
	readonly attempts: number;
	readonly durationMs: number;
	readonly warnings: readonly string[];
	/** Jobs of the same item whose images are still to come. */
	readonly pendingJobs: readonly JobRecord[] | undefined;
}

/** How images become items. */
export interface OutputOptions {
	readonly itemIndex: number;
	/** The binary field for the file; further files get a number. */
	readonly binaryField: string;
	readonly output: Settings['output'];
	/** Whether the json leaves out what few workflows need. */
	readonly simplify: boolean;
	/** Whether the json has the IDs of the files in n8n's storage. */
	readonly includeBinaryId: boolean;
	/** Whether a link may stand in the json; undefined = none may. */
	readonly mayShowLink: ((link: string) => boolean) | undefined;
}

/** The output items: binary files, and json with facts about them. */
export function toItems(
	images: readonly FoundImage[],
	facts: ItemFacts,
	options: OutputOptions,
): INodeExecutionData[] {
	const { itemIndex, binaryField, output } = options;
	const pairedItem = { item: itemIndex };
	const previews = numbered(facts.previews, `${binaryField}_partial`, 1);
	switch (output) {
		case 'itemPerImage':
			return images.map((found, position) => ({
				json: imageItem(found, position, images, facts, options),
				binary: { [binaryField]: found.image.binary, ...(position === 0 ? previews : {}) },
				pairedItem,
			}));
		case 'singleItem': {
			if (images.length === 0) return [];
			const files = images.map(({ image }) => image);
			return [
				{
					json: itemOfAll(images, facts, options),
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

/**
 * The json of one image.
 *
 * @param position among the images of its call
 * @param images of its call, which share its cost unless each has its own
 */
function imageItem(
	found: FoundImage,
	position: number,
	images: readonly FoundImage[],
	facts: ItemFacts,
	options: OutputOptions,
): IDataObject {
	const hasOwnUsage = areCounted(images);
	const { usage } = hasOwnUsage ? found.metadata : facts.metadata;
	const reported = { ...facts.metadata, ...found.metadata, usage };
	const cost = costIn(reported, facts, hasOwnUsage ? 1 : images.length);
	return json({
		...requestJson(facts, options),
		...imageJson(found, options),
		...callJson(reported, facts, options),
		costUsd: cost === null ? undefined : roundedDollars(hasOwnUsage ? cost : cost / images.length),
		// The tokens of a call count once, however many items it becomes.
		...metadataJson(reported, hasOwnUsage || position === 0, options),
		warnings: warningsOf([found], facts),
		pendingJobs: facts.pendingJobs,
	});
}

/** The json of all images of an input item. */
function itemOfAll(
	images: readonly FoundImage[],
	facts: ItemFacts,
	options: OutputOptions,
): IDataObject {
	const reported = combineMetadata(images, facts.metadata);
	const cost = costIn(reported, facts, images.length);
	return json({
		...requestJson(facts, options),
		...callJson(reported, facts, options),
		costUsd: cost === null ? undefined : roundedDollars(cost),
		...metadataJson(reported, true, options),
		warnings: warningsOf(images, facts),
		pendingJobs: facts.pendingJobs,
		images: images.map((found) => json(imageJson(found, options))),
	});
}

function requestJson({ model, operation, prompt }: ItemFacts, { simplify }: OutputOptions) {
	return { model, ...(simplify ? {} : { operation }), prompt };
}

function imageJson(
	{ index, image, metadata, link, requestId }: FoundImage,
	{ simplify, includeBinaryId, mayShowLink }: OutputOptions,
) {
	return {
		revisedPrompt: asText(metadata.revisedPrompt),
		...(simplify ? {} : { imageNumber: index + 1 }),
		fileName: image.binary.fileName,
		mimeType: image.mediaType.mimeType,
		fileSize: image.bytes,
		width: image.mediaType.width ?? undefined,
		height: image.mediaType.height ?? undefined,
		seed: asNumber(metadata.seed),
		imageUrl: link !== undefined && mayShowLink?.(link) ? link : undefined,
		// In memory, a file has none.
		binaryId: includeBinaryId ? image.binary.id : undefined,
		...(simplify || !requestId ? {} : { requestId }),
	};
}

/** What only the full json has of a call. */
function callJson(reported: Metadata, facts: ItemFacts, { simplify }: OutputOptions) {
	if (simplify) return {};
	const { chosenSize, requestId, attempts, durationMs } = facts;
	return {
		created: toIsoDate(reported.created) ?? toIsoDate(reported.createdAt),
		chosenSize,
		...(requestId ? { requestId } : {}),
		attempts,
		durationMs,
	};
}

/** What the response itself reports. */
function metadataJson(reported: Metadata, hasUsage: boolean, { simplify }: OutputOptions) {
	if (simplify) return {};
	const { size, quality, background, outputFormat, usage } = reported;
	const metadata = json({
		size: asText(size),
		quality: asText(quality),
		background: asText(background),
		outputFormat: asText(outputFormat),
		usage: hasUsage ? usage : undefined,
	});
	return Object.keys(metadata).length > 0 ? { metadata } : {};
}

function warningsOf(images: readonly FoundImage[], facts: ItemFacts): string[] | undefined {
	const own = [...new Set(images.flatMap(({ warnings }) => warnings))];
	const warnings = [...facts.warnings, ...own];
	return warnings.length > 0 ? warnings : undefined;
}

/** @param count how many images the cost is for */
function costIn(
	reported: Metadata,
	{ prices, imagePrice, operation, usageKeys }: ItemFacts,
	count: number,
): number | null {
	return costOf(reported, prices, operation, usageKeys) ?? costByImages(imagePrice, count);
}

function json(values: Readonly<Record<string, unknown>>): IDataObject {
	return withoutUndefined(values) as IDataObject;
}
