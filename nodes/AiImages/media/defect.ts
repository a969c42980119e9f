import { detectImage } from './detectImage';

/** Why a file cannot be an input image. */
export interface Defect {
	/** A clause: `the file is empty`. */
	readonly text: string;
	/** What to do about it; empty = the supported formats say it. */
	readonly advice: string;
	/** It is an image all the same, of a kind that nothing here reads. */
	readonly isImage: boolean;
	/** It is an image whose end is missing. */
	readonly isCutOff: boolean;
}

const CHECK_SOURCE = 'Check the node that provides it';

/** What a file is whose bytes are no known image, by its first bytes. */
export function describeFile(head: Buffer): Defect {
	if (head.length === 0) return defect('the file is empty', { advice: CHECK_SOURCE });
	const image = signatureName(head, OTHER_IMAGES);
	if (image) return defect(`the file is ${image}`, { isImage: true });
	const kind = signatureName(head, OTHER_FILES);
	if (kind) return defect(`the file isn't an image, but ${kind}`);
	const text = decodeText(head);
	const words = text === null ? undefined : describeText(text);
	if (!words) return defect("the file isn't an image");
	return defect(`the file isn't an image, but ${words.what}`, { advice: words.nextStep });
}

/** A file of a known format whose end is missing. */
export function describeCutOff(format: string): Defect {
	return defect(`the file is cut off: ${endOf(format)}`, {
		advice: 'Provide the complete file',
		isCutOff: true,
	});
}

/** The same for a file that was given as text, of so many characters. */
export function describeCutOffText(format: string, characters: number): Defect {
	const place = truncatingStore(characters);
	const count = `${characters.toLocaleString('en-US')} characters`;
	const length = place ? `${count}, the most that ${place} holds` : count;
	return defect(`the Base64 text ends too early: ${endOf(format)}. It has ${length}`, {
		advice: 'Provide all of it, or send the image as a file',
		isCutOff: true,
	});
}

/** What holds texts of so many characters, and cuts longer ones off without a word. */
export function truncatingStore(characters: number): string | undefined {
	return STORE_LIMITS[characters];
}

function endOf(format: string): string {
	return `the end of the ${format.toUpperCase()} is missing`;
}

const STORE_LIMITS: Readonly<Record<number, string>> = {
	// https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
	32_767: 'a cell of Excel',
	// https://support.google.com/docs/answer/37603
	50_000: 'a cell of Google Sheets',
	// https://dev.mysql.com/doc/refman/8.4/en/storage-requirements.html
	65_535: 'a TEXT column of MySQL',
	// https://support.airtable.com/docs/field-type-overview
	100_000: 'a field of Airtable',
};

function defect(
	text: string,
	{ advice = '', isImage = false, isCutOff = false }: Partial<Defect> = {},
): Defect {
	return { text, advice, isImage, isCutOff };
}

type Signatures = ReadonlyArray<readonly [signature: string, name: string]>;

/** First bytes; a dot stands for any. https://en.wikipedia.org/wiki/List_of_file_signatures */
const OTHER_IMAGES: Signatures = [
	['\0\0\x01\0', 'ICO'],
	['8BPS', 'PSD'],
	['\0\0\0\x0cjP  ', 'JPEG 2000'],
];
const OTHER_FILES: Signatures = [
	['%PDF-', 'a PDF'],
	['%!PS', 'PostScript'],
	['PK\x03\x04', 'a ZIP archive or an Office document'],
	['\x1f\x8b', 'compressed with gzip'],
	['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
	['Rar!\x1a\x07', 'a RAR archive'],
	['....ftyp', 'a video or a sound (MP4)'],
	['\x1aE\xdf\xa3', 'a video (WebM or Matroska)'],
	['RIFF....AVI ', 'a video (AVI)'],
	['RIFF....WAVE', 'a sound (WAV)'],
	['OggS', 'a sound (Ogg)'],
	['ID3', 'a sound (MP3)'],
];

function signatureName(head: Buffer, signatures: Signatures): string | undefined {
	const isAt = (character: string, index: number) =>
		character === '.' || head[index] === character.charCodeAt(0);
	return signatures.find(([signature]) => [...signature].every(isAt))?.[1];
}

/** Bytes in which the words of a text are looked for. */
const MAX_LOOK = 16_384;

/** The beginning of a text; null where the bytes are none. */
function decodeText(head: Buffer): string | null {
	const [first, second] = head;
	const isWide = first === 0xff && second === 0xfe;
	const text = head.toString(isWide ? 'utf16le' : 'utf8', 0, MAX_LOOK).replace(/^\uFEFF/, '');
	return text.includes('\0') ? null : text.trim();
}

/** What a text is that stands in the place of an image; undefined = no readable text. */
export function describeText(
	text: string,
): { readonly what: string; readonly nextStep: string } | undefined {
	if (!text) return { what: 'blank text', nextStep: CHECK_SOURCE };
	if (text.startsWith('<')) return describeMarkup(text);
	if (/^(?:\{\s*["}]|\[\s*(?:["{[\]\d-]|true|false|null))/.test(text)) {
		return { what: `JSON: ${excerpt(text)}`, nextStep: CHECK_SOURCE };
	}
	if (/^https?:\/\/\S+$/i.test(text)) {
		return {
			what: `text with a URL: ${excerpt(text)}`,
			nextStep: "Use Source 'URL', or download the file first",
		};
	}
	if (isEncodedImage(text)) {
		return { what: 'an image as Base64 text', nextStep: "Use Source 'Base64'" };
	}
	// Bytes that are no UTF-8, and control characters.
	if (/[\uFFFD\u0001-\u0008\u000E-\u001F]/.test(text.slice(0, 1024))) return undefined;
	return { what: `text: ${excerpt(text)}`, nextStep: CHECK_SOURCE };
}

function describeMarkup(text: string): { what: string; nextStep: string } {
	const isPage = /<(?:!doctype\s{1,9}html|html|head|body|title)\b/i.test(text.slice(0, 4096));
	if (!isPage) return { what: `XML: ${excerpt(text)}`, nextStep: CHECK_SOURCE };
	const start = /<title[^<>]{0,200}>/i.exec(text);
	const title = start
		? text
				.slice(start.index + start[0].length)
				.split('<', 1)[0]
				?.trim()
		: '';
	return {
		what: title ? `a web page: ${excerpt(title)}` : 'a web page',
		nextStep: 'Use a link that leads to the image itself',
	};
}

function isEncodedImage(text: string): boolean {
	if (/^data:image\//i.test(text)) return true;
	const start = /^[A-Za-z0-9+/\r\n]{64}/.exec(text)?.[0];
	return start !== undefined && detectImage(Buffer.from(start, 'base64')) !== null;
}

/** Longest part of a file's text that a sentence repeats, in characters. */
const MAX_EXCERPT = 80;

/** The first words of a text, without what a URL may carry as its authorization: user and query. */
function excerpt(text: string): string {
	const line = text
		.slice(0, 1000)
		.replace(/(https?:\/\/)[^\s"'<>?#/@]{1,300}@/gi, '$1')
		.replace(/(https?:\/\/[^\s"'<>?#]{0,300})[?#][^\s"'<>]{0,1000}/gi, '$1')
		.replace(/[\s\p{C}]+/gu, ' ');
	return JSON.stringify(line.length > MAX_EXCERPT ? `${line.slice(0, MAX_EXCERPT)}…` : line);
}
