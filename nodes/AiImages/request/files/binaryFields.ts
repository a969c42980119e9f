import type { IExecuteFunctions } from 'n8n-workflow';
import { ValidationError } from '../../errors';
import { fromBinary, type InputFile } from './inputFile';
import type { FileRow } from './fileRow';
import {
	fileById,
	filesFromExpression,
	getItemFiles,
	type ExpressionFile,
	type ItemFiles,
} from './itemFiles';
import { formatValue } from '../../values/format';
import type { BinaryFile } from './storedFile';

/**
 * Opens the files that a row finds: the file that is the value of its expression, or whose ID is,
 * those in one or several binary fields of its item, or with `*` all its images.
 *
 * @param place the row's name in messages: `Input image 2`
 * @throws ValidationError if one of them is missing or can't be read
 */
export async function openBinaryFields(
	context: IExecuteFunctions,
	itemIndex: number,
	{ binaryField, not = [] }: FileRow,
	place: string,
): Promise<InputFile[]> {
	const files = getItemFiles(context, itemIndex);
	const selected = asList(binaryField).flatMap((value) => selectFiles(value, files, not, place));
	const results = await Promise.all(selected.map(async (each) => await openFile(context, each)));
	const problems = results.flatMap((each) => each.problems);
	if (problems.length > 0) throw new ValidationError(problems);
	const images = results.flatMap((each) => each.images);
	if (images.length > 0) return images;
	throw new ValidationError([missingFileProblem(place, '*', [], Object.keys(files))]);
}

interface SelectedFile {
	readonly file: BinaryFile;
	readonly label: string;
	/** Selected by `*`: the file is left out if it isn't an image. */
	readonly isByWildcard: boolean;
}

interface OpenResult {
	readonly images: readonly InputFile[];
	readonly problems: readonly string[];
}

async function openFile(
	context: IExecuteFunctions,
	{ file, label, isByWildcard }: SelectedFile,
): Promise<OpenResult> {
	return await fromBinary(context, file, label).then(
		(image) => ({
			images: isByWildcard && !isIntendedImage(file, image) ? [] : [image],
			problems: [],
		}),
		(error: unknown) => {
			if (error instanceof ValidationError) return { images: [], problems: error.problems };
			throw error;
		},
	);
}

function selectFiles(
	value: unknown,
	files: ItemFiles,
	excluded: readonly FileRow[],
	place: string,
): SelectedFile[] {
	const matches = filesFromExpression(value, files);
	const [match] = matches;
	if (matches.length > 1) throw new ValidationError([ambiguousFileProblem(place, matches)]);
	if (match) return [{ file: match.file, label: place, isByWildcard: false }];
	const isByWildcard = isWildcard(value);
	const names = isByWildcard ? namesWithout(excluded, files) : parseNames(value, files);
	const selected = names.map((name): Partial<SelectedFile> & { name: string } => {
		const isField = Object.hasOwn(files, name);
		const label = isField ? `${place} (binary field "${name}")` : place;
		return { name, label, file: isField ? files[name] : fileById(name) };
	});
	const missing = selected.filter(({ file }) => !file).map(({ name }) => name);
	if (names.length === 0 || missing.length > 0) {
		throw new ValidationError([missingFileProblem(place, value, missing, Object.keys(files))]);
	}
	return selected.map(({ file, label }) => ({ file, label, isByWildcard }) as SelectedFile);
}

function isWildcard(value: unknown): boolean {
	return typeof value === 'string' && value.trim() === '*';
}

/** One name or a list; a name can itself contain commas. */
function parseNames(value: unknown, files: ItemFiles): string[] {
	if (typeof value !== 'string') return [];
	const text = value.trim();
	if (Object.hasOwn(files, text)) return [text];
	return text
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
}

/** The names of all files that the given rows don't use. */
function namesWithout(rows: readonly FileRow[], files: ItemFiles): string[] {
	const used = rows
		.filter((row) => (row?.source ?? 'binary') === 'binary')
		.flatMap((row) => asList(row?.binaryField))
		.flatMap((value) => {
			const [match] = filesFromExpression(value, files);
			return match ? [match.name] : parseNames(value, files);
		});
	return Object.keys(files).filter((name) => !used.includes(name));
}

/**
 * Includes a file that is an image only by its type or its name: without it, the edit would be
 * billed although an image is missing. Its defect is reported instead.
 */
function isIntendedImage({ mimeType, fileName }: BinaryFile, input: InputFile): boolean {
	if (input.mediaType || input.defect?.isImage) return true;
	const matches = (value: unknown, pattern: RegExp) =>
		typeof value === 'string' && pattern.test(value);
	return matches(mimeType, /^image\//i) || matches(fileName, IMAGE_NAME);
}

const IMAGE_NAME = /\.(?:png|jpe?g|jfif|webp|gif|svg|avif|bmp|heic|heif|tiff?|jxl)$/i;

function ambiguousFileProblem(place: string, matches: readonly ExpressionFile[]): string {
	const names = matches.map(({ name }) => name).join(', ');
	return `${place}: the expression matches several binary fields of the input item: ${names}. Enter the name of one of them in 'Input Binary Field'`;
}

function missingFileProblem(
	place: string,
	value: unknown,
	missing: readonly string[],
	available: readonly string[],
): string {
	let problem = `'Input Binary Field' must be the name of a binary field, not ${formatValue(value)}`;
	if (missing.length) {
		problem = `the input item has no binary field ${missing.map((name) => formatValue(name)).join(', ')}`;
	} else if (isWildcard(value)) {
		problem = 'the input item has no image files';
	} else if (value === '' || value === null || value === undefined || isEmptyList(value)) {
		problem = "'Input Binary Field' is empty";
	} else if (typeof value === 'object' && 'mimeType' in value) {
		problem = "the expression refers to a file that the input item doesn't have";
	}
	if (available.length === 0) {
		return `${place}: ${problem}. The item has no binary data. Connect a node that outputs a file`;
	}
	const choose = isWildcard(value) ? 'Connect' : 'Use one of them, or connect';
	return `${place}: ${problem}. The item's binary fields: ${available.join(', ')}. ${choose} a node that outputs an image`;
}

function asList(value: unknown): readonly unknown[] {
	return Array.isArray(value) && value.length > 0 ? (value as unknown[]) : [value];
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}
