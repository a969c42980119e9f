import type { IDataObject } from 'n8n-workflow';
import {
	LARGEST_IMAGE,
	MAX_RETRY_WAIT,
	MOST_IMAGES_PER_MINUTE,
	MOST_PARALLEL_REQUESTS,
	OUTPUT_BINARY_FIELD,
	PARALLEL_REQUESTS,
	TIMEOUT,
} from '../fields';
import type { TokenPrices } from '../models';
import { toJson, toNumber, formatValue, toText } from '../values/format';

/** What *Options* sets about the node itself. */
export interface Settings {
	readonly outputBinaryField: string;
	/** All images of an input item in one item, or each in its own. */
	readonly singleItem: boolean;
	/** Template of the file's name without extension; empty = the node's own. */
	readonly fileName: string;
	/** Edits send their files inside a JSON body. */
	readonly imagesAsJson: boolean;
	/** More fields of the request's body. */
	readonly extraFields: Readonly<Record<string, unknown>>;
	/** Prices that replace those of the model's row. */
	readonly prices: Partial<TokenPrices>;
	/** Requests under way at the same time; that of the first item counts. */
	readonly parallelRequests: number;
	/** Images asked for in any minute, 0 = no limit; that of the first item counts. */
	readonly imagesPerMinute: number;
	/** Parameters that the server does not know are left out, even if the user set them. */
	readonly dropUnsupported: boolean;
	/** Milliseconds that all pauses before repeated attempts may take together. */
	readonly maxRetryWait: number;
	/** Failures of the server are repeated although the image may have been billed. */
	readonly retryServerErrors: boolean;
	/** Milliseconds until the last byte of an answer must be there. */
	readonly timeout: number;
	/** Bytes that one image may have. */
	readonly largestImage: number;
}

/** Reads the options; what is wrong with them goes to `problems`. */
export function readSettings(options: IDataObject, problems: string[]): Settings {
	return {
		outputBinaryField:
			readText('Output Binary Field', options.outputBinaryField, problems) || OUTPUT_BINARY_FIELD,
		singleItem: readOutput(options.output, problems) === 'singleItem',
		fileName: readText('File Name', options.fileName, problems),
		imagesAsJson: readYes('Send Images as JSON', options.imagesAsJson, problems),
		extraFields: readExtraFields(options.extraFields, problems),
		prices: readPrices(options.prices as IDataObject | undefined, problems),
		parallelRequests: readCount(
			'Parallel Requests',
			options.parallelRequests,
			[PARALLEL_REQUESTS, 1, MOST_PARALLEL_REQUESTS],
			problems,
		),
		imagesPerMinute: readCount(
			'Images per Minute',
			options.imagesPerMinute,
			[0, 0, MOST_IMAGES_PER_MINUTE],
			problems,
		),
		dropUnsupported: readYes('Drop Unsupported Parameters', options.dropUnsupported, problems),
		maxRetryWait: readSeconds('Longest Wait', options.maxRetryWait, MAX_RETRY_WAIT, 0, problems),
		retryServerErrors: readYes('Retry Server Errors', options.retryServerErrors, problems),
		largestImage: readMegabytes('Largest Image', options.largestImage, problems),
		timeout: readSeconds('Timeout', options.timeout, TIMEOUT, Number.MIN_VALUE, problems),
	};
}

/** Expressions often give a yes as a text. */
function readYes(name: string, value: unknown, problems: string[]): boolean {
	const text = toText(value ?? false);
	if (text !== 'true' && text !== 'false') {
		problems.push(`${name}: ${formatValue(value)} is not possible. Allowed: true or false`);
	}
	return text === 'true';
}

function readText(name: string, value: unknown, problems: string[]): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	problems.push(`${name}: ${formatValue(value)} is no text. Enter one, or remove the option`);
	return '';
}

function readCount(
	name: string,
	value: unknown,
	[usual, least, most]: readonly [usual: number, least: number, most: number],
	problems: string[],
): number {
	const count = typeof value === 'boolean' || value === '' ? NaN : toNumber(value ?? usual);
	if (Number.isInteger(count) && count >= least && count <= most) return count;
	problems.push(
		`${name}: ${formatValue(value)} is not possible. Allowed: a whole number from ${least} to ${most}`,
	);
	return usual;
}

function readOutput(value: unknown, problems: string[]): string {
	const output = value ?? 'itemPerImage';
	if (output === 'itemPerImage' || output === 'singleItem') return output;
	problems.push(`Output: ${formatValue(value)} is not possible. Allowed: itemPerImage, singleItem`);
	return 'itemPerImage';
}

function readExtraFields(value: unknown, problems: string[]): Settings['extraFields'] {
	// What an expression gives is read as what JSON makes of it, for that is what is sent.
	const text = typeof value === 'string' ? value.trim() || '{}' : toJson(value ?? {});
	const fields = parse(text ?? '');
	if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) {
		return fields as Settings['extraFields'];
	}
	problems.push(
		'Extra Body Fields: no JSON object. Allowed: names and values, such as {"seed": 7}',
	);
	return {};
}

function readPrices(value: IDataObject | undefined, problems: string[]): Partial<TokenPrices> {
	const rows = (value?.price ?? []) as IDataObject[];
	const prices = rows.map(({ tokens, dollars }) => {
		if (!PRICED.includes(toText(tokens))) {
			problems.push(
				`Prices: ${formatValue(tokens)} is not possible. Allowed: ${PRICED.join(', ')}`,
			);
		}
		const price = toNumber(dollars ?? 0);
		if (!(price >= 0) || !Number.isFinite(price)) {
			problems.push(`Prices: ${formatValue(dollars)} is not possible. Allowed: 0 or more dollars`);
		}
		return [toText(tokens), price];
	});
	return Object.fromEntries(prices) as Partial<TokenPrices>;
}

const PRICED = ['textInput', 'imageInput', 'imageOutput', 'textOutput'];

/** @returns milliseconds */
function readSeconds(
	name: string,
	value: unknown,
	usual: number,
	least: number,
	problems: string[],
): number {
	const seconds = typeof value === 'boolean' ? NaN : toNumber(value ?? usual);
	if (seconds >= least && seconds <= LONGEST_TIME) return Math.ceil(seconds * 1000);
	const lower = least === 0 ? '0' : 'more than 0';
	problems.push(
		`${name}: ${formatValue(value)} is not possible. Allowed: ${lower} and up to ${LONGEST_TIME} seconds`,
	);
	return usual * 1000;
}

/** @returns bytes */
function readMegabytes(name: string, value: unknown, problems: string[]): number {
	const megabytes = typeof value === 'boolean' ? NaN : toNumber(value ?? LARGEST_IMAGE);
	if (megabytes > 0 && megabytes <= LARGEST_FILE) return Math.ceil(megabytes * 1_048_576);
	problems.push(
		`${name}: ${formatValue(value)} is not possible. Allowed: more than 0 and up to ${LARGEST_FILE} MB`,
	);
	return LARGEST_IMAGE * 1_048_576;
}

/** Megabytes; what a file of n8n's may have in a database is half of it. */
const LARGEST_FILE = 1024;

/** A day, in seconds. */
const LONGEST_TIME = 86_400;

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
