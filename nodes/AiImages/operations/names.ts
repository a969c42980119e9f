import { imagesAskedFor } from '../request/split';
import type { ValidRequest } from '../request/validate';
import type { Expected } from '../response/entries';
import { fileStem } from '../response/fileName';
import type { Job, Part } from './parts';

/** Names the files of a call, each by its position among the images of the item. */
export class Names {
	private previews = 0;

	constructor(private readonly part: Part) {}

	/** The position of an image of the response, from 0. */
	positionOf({ position }: Pick<Expected, 'position'>): number {
		return this.part.imagesBefore + position;
	}

	/** The name of a file, without its extension. */
	of(expected: Pick<Expected, 'isPreview' | 'position'>): string {
		const stem = nameAt(this.part.job, this.positionOf(expected));
		// A preview is one of the image to come.
		return expected.isPreview ? `${stem}-partial-${++this.previews}` : stem;
	}
}

/** The name of the image at a position of an item, without its extension. */
export function nameAt({ request, itemIndex, fileName }: Job, position: number): string {
	const several = imagesAskedFor(request) > 1;
	return stemOf(request, fileName, { item: itemIndex + 1, index: position + 1, several });
}

/**
 * The template of each item's names. Where several items would get the same name, their number is
 * added to it: files are often written by their names.
 */
export function templatesOf(items: ReadonlyArray<Pick<Job, 'request'>>): string[] {
	const firsts = items.map(({ request }) => firstNameOf(request));
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
function firstNameOf(request: ValidRequest): string {
	const { fileName } = request.settings;
	const name = stemOf(request, fileName, { item: 0, index: 1, several: false });
	// Some file systems take capitals for small letters.
	return name.normalize('NFC').toLowerCase();
}

function stemOf(
	{ values, model }: ValidRequest,
	template: string,
	numbers: { readonly item: number; readonly index: number; readonly several: boolean },
): string {
	const today = new Date().toISOString().slice(0, 10);
	return fileStem(template, { prompt: String(values.prompt), model, ...numbers }, today);
}
