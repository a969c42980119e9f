import type { ImageInfo } from './detectImage';
import { MAX_HEAD_BYTES } from './fileHead';

/**
 * Whether an SVG contains something that a browser would run or load when it opens the file
 * (https://www.w3.org/TR/SVG2/interact.html#ScriptElement and the event attributes there).
 *
 * @param bytes the head of the file; one of full length is unsafe, because its rest is not read
 */
export function mayRunScripts({ format }: ImageInfo, bytes: Buffer): boolean {
	if (format !== 'svg') return false;
	return bytes.length >= MAX_HEAD_BYTES || ACTIVE_CONTENT.test(bytes.toString('utf8'));
}

/** Entities are included because they can hide a script. */
const ACTIVE_CONTENT =
	/<(?:\w+:)?(?:script|foreignObject|iframe|handler)\b|\son[a-z]+\s*=|javascript\s*:|<!ENTITY/i;
