import type { Defect } from '../../media/defect';
import type { ImageInfo } from '../../media/detectImage';
import { PngError } from '../../media/png/pngHeader';
import { readMask, toTransparentMask } from '../../media/png/transparentMask';
import type { InputFile } from './inputFile';

/**
 * A mask as services take it: a PNG with an alpha channel, whose transparent areas are edited. In a PNG
 * that is opaque everywhere, the white areas are meant. Other files are returned as they are. If the
 * PNG can't be read, or if nothing in it is edited, that is its defect.
 */
export async function withTransparency(mask: InputFile): Promise<InputFile> {
	const { mediaType, reference, defect } = mask;
	if (reference || defect || mediaType?.format !== 'png') return mask;
	return await convert(mask, mediaType).catch((error: unknown) => {
		if (!(error instanceof PngError)) throw error;
		return { ...mask, defect: maskDefect(`the mask can't be used: ${error.message}`) };
	});
}

async function convert(mask: InputFile, mediaType: ImageInfo): Promise<InputFile> {
	const { identity, read } = mask;
	const { areas, isUnderstood } = await readMask(read());
	if (isUnderstood) return mask;
	if (!areas) return { ...mask, defect: maskDefect(NO_AREA) };
	return {
		...mask,
		identity: identity && `${identity} as transparency`,
		mediaType: { ...mediaType, hasAlpha: true },
		bytes: await lengthOf(toTransparentMask(read(), areas)),
		read: () => toTransparentMask(read(), areas),
	};
}

const NO_AREA =
	'the mask has no area to edit: make the area to edit transparent, or white in a mask without transparency';

function maskDefect(text: string): Defect {
	return { text, advice: '', isImage: false, isCutOff: false };
}

async function lengthOf(pieces: AsyncIterable<Buffer>): Promise<number> {
	let length = 0;
	for await (const piece of pieces) length += piece.length;
	return length;
}
