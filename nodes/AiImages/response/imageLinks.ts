import { parseJson } from '../values/json';
import { findJob } from './errors/job';
import { MAX_IMAGES, MAX_LINK_CHARS } from './limits';
import { isIgnoredKey } from './ignoredKeys';

/** Levels that are searched, including those of JSON inside strings. */
const MAX_DEPTH = 64;

/** Characters before a link that show whether it is an image's. */
const MAX_MARKUP_CHARS = 300;

/** A link in prose, up to a character that ends it in Markdown, HTML, or JSON inside a string. */
const LINK_IN_PROSE = /https?:\/\/[^\s"'<>()[\]\\]+/gi;

const IMAGE_FILE = /\.(?:png|jpe?g|jfif|webp|gif|svg|avif|bmp|tiff?)$/i;

/** Keys of images, at any level above a link. Their links need no file extension. */
const IMAGE_KEY = /ima?ge?|pic|photo|file|asset|sample|output|result|artifact/i;

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
		if (/^[[{"]/.test(string)) {
			const inner = parseJson(string);
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

/** Relays offer the file of an image that they show for download, too, often at another path. */
function linksInProse(prose: string): string[] {
	const links = [...prose.matchAll(LINK_IN_PROSE)].map(({ 0: link, index }) => {
		const before = prose.slice(Math.max(0, index - MAX_MARKUP_CHARS), index);
		return { link, isShown: endsInImageMarkup(before) };
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
