import { ValidationError } from '../../errors';
import { PngError } from '../../media/png/pngChunks';
import { toTransparentMask } from '../../media/png/transparentMask';
import type { InputFile } from './inputFile';

/**
 * A mask as services take it, whose transparent areas are edited. In a PNG without an alpha channel,
 * the white areas are meant. Other files are returned as they are.
 *
 * @throws ValidationError if the PNG cannot be read
 */
export async function withTransparency(mask: InputFile): Promise<InputFile> {
	const { mediaType, reference, defect, label, identity, read } = mask;
	if (reference || defect || mediaType?.format !== 'png' || mediaType.hasAlpha !== false) {
		return mask;
	}
	const bytes = await lengthOf(toTransparentMask(read())).catch((error: unknown) => {
		const problem = error instanceof PngError ? error.message : 'it is damaged';
		throw new ValidationError([`${label}: the mask can't be used: ${problem}`]);
	});
	return {
		...mask,
		identity: identity && `${identity} as transparency`,
		mediaType: { ...mediaType, hasAlpha: true },
		bytes,
		read: () => toTransparentMask(read()),
	};
}

async function lengthOf(pieces: AsyncIterable<Buffer>): Promise<number> {
	let length = 0;
	for await (const piece of pieces) length += piece.length;
	return length;
}
