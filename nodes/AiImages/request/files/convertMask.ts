import type { Defect } from '../../media/defect';
import type { ImageInfo } from '../../media/detectImage';
import { PngError } from '../../media/png/pngHeader';
import { readMask, toMask, type MaskKind } from '../../media/png/mask';
import type { InputFile } from './inputFile';

/**
 * A mask as the service takes it. The transparent areas of the PNG are meant, or, if it is opaque
 * everywhere, its white ones. Other files are returned as they are. If the PNG can't be read, or if
 * nothing in it is edited, that is its defect.
 */
export async function convertMask(mask: InputFile, kind: MaskKind): Promise<InputFile> {
	const { mediaType, reference, defect } = mask;
	if (reference || defect || mediaType?.format !== 'png') return mask;
	return await convert(mask, mediaType, kind).catch((error: unknown) => {
		if (!(error instanceof PngError)) throw error;
		return { ...mask, defect: maskDefect(`the mask can't be used: ${error.message}`) };
	});
}

async function convert(mask: InputFile, mediaType: ImageInfo, kind: MaskKind): Promise<InputFile> {
	const { identity, read } = mask;
	const { areas, isTransparent } = await readMask(read());
	if (isTransparent && kind === 'transparent') return mask;
	if (!areas) return { ...mask, defect: maskDefect(NO_AREA) };
	return {
		...mask,
		identity: identity && `${identity} as ${kind}`,
		mediaType: { ...mediaType, hasAlpha: kind === 'transparent' },
		bytes: await lengthOf(toMask(read(), areas, kind)),
		read: () => toMask(read(), areas, kind),
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
