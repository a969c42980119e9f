import { requestedImages } from '../request/split';
import type { ValidRequest } from '../request/validate';
import type { Expected } from '../response/entries';
import { fileStem } from './fileName';
import type { ItemRequest, Call } from '../execution/calls';

/** Names the files of a call, each by its position among the images of the item. */
export class FileNames {
	private previews = 0;

	constructor(private readonly part: Call) {}

	/** The position of an image of the response, from 0. */
	positionOf({ position }: Pick<Expected, 'position'>): number {
		return this.part.imagesBefore + position;
	}

	/** The name of a file, without its extension. */
	of(expected: Pick<Expected, 'isPreview' | 'position'>): string {
		const stem = fileNameAt(this.part.job, this.positionOf(expected));
		// A preview is one of the image to come.
		return expected.isPreview ? `${stem}-partial-${++this.previews}` : stem;
	}
}

/** The name of the image at a position of an item, without its extension. */
export function fileNameAt(
	{ request, itemIndex, fileNameTemplate }: ItemRequest,
	position: number,
): string {
	const several = requestedImages(request) > 1;
	return stemFor(request, fileNameTemplate, { item: itemIndex + 1, index: position + 1, several });
}

/**
 * The template of each item's names. Where several items would get the same name, their number is
 * added to it: files are often written by their names.
 */
export function fileNameTemplates(items: ReadonlyArray<Pick<ItemRequest, 'request'>>): string[] {
	const firsts = items.map(({ request }) => firstFileName(request));
	const count = new Map<string, number>();
	for (const name of firsts) count.set(name, (count.get(name) ?? 0) + 1);
	return items.map(({ request: { settings } }, index) => {
		const isTaken = (count.get(firsts[index] ?? '') ?? 0) > 1;
		return isTaken && tellsNoItem(settings.fileName)
			? `${settings.fileName}-{item}`
			: settings.fileName;
	});
}

function tellsNoItem(template: string): boolean {
	return template !== '' && !template.includes('{item}');
}

/** The name of an item's first image, without the number of the item. */
function firstFileName(request: ValidRequest): string {
	const { fileName } = request.settings;
	const name = stemFor(request, fileName, { item: 0, index: 1, several: false });
	// Some file systems take capitals for small letters.
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
