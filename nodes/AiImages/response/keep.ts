import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { detectMediaType, type MediaType } from './mediaType';

/** An image in n8n's binary store. */
export interface StoredImage {
	readonly binary: IBinaryData;
	readonly mediaType: MediaType;
	/** Length in bytes. */
	readonly bytes: number;
}

/**
 * Puts bytes into the binary store, under the type and the extension that they call for.
 *
 * @returns null if the bytes are no image
 */
export async function keepImage(
	context: IExecuteFunctions,
	bytes: Buffer,
	fileStem: string,
): Promise<StoredImage | null> {
	const mediaType = detectMediaType(bytes);
	if (!mediaType) return null;
	const binary = await context.helpers.prepareBinaryData(
		bytes,
		`${fileStem}.${mediaType.extension}`,
		mediaType.mimeType,
	);
	return { binary, mediaType, bytes: bytes.length };
}
