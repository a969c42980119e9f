import { parseJson } from '../values/json';
import { findJob } from './errors/job';
import { MAX_IMAGES, MAX_LINK_CHARS } from './limits';
import { isIgnoredKey } from './ignoredKeys';

/** Levels that are searched, including those of JSON inside strings. */
const MAX_DEPTH = 64;

/** Characters before a link that show whether it is an image's. */
const MAX_MARKUP_CHARS = 300;

/**
 * A link in prose, up to a character that ends it in Markdown, HTML, Chinese, or JSON inside a string.
 * Markdown takes pairs of parentheses (https://spec.commonmark.org/0.31.2/#link-destination).
 */
const LINK_IN_PROSE =
	/https?:\/\/(?:[^\s"'<>()[\]\\，。、；：！？）】」』》]|\([^\s"'<>()[\]\\]{1,100}\))+/gi;

/** What ends a sentence behind a link. */
const END_OF_SENTENCE = /[.,;:!?*`]{1,10}$/;

const IMAGE_FILE = /\.(?:png|jpe?g|jfif|webp|gif|svg|avif|bmp|tiff?)$/i;

/** Around JSON that a chat model returns: https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
const CODE_FENCE = /^```\w*|```$/g;

/** Keys of images, at any level above a link. Their links need no file extension. */
const IMAGE_KEY = /ima?ge?|pic|photo|file|asset|sample|output|result|artifact|attachment|\bmedia/i;

/** Other keys whose links need no file extension. */
const BARE_KEY = /^(?:data|content|src)$/i;

/** Keys of links to something else. */
const OTHER_KEY =
	/preview|avatar|logo|icon|poll|status|cancel|fetch|callback|webhook|docs|help|support|source|init|mask|control|reference|upload|delta/i;

/** Where a value is in the response. */
interface LinkPlace {
	readonly depth: number;
	/** Its key, or one above it, is that of an image. */
	readonly isUnderImageKey: boolean;
}

/**
 * The links to images in a response with keys of no known provider, or in prose, as chat models
 * return them. Without duplicates.
 *
 * @param body a parsed response, or a string
 */
export function findImageLinks(body: unknown): string[] {
	const links = new Set<string>();
	const isJob = findJob(body, false) !== undefined;

	const add = (link: string): void => {
		if (link.length <= MAX_LINK_CHARS && links.size < MAX_IMAGES) links.add(link);
	};
	const visit = (value: unknown, key: string, place: LinkPlace): void => {
		if (place.depth > MAX_DEPTH || isIgnoredKey(key) || OTHER_KEY.test(key)) return;
		const isUnderImageKey = place.isUnderImageKey || IMAGE_KEY.test(key);
		const inside = { depth: place.depth + 1, isUnderImageKey };
		if (typeof value === 'string') visitString(value.trim(), key, inside);
		else if (Array.isArray(value)) for (const each of value) visit(each, key, inside);
		else if (typeof value === 'object' && value !== null) {
			for (const [name, each] of Object.entries(value)) visit(each, name, inside);
		}
	};
	const visitString = (string: string, key: string, place: LinkPlace): void => {
		if (/^(?:[[{"]|```)/.test(string)) {
			const inner = parseJson(string.replace(CODE_FENCE, ''));
			if (inner !== undefined) return visit(inner, key, place);
		}
		if (/^https?:\/\/\S+$/i.test(string)) {
			// Without a file extension, a link in a job’s response leads to its status.
			const needsExtension = isJob || !(place.isUnderImageKey || BARE_KEY.test(key));
			if (isImageFile(string) || !needsExtension) add(string);
		} else linksInProse(string).forEach(add);
	};

	visit(body, '', { depth: 0, isUnderImageKey: false });
	return [...links];
}

/**
 * Relays offer the file of an image that they show for download, too, often at another path. A link
 * around an image leads to the same one.
 */
function linksInProse(prose: string): string[] {
	const links = [...prose.matchAll(LINK_IN_PROSE)].flatMap(({ 0: found, index }) => {
		const before = prose.slice(Math.max(0, index - MAX_MARKUP_CHARS), index);
		if (before.endsWith(')](')) return [];
		// Markup ends a link by itself, and signatures can end like a sentence.
		const isShown = endsInImageMarkup(before);
		const link = isShown ? found : found.replace(END_OF_SENTENCE, '');
		return [{ link: link.replace(/&amp;/g, '&'), isShown }];
	});
	const shown = new Set(links.flatMap(({ link, isShown }) => (isShown ? fileName(link) : [])));
	return links.flatMap(({ link, isShown }) =>
		isShown || (isImageFile(link) && !shown.has(fileName(link))) ? link : [],
	);
}

function fileName(link: string): string {
	return withoutQuery(link).replace(/^.*\//s, '');
}

function withoutQuery(link: string): string {
	return link.split(/[?#]/, 1)[0] ?? '';
}

/** Whether a text ends inside a Markdown image or an HTML `<img>`, before the link. */
function endsInImageMarkup(before: string): boolean {
	const tag = before.slice(Math.max(0, before.lastIndexOf('<')));
	return /^<img\s/i.test(tag) || (before.endsWith('](') && isMarkdownImage(before));
}

/** Images have an exclamation mark before the bracket; other links don't. */
function isMarkdownImage(before: string): boolean {
	return before[before.lastIndexOf('[', before.length - 3) - 1] === '!';
}

function isImageFile(link: string): boolean {
	return IMAGE_FILE.test(withoutQuery(link));
}
