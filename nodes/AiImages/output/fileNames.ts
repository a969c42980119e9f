import { requestedImages } from '../request/split';
import type { ValidRequest } from '../request/types';
import { fileStem } from './fileStem';

/** What the file names of an item are made from. */
export interface NamedItem {
	readonly request: ValidRequest;
	readonly itemIndex: number;
	/** Template of the names; empty = the default. */
	readonly fileNameTemplate: string;
}

/** An image that is about to arrive. */
interface ExpectedImage {
	readonly isPreview: boolean;
	/** How many results of the response precede it. */
	readonly position: number;
}

/** Names the files of a call after their position among the images of the item. */
export class FileNames {
	private previews = 0;

	/** @param imagesBefore how many images the earlier calls of the item request */
	constructor(
		private readonly item: NamedItem,
		private readonly imagesBefore: number,
	) {}

	/** The position of an image among those of the item, from 0. */
	positionOf({ position }: Pick<ExpectedImage, 'position'>): number {
		return this.imagesBefore + position;
	}

	/** The name of a file, without its extension. */
	nameOf(expected: ExpectedImage): string {
		const name = fileNameAt(this.item, this.positionOf(expected));
		// A preview is named after the image to come.
		return expected.isPreview ? `${name}-partial-${++this.previews}` : name;
	}
}

/** The name of the image at a position of an item, without its extension. */
export function fileNameAt(item: NamedItem, position: number): string {
	const { request, itemIndex, fileNameTemplate } = item;
	const several = requestedImages(request) > 1;
	const numbers = { item: itemIndex + 1, index: position + 1, several };
	return stemFor(request, fileNameTemplate, numbers);
}

/**
 * The template for each item. Items that would get the same name get their number appended, because
 * many nodes write files by name.
 */
export function fileNameTemplates(items: ReadonlyArray<Pick<NamedItem, 'request'>>): string[] {
	const firsts = items.map(({ request }) => firstFileName(request));
	const count = new Map<string, number>();
	for (const name of firsts) count.set(name, (count.get(name) ?? 0) + 1);
	return items.map(({ request: { settings } }, index) => {
		const isTaken = (count.get(firsts[index] ?? '') ?? 0) > 1;
		return isTaken && hasNoItemNumber(settings.fileName)
			? `${settings.fileName}-{item}`
			: settings.fileName;
	});
}

function hasNoItemNumber(template: string): boolean {
	return template !== '' && !template.includes('{item}');
}

/** The name of an item's first image, without the number of the item. */
function firstFileName(request: ValidRequest): string {
	const { fileName } = request.settings;
	const name = stemFor(request, fileName, { item: 0, index: 1, several: false });
	// Some file systems ignore case.
	return name.normalize('NFC').toLowerCase();
}

function stemFor(
	{ values, model }: ValidRequest,
	template: string,
	numbers: { readonly item: number; readonly index: number; readonly several: boolean },
): string {
	const today = new Date().toISOString().slice(0, 10);
	return fileStem(template, { prompt: String(values.prompt), model, ...numbers }, today);
}
