import type { IDataObject } from 'n8n-workflow';
import { OUTPUT_BINARY_FIELD, TIMEOUT } from '../fields';
import type { TokenPrices } from '../models';

/** What *Options* sets about the node itself. */
export interface Settings {
	readonly outputBinaryField: string;
	/** All images of an input item in one item, or each in its own. */
	readonly singleItem: boolean;
	/** Template of the file's name without extension; empty = the node's own. */
	readonly fileName: string;
	readonly keepPartialImages: boolean;
	/** Edits send their files inside a JSON body. */
	readonly imagesAsJson: boolean;
	/** More fields of the request's body. */
	readonly extraFields: Readonly<Record<string, unknown>>;
	/** Prices to compute the cost by; null = those of the model's row. */
	readonly prices: TokenPrices | null;
	/** Milliseconds until the last byte of an answer must be there. */
	readonly timeout: number;
}

/** Reads the options; what is wrong with them goes to `problems`. */
export function readSettings(options: IDataObject, problems: string[]): Settings {
	return {
		outputBinaryField: String(options.outputBinaryField || OUTPUT_BINARY_FIELD),
		singleItem: readOutput(options.output, problems) === 'singleItem',
		fileName: String(options.fileName ?? ''),
		keepPartialImages: isTrue(options.keepPartialImages),
		imagesAsJson: isTrue(options.imagesAsJson),
		extraFields: readExtraFields(options.extraFields, problems),
		prices: readPrices(options.prices as IDataObject | undefined, problems),
		timeout: readTimeout(options.timeout, problems),
	};
}

/** Expressions often give a yes as a text. */
function isTrue(value: unknown): boolean {
	return value === true || value === 'true';
}

function readOutput(value: unknown, problems: string[]): string {
	const output = value ?? 'itemPerImage';
	if (output === 'itemPerImage' || output === 'singleItem') return output;
	problems.push(
		`Output: ${JSON.stringify(value)} is not possible. Allowed: itemPerImage, singleItem`,
	);
	return 'itemPerImage';
}

function readExtraFields(value: unknown, problems: string[]): Settings['extraFields'] {
	const fields = typeof value === 'string' ? parse(value.trim() || '{}') : (value ?? {});
	if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) {
		return fields as Settings['extraFields'];
	}
	problems.push(
		'Extra Body Fields: no JSON object. Allowed: names and values, such as {"seed": 7}',
	);
	return {};
}

function readPrices(value: IDataObject | undefined, problems: string[]): TokenPrices | null {
	const price = value?.price as IDataObject | undefined;
	if (!price) return null;
	const read = (name: string) => {
		const dollars = Number(price[name] ?? 0);
		if (dollars >= 0 && Number.isFinite(dollars)) return dollars;
		problems.push(
			`Prices: ${JSON.stringify(price[name])} is not possible. Allowed: 0 or more dollars`,
		);
		return 0;
	};
	return {
		textInput: read('textInput'),
		imageInput: read('imageInput'),
		imageOutput: read('imageOutput'),
		textOutput: read('textOutput'),
	};
}

function readTimeout(value: unknown, problems: string[]): number {
	const seconds = Number(value ?? TIMEOUT);
	if (seconds > 0 && seconds <= LONGEST_TIMEOUT) return seconds * 1000;
	problems.push(
		`Timeout: ${JSON.stringify(value)} is not possible. Allowed: more than 0 and up to ${LONGEST_TIMEOUT} seconds`,
	);
	return TIMEOUT * 1000;
}

/** A day, in seconds. */
const LONGEST_TIMEOUT = 86_400;

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
