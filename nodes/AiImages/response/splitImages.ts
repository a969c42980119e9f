import type { SplitImages } from './types';

/** How many images were stored or failed. Bytes that were no image do not count. */
export function countImages<Image>(found: SplitImages<Image>): number {
	return [...found.values()].filter(({ image }) => image !== null).length;
}

/** Whether a key that holds an image had something else. */
export function hasInvalidImage<Image>(found: SplitImages<Image>): boolean {
	return [...found.values()].some(({ image, isCertain }) => image === null && isCertain);
}

/** The text as errors show it. Only texts without images become part of one. */
export function withoutPlaceholders(text: string): string {
	return text.replace(/\\u0000image \d+/g, '…');
}
