import { HEAD_BYTES, type ImageInfo } from './detectImage';

/**
 * Whether an SVG holds something that a browser would run or load when it opens the file
 * (https://www.w3.org/TR/SVG2/interact.html#ScriptElement and the event attributes there).
 *
 * @param bytes the file, or its beginning; a longer one counts as unsafe, because it is not known
 */
export function mayRunScripts({ format }: ImageInfo, bytes: Buffer): boolean {
	if (format !== 'svg') return false;
	return bytes.length >= HEAD_BYTES || ACTIVE.test(bytes.toString('utf8'));
}

/** Entities can spell a script in other letters. */
const ACTIVE =
	/<(?:\w+:)?(?:script|foreignObject|iframe|handler)\b|\son[a-z]+\s*=|javascript\s*:|<!ENTITY/i;
