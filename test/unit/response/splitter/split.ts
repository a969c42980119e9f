import { ImageSplitter } from '../../../../nodes/AiImages/response/splitter/splitter';
import { inPieces, joined } from '../../pieces';
import { OPENAI } from '../../../../nodes/AiImages/services/openai';

export interface Split {
	images: Array<{ placeholder: string; bytes: Buffer }>;
	skeleton: string;
	/** What ended it, if not the end of the text. */
	failure?: unknown;
}

/** Reads a text cut at the given places. */
export async function split(text: string | Buffer, cuts: readonly number[] = []): Promise<Split> {
	return await collect(new ImageSplitter(inPieces(text, cuts), OPENAI));
}

export async function collect(splitter: ImageSplitter): Promise<Split> {
	const images: Split['images'] = [];
	const read = async () => {
		for await (const { placeholder, bytes } of splitter.images()) {
			images.push({ placeholder, bytes: await joined(bytes) });
		}
	};
	const failure = await read().catch((error: unknown) => error);
	return { images, skeleton: splitter.skeleton(), ...(failure ? { failure } : {}) };
}

/** The same from a whole text: JSON.parse, then Buffer.from for what holds an image. */
export function expected(text: string) {
	const images: Buffer[] = [];
	const walk = (value: unknown, key = ''): unknown => {
		if (Array.isArray(value)) return value.map((each) => walk(each, key));
		if (typeof value === 'object' && value !== null) {
			return Object.fromEntries(
				Object.entries(value).map(([name, each]) => [name, walk(each, name)]),
			);
		}
		const isDataUrl = /^data:[^,]*,/.test(String(value));
		if (typeof value !== 'string' || !(key === 'b64_json' || isDataUrl)) return value;
		const bytes = Buffer.from(value.replace(/^data:[^,]*,/, ''), 'base64');
		if (bytes.length === 0) return '';
		images.push(bytes);
		return `\0image ${images.length - 1}`;
	};
	const skeleton = walk(JSON.parse(text));
	return { images, skeleton };
}

export async function expectSame(text: string, cuts?: readonly number[]): Promise<void> {
	const { images, skeleton, failure } = await split(text, cuts);
	expect(failure).toBeUndefined();
	const whole = expected(text);
	expect(images.map(({ bytes }) => bytes.toString('hex'))).toEqual(
		whole.images.map((bytes) => bytes.toString('hex')),
	);
	expect(JSON.parse(skeleton)).toEqual(whole.skeleton);
}
