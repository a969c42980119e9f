import { findJob } from './errors/job';
import { parseJson } from '../values/json';
import { isIgnoredKey } from './splitter/jsonPosition';
import { MAX_IMAGES } from './limits';

/** Levels that are looked into, those of JSON inside of texts included. */
const MAX_DEPTH = 64;

/** Characters of an address; signed ones have up to 4,000. */
const MAX_LINK_CHARS = 16_384;

/** Characters before an address that show whether it is that of an image. */
const MAX_MARKUP_CHARS = 300;

/** An address in words, up to what ends it in Markdown, in HTML and in JSON inside of a text. */
const LINK_IN_WORDS = /https?:\/\/[^\s"'<>()[\]\\]+/gi;

const IMAGE_FILE = /\.(?:png|jpe?g|jfif|webp|gif|svg|avif|bmp|tiff?)$/i;

/** Keys on the way to an image, whose address may be without the extension of one. */
const IMAGE_KEY = /ima?ge?|pic|photo|file|asset|sample|output|result|artifact/i;

/** Keys whose whole text may be the address. */
const BARE_KEY = /^(?:data|content|src)$/i;

/** Keys of addresses that lead to something else. */
const OTHER_KEY =
	/preview|avatar|logo|icon|poll|status|cancel|fetch|callback|webhook|docs|help|support|source|init|mask|control|reference|upload|delta/i;

/** Where a value stands. */
interface Place {
	readonly depth: number;
	/** A key around it is that of an image. */
	readonly isOfImage: boolean;
}

/**
 * The addresses of images in a response whose keys are those of no known provider, or that puts
 * them into words, as chats do. Each is found once.
 *
 * @param body a parsed response, or a text
 */
export function findImageLinks(body: unknown): string[] {
	const links = new Set<string>();
	const isJob = findJob(body, false) !== undefined;

	const add = (link: string): void => {
		if (link.length <= MAX_LINK_CHARS && links.size < MAX_IMAGES) links.add(link);
	};
	const visit = (value: unknown, key: string, place: Place): void => {
		if (place.depth > MAX_DEPTH || isIgnoredKey(key) || OTHER_KEY.test(key)) return;
		const isOfImage = place.isOfImage || IMAGE_KEY.test(key);
		const inside = { depth: place.depth + 1, isOfImage };
		if (typeof value === 'string') visitText(value.trim(), key, inside);
		else if (Array.isArray(value)) for (const each of value) visit(each, key, inside);
		else if (typeof value === 'object' && value !== null) {
			for (const [name, each] of Object.entries(value)) visit(each, name, inside);
		}
	};
	const visitText = (text: string, key: string, place: Place): void => {
		if (/^[[{"]/.test(text)) {
			const inner = parseJson(text);
			if (inner !== undefined) return visit(inner, key, place);
		}
		if (/^https?:\/\/\S+$/i.test(text)) {
			// The other addresses of a job tell how it is getting on.
			const isOfResult = !isJob && (place.isOfImage || BARE_KEY.test(key));
			if (isImageFile(text) || isOfResult) add(text);
		} else linksInWords(text).forEach(add);
	};

	visit(body, '', { depth: 0, isOfImage: false });
	return [...links];
}

function linksInWords(words: string): string[] {
	return [...words.matchAll(LINK_IN_WORDS)].flatMap(({ 0: link, index }) => {
		const before = words.slice(Math.max(0, index - MAX_MARKUP_CHARS), index);
		return isOfImage(before) || isImageFile(link) ? [link] : [];
	});
}

/** Whether an address that follows is that of a Markdown image, or of one of HTML. */
function isOfImage(before: string): boolean {
	const tag = before.slice(Math.max(0, before.lastIndexOf('<')));
	return /^<img\s/i.test(tag) || (before.endsWith('](') && isBangBefore(before));
}

function isBangBefore(before: string): boolean {
	return before[before.lastIndexOf('[', before.length - 3) - 1] === '!';
}

function isImageFile(link: string): boolean {
	return IMAGE_FILE.test(link.split(/[?#]/, 1)[0] ?? '');
}
