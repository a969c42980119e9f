import type { IExecuteFunctions } from 'n8n-workflow';
import { ValidationError } from '../../errors';
import { fromBinary, type InputFile } from './inputFile';
import { filesOf, filesFromExpression, type Files, type ExpressionFile } from './itemFiles';
import type { FileRow } from './fileRow';
import { formatValue } from '../../values/format';
import type { BinaryFile } from './storedFile';

/**
 * Opens the files that a row finds in its item: one that an expression gives, those of one name or
 * of several, or with `*` all images.
 *
 * @param place how the user calls the row
 * @throws ValidationError if one of them cannot be had
 */
export async function openBinaryFields(
	context: IExecuteFunctions,
	itemIndex: number,
	{ binaryField, not = [] }: FileRow,
	place: string,
): Promise<InputFile[]> {
	const files = filesOf(context, itemIndex);
	const found = asList(binaryField).flatMap((value) => findFiles(value, files, not, place));
	const opened = await Promise.all(found.map(async (each) => await open(context, itemIndex, each)));
	const problems = opened.flatMap((each) => each.problems);
	if (problems.length > 0) throw new ValidationError(problems);
	const images = opened.flatMap((each) => each.images);
	if (images.length > 0) return images;
	throw new ValidationError([noSuchFile(place, '*', [], Object.keys(files))]);
}

/** A file that a row asks for. */
interface Found {
	readonly file: BinaryFile;
	readonly label: string;
	/** Nobody named it: it counts only if it is an image. */
	readonly isOneOfAll: boolean;
}

interface Opened {
	readonly images: readonly InputFile[];
	readonly problems: readonly string[];
}

async function open(
	context: IExecuteFunctions,
	itemIndex: number,
	{ file, label, isOneOfAll }: Found,
): Promise<Opened> {
	return await fromBinary(context, itemIndex, file, label).then(
		(image) => ({
			images: isOneOfAll && !isIntendedImage(file, image) ? [] : [image],
			problems: [],
		}),
		(error: unknown) => {
			if (error instanceof ValidationError) return { images: [], problems: error.problems };
			throw error;
		},
	);
}

function asList(value: unknown): readonly unknown[] {
	return Array.isArray(value) && value.length > 0 ? (value as unknown[]) : [value];
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

function findFiles(
	value: unknown,
	files: Files,
	not: ReadonlyArray<FileRow | null>,
	place: string,
): Found[] {
	const [given, ...others] = filesFromExpression(value, files);
	if (given && others.length > 0)
		throw new ValidationError([fitsSeveral(place, [given, ...others])]);
	if (given) return [{ file: given.file, label: place, isOneOfAll: false }];
	const isOneOfAll = isAll(value);
	const names = isOneOfAll ? namesWithout(not, files) : namesIn(value, files);
	const missing = names.filter((name) => !Object.hasOwn(files, name));
	if (names.length === 0 || missing.length > 0) {
		throw new ValidationError([noSuchFile(place, value, missing, Object.keys(files))]);
	}
	return names.map((name) => ({
		file: files[name] as BinaryFile,
		label: `${place} (binary field "${name}")`,
		isOneOfAll,
	}));
}

function isAll(value: unknown): boolean {
	return typeof value === 'string' && value.trim() === '*';
}

function namesIn(value: unknown, files: Files): string[] {
	if (typeof value !== 'string') return [];
	const whole = value.trim();
	if (Object.hasOwn(files, whole)) return [whole];
	return whole
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
}

/** All names but those whose files other rows hold, however they say it. */
function namesWithout(rows: ReadonlyArray<FileRow | null>, files: Files): string[] {
	const held = rows
		.filter((row) => (row?.source ?? 'binary') === 'binary')
		.flatMap((row) => asList(row?.binaryField))
		.flatMap((value) => {
			const [given] = filesFromExpression(value, files);
			return given ? [given.name] : namesIn(value, files);
		});
	return Object.keys(files).filter((name) => !held.includes(name));
}

/**
 * Of all files of an item, the images count. One that only claims to be an image does too: left out
 * without a word, it would be missing in an edit that is billed.
 */
function isIntendedImage({ mimeType, fileName }: BinaryFile, input: InputFile): boolean {
	if (input.mediaType || input.defect?.isImage) return true;
	const claims = (fact: unknown, pattern: RegExp) => typeof fact === 'string' && pattern.test(fact);
	return claims(mimeType, /^image\//i) || claims(fileName, IMAGE_NAME);
}

const IMAGE_NAME = /\.(?:png|jpe?g|jfif|webp|gif|svg|avif|bmp|heic|heif|tiff?|jxl)$/i;

function fitsSeveral(place: string, given: readonly ExpressionFile[]): string {
	const names = given.map(({ name }) => name).join(', ');
	return `${place}: the expression fits several files of the item: ${names}. Enter the name of one of them in 'Input Binary Field'`;
}

function noSuchFile(
	place: string,
	value: unknown,
	missing: readonly string[],
	names: readonly string[],
): string {
	let problem = `Input Binary Field ${formatValue(value)} is no name of a field and no file`;
	if (missing.length) {
		problem = `the item has no binary field ${missing.map((name) => formatValue(name)).join(', ')}`;
	} else if (isAll(value)) {
		problem = 'none of the files of the item is an image';
	} else if (value === '' || value === null || value === undefined || isEmptyList(value)) {
		problem = 'Input Binary Field is empty';
	} else if (typeof value === 'object' && 'mimeType' in value) {
		problem = 'the expression describes a file that the item does not have';
	}
	const found = names.length ? `It has: ${names.join(', ')}` : 'The item has no files at all';
	return `${place}: ${problem}. ${found}. Choose one of its files, or connect a node that gives one`;
}
