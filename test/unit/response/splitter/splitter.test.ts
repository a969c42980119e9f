import { TruncatedImageError } from '../../../../nodes/AiImages/response/splitter/imageReader';
import { ImageSplitter } from '../../../../nodes/AiImages/response/splitter/splitter';
import { every, inPieces, joined } from '../../pieces';
import { base64, bytesOf, RESPONSES } from './responses';
import { collect, expectSame, split } from './split';
import { OPENAI } from '../../../../nodes/AiImages/services/openai';

describe.each(RESPONSES)('a response with %s', (_, text) => {
	it('returns what JSON.parse and Buffer.from return', async () => {
		await expectSame(text);
	});

	it('returns the same wherever it is split', async () => {
		const length = Buffer.byteLength(text);
		for (let cut = 1; cut < length; cut++) await expectSame(text, [cut]);
	});

	it('returns the same byte by byte', async () => {
		await expectSame(text, every(1, Buffer.byteLength(text)));
	});
});

describe('an image', () => {
	const two = `[{"b64_json":"${base64(1)}"},{"b64_json":"${base64(2)}"}]`;

	it('arrives before the text goes on', async () => {
		const read: string[] = [];
		async function* text() {
			for (const piece of ['[{"b64_json":"', base64(1, 600), base64(2, 600), '"}', ']']) {
				read.push(piece);
				yield Buffer.from(piece);
			}
		}
		const splitter = new ImageSplitter(text(), OPENAI);
		const images = splitter.images();
		const { value: image } = await images.next();
		expect(read).toHaveLength(2);
		const pieces: Buffer[] = [];
		for await (const piece of image!.bytes) pieces.push(piece);
		expect(pieces).toEqual([bytesOf(1, 600), bytesOf(2, 600)]);
		expect(read).toHaveLength(4);
		expect((await images.next()).done).toBe(true);
		expect(JSON.parse(splitter.skeleton())).toEqual([{ b64_json: '\0image 0' }]);
	});

	it.each([
		['not read', async () => undefined],
		[
			'read only in part',
			async (bytes: AsyncIterable<Buffer>) => {
				for await (const _ of bytes) break;
			},
		],
	])('is passed over where it is %s', async (_, read) => {
		for (const length of [1, 7, 1000]) {
			const splitter = new ImageSplitter(inPieces(two, every(length, two.length)), OPENAI);
			let count = 0;
			for await (const { placeholder, bytes } of splitter.images()) {
				expect(placeholder).toBe(`\0image ${count++}`);
				await read(bytes);
			}
			expect(count).toBe(2);
			expect(JSON.parse(splitter.skeleton())).toEqual([
				{ b64_json: '\0image 0' },
				{ b64_json: '\0image 1' },
			]);
		}
	});

	it('is found again by its placeholder', async () => {
		const text = JSON.stringify([
			{ url: `data:image/png;base64,${base64(1)}` },
			{ b64_json: base64(2) },
		]);
		const { images, skeleton } = await split(text);
		expect(images.map(({ placeholder }) => placeholder)).toEqual(['\0image 0', '\0image 1']);
		expect(JSON.parse(skeleton)).toEqual([{ url: '\0image 0' }, { b64_json: '\0image 1' }]);
	});
});

describe('the text', () => {
	it.each([
		['the images are read', async () => undefined],
		['the reader fails', async () => Promise.reject(new Error('disk full'))],
	])('is let go of when %s', async (_, read) => {
		let closed = false;
		async function* text() {
			try {
				yield Buffer.from(`[{"b64_json":"${base64(1)}"}`);
				yield Buffer.from(']');
			} finally {
				closed = true;
			}
		}
		const all = async () => {
			for await (const _ of new ImageSplitter(text(), OPENAI).images()) await read();
		};
		await all().catch(() => undefined);
		expect(closed).toBe(true);
	});
});

describe('a large response', () => {
	const IMAGE_BYTES = 4_000_000;

	it('of 10 images comes out whole and leaves a small skeleton', async () => {
		const image = bytesOf(9, IMAGE_BYTES);
		const entry = `{"b64_json":"${image.toString('base64')}"}`;
		const text = Buffer.from(`{"data":[${Array.from({ length: 10 }, () => entry).join()}]}`);
		const splitter = new ImageSplitter(inPieces(text, every(65_536, text.length)), OPENAI);
		let count = 0;
		for await (const { bytes } of splitter.images()) {
			expect((await joined(bytes)).equals(image)).toBe(true);
			count++;
		}
		expect(count).toBe(10);
		expect(splitter.skeleton().length).toBeLessThan(1000);
		expect((JSON.parse(splitter.skeleton()) as { data: unknown[] }).data).toHaveLength(10);
	});

	it('of text only is not read to its end', async () => {
		const words = Buffer.from(`{"a":"${'x'.repeat(1_048_576)}"}`);
		let pieces = 0;
		async function* endless() {
			for (;;) {
				pieces++;
				yield words;
			}
		}
		const { failure } = await collect(new ImageSplitter(endless(), OPENAI));
		expect(failure).toMatchObject({ message: expect.stringContaining('more than 4 MB') });
		expect(pieces).toBe(4);
	});
});

describe('a damaged response', () => {
	it.each([
		['that ends inside an image', `{"data":[{"b64_json":"${base64(1)}`],
		['that ends inside a text', '{"data":[{"revised_prompt":"a light'],
		['that ends after an image', `{"data":[{"b64_json":"${base64(1)}"`],
		['that is a page', '<html><body class="b64_json">502 Bad Gateway</body></html>'],
		['that is empty', ''],
	])('%s is no JSON afterwards either', async (_, text) => {
		const { skeleton } = await split(text);
		expect(() => JSON.parse(skeleton)).toThrow();
	});

	it('that ends inside an image fails for the reader of that image', async () => {
		const { failure, images } = await split(`{"data":[{"b64_json":"${base64(1)}`);
		expect(failure).toBeInstanceOf(TruncatedImageError);
		expect(images).toEqual([]);
	});
});

describe('a text that is no base64 where an image should be', () => {
	it.each([
		['an escaped quote', { data: [{ b64_json: 'say "no"', revised_prompt: 'x' }], created: 1 }],
		[
			'an SVG written out',
			{ data: [{ url: 'data:image/svg+xml;utf8,<svg width="1"/>' }], created: 1 },
		],
	])('leaves the response readable: %s', async (_, response) => {
		const text = JSON.stringify(response);
		for (let cut = 1; cut < text.length; cut++) {
			const { skeleton } = await split(text, [cut]);
			expect(JSON.parse(skeleton)).toMatchObject({ created: 1 });
		}
	});
});
