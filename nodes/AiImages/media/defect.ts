import { CHECK_SOURCE, describeText } from './describeText';

/** Why a file can't be used as an input image. */
export interface Defect {
	/** A clause: `the file is empty`. */
	readonly text: string;
	/** What to do about it; empty = the supported formats say enough. */
	readonly advice: string;
	/** The file is an image in a format that `detectImage` doesn't know. */
	readonly isImage: boolean;
	/** The file is an image whose end is missing. */
	readonly isCutOff: boolean;
}

/** Says what a file is, by its first bytes, if it isn't an image in a known format. */
export function notAnImageDefect(head: Buffer): Defect {
	if (head.length === 0) return defect('the file is empty', { advice: CHECK_SOURCE });
	const image = signatureName(head, OTHER_IMAGES);
	if (image) return defect(`the file is ${image}`, { isImage: true });
	const kind = signatureName(head, OTHER_FILES);
	if (kind) return defect(`the file isn't an image but ${kind}`);
	const text = decodeText(head);
	const description = text === null ? null : describeText(text);
	if (!description) return defect("the file isn't an image");
	const { what, advice } = description;
	return defect(`the file isn't an image but ${what}`, { advice });
}

/** For an image whose end is missing. */
export function cutOffDefect(format: string): Defect {
	return defect(`the file is cut off: ${missingEnd(format)}`, {
		advice: 'Provide the complete file',
		isCutOff: true,
	});
}

/** For an image whose end is missing and that was given as text. */
export function cutOffTextDefect(format: string, textLength: number): Defect {
	const place = placeWithLimit(textLength);
	const count = `${textLength.toLocaleString('en-US')} characters`;
	const length = place ? `${count}, the maximum of ${place}` : count;
	return defect(`the Base64 text is cut off: ${missingEnd(format)}. It has ${length}`, {
		advice: 'Provide the complete text, or send the image as a file',
		isCutOff: true,
	});
}

/** The place that silently cuts off texts at exactly this length, in characters. */
export function placeWithLimit(textLength: number): string | undefined {
	return MAX_TEXT_CHARS[textLength];
}

const MAX_TEXT_CHARS: Readonly<Record<number, string>> = {
	// https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
	32_767: 'an Excel cell',
	// https://support.google.com/docs/answer/37603
	50_000: 'a Google Sheets cell',
	// https://dev.mysql.com/doc/refman/8.4/en/storage-requirements.html
	65_535: 'a MySQL TEXT column',
	// https://support.airtable.com/docs/field-type-overview
	100_000: 'an Airtable field',
};

function missingEnd(format: string): string {
	return `the end of the ${format.toUpperCase()} is missing`;
}

function defect(
	text: string,
	{ advice = '', isImage = false, isCutOff = false }: Partial<Defect> = {},
): Defect {
	return { text, advice, isImage, isCutOff };
}

type Signatures = ReadonlyArray<readonly [signature: string, name: string]>;

/** First bytes; a dot matches any. https://en.wikipedia.org/wiki/List_of_file_signatures */
const OTHER_IMAGES: Signatures = [
	['\0\0\x01\0', 'ICO'],
	['8BPS', 'PSD'],
	['\0\0\0\x0cjP  ', 'JPEG 2000'],
];
const OTHER_FILES: Signatures = [
	['%PDF-', 'a PDF'],
	['%!PS', 'a PostScript file'],
	['PK\x03\x04', 'a ZIP archive or an Office document'],
	['\x1f\x8b', 'a gzip archive'],
	['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
	['Rar!\x1a\x07', 'a RAR archive'],
	['....ftyp', 'a video or audio file (MP4)'],
	['\x1aE\xdf\xa3', 'a video (WebM or Matroska)'],
	['RIFF....AVI ', 'a video (AVI)'],
	['RIFF....WAVE', 'an audio file (WAV)'],
	['OggS', 'an audio file (Ogg)'],
	['ID3', 'an audio file (MP3)'],
];

function signatureName(head: Buffer, signatures: Signatures): string | undefined {
	const isAt = (character: string, index: number) =>
		character === '.' || head[index] === character.charCodeAt(0);
	return signatures.find(([signature]) => [...signature].every(isAt))?.[1];
}

/** Bytes of a file that are described as text. */
const MAX_DESCRIBED_BYTES = 16_384;

/** The beginning of a text file; null = a binary file. */
function decodeText(head: Buffer): string | null {
	const [first, second] = head;
	const encoding = first === 0xff && second === 0xfe ? 'utf16le' : 'utf8';
	const text = head.toString(encoding, 0, MAX_DESCRIBED_BYTES).replace(/^\uFEFF/, '');
	return text.includes('\0') ? null : text.trim();
}
