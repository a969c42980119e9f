import { TruncatedImageError } from '../../../nodes/AiImages/response/splitter/imageReader';
import { ImageSplitter } from '../../../nodes/AiImages/response/splitter/splitter';
import { every, inPieces, joined } from '../pieces';
import { OPENAI } from '../../../nodes/AiImages/services/openai';

interface Split {
	images: Array<{ placeholder: string; bytes: Buffer }>;
	skeleton: string;
	/** What ended it, if not the end of the text. */
	failure?: unknown;
}

/** Reads a text cut at the given places. */
async function split(text: string | Buffer, cuts: readonly number[] = []): Promise<Split> {
	return await collect(new ImageSplitter(inPieces(text, cuts), OPENAI));
}

async function collect(splitter: ImageSplitter): Promise<Split> {
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
function expected(text: string) {
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

async function expectSame(text: string, cuts?: readonly number[]): Promise<void> {
	const { images, skeleton, failure } = await split(text, cuts);
	expect(failure).toBeUndefined();
	const whole = expected(text);
	expect(images.map(({ bytes }) => bytes.toString('hex'))).toEqual(
		whole.images.map((bytes) => bytes.toString('hex')),
	);
	expect(JSON.parse(skeleton)).toEqual(whole.skeleton);
}

const bytesOf = (seed: number, length = 40) =>
	Buffer.alloc(length).map((_, index) => (index * 37 + seed * 101) % 256) as Buffer;
const base64 = (seed: number, length?: number) => bytesOf(seed, length).toString('base64');
const escapedSlashes = (json: string) => json.replaceAll('/', '\\/');

const ANSWERS: ReadonlyArray<[what: string, text: string]> = [
	['one image', JSON.stringify({ created: 1, data: [{ b64_json: base64(1) }] })],
	[
		'several images among other facts',
		JSON.stringify({
			created: 1_763_600_000,
			background: 'opaque',
			data: [{ b64_json: base64(1) }, { b64_json: base64(2, 41) }, { b64_json: base64(3, 42) }],
			usage: { total_tokens: 1806, input_tokens_details: { text_tokens: 10 } },
		}),
	],
	[
		'keys in another order',
		JSON.stringify({
			usage: { total_tokens: 1 },
			data: [{ revised_prompt: 'x', b64_json: base64(1), index: 0 }],
			created: 1,
		}),
	],
	[
		'pretty-printed',
		JSON.stringify({ data: [{ b64_json: base64(1) }, { b64_json: base64(2) }] }, null, '\t'),
	],
	['white space everywhere', `\r\n{ "data" :\n[ { "b64_json"\t:\r\n "${base64(1)}" } ] }\n`],
	['escaped slashes', escapedSlashes(JSON.stringify({ data: [{ b64_json: base64(7, 200) }] }))],
	[
		'escaped plus signs',
		JSON.stringify({ data: [{ b64_json: base64(5, 200) }] }).replaceAll('+', '\\u002b'),
	],
	[
		'escaped line breaks in the image',
		JSON.stringify({ data: [{ b64_json: base64(1, 90).replace(/.{20}/g, '$&\r\n') }] }),
	],
	[
		'the URL-safe alphabet',
		JSON.stringify({ data: [{ b64_json: bytesOf(3).toString('base64url') }] }),
	],
	['no padding', JSON.stringify({ data: [{ b64_json: base64(1, 41).replace(/=/g, '') }] })],
	[
		'a media type before the image',
		JSON.stringify({ data: [{ b64_json: `data:image/png;base64,${base64(1)}` }] }),
	],
	['a data URL as url', JSON.stringify({ data: [{ url: `data:image/webp;base64,${base64(1)}` }] })],
	[
		'a data URL with escaped slashes',
		escapedSlashes(JSON.stringify({ data: [{ url: `data:image/webp;base64,${base64(1)}` }] })),
	],
	[
		'a link',
		JSON.stringify({ data: [{ url: 'https://example.com/a.png?data:x=1', revised_prompt: null }] }),
	],
	[
		'an empty link beside the image',
		JSON.stringify({ data: [{ url: '', b64_json: base64(1), revised_prompt: '' }] }),
	],
	[
		'an empty image beside the link',
		JSON.stringify({ data: [{ b64_json: '', url: 'https://example.com/a.png' }] }),
	],
	['both', JSON.stringify({ data: [{ url: `data:;base64,${base64(2)}`, b64_json: base64(1) }] })],
	['null', JSON.stringify({ data: [{ b64_json: null, url: null }, { b64_json: base64(1) }] })],
	['other types', JSON.stringify({ data: [{ b64_json: 5, url: ['data:', { b64_json: [] }] }] })],
	[
		'the same keys deeper down',
		JSON.stringify({
			meta: { b64_json: { b64_json: base64(1) } },
			data: [{ b64_json: base64(2) }],
		}),
	],
	[
		'texts that hold the key',
		JSON.stringify({
			data: [
				{
					revised_prompt: 'write "b64_json":"AAAA", then {"url":"data:image/png;base64,AAAA"}',
					b64_json: base64(1),
				},
			],
		}),
	],
	[
		'texts that are the key',
		JSON.stringify({ kind: 'b64_json', kinds: ['b64_json', 'url', 'data:'], b64_json: base64(1) }),
	],
	[
		'texts that end in backslashes and quotes',
		JSON.stringify({ a: '\\', b: '\\"', c: '"\\\\', b64_json: base64(1), d: '"b64_json":' }),
	],
	[
		'keys that only resemble it',
		JSON.stringify({
			x_b64_json: 'AAAA',
			b64_json_2: 'BBBB',
			b64_jso: 'CCCC',
			b64_json: base64(1),
		}),
	],
	[
		'characters of several bytes',
		JSON.stringify({
			data: [{ revised_prompt: 'Ä灯台🌊', b64_json: base64(1), url: 'é' }],
			灯: '🌊',
		}),
	],
	['an array at the top', JSON.stringify([{ b64_json: base64(1) }, { b64_json: base64(2) }])],
	['no image', JSON.stringify({ error: { message: 'no', code: null }, data: [] })],
];

describe.each(ANSWERS)('an answer with %s', (_, text) => {
	it('gives what JSON.parse and Buffer.from give', async () => {
		await expectSame(text);
	});

	it('gives the same when it is cut anywhere', async () => {
		const length = Buffer.byteLength(text);
		for (let cut = 1; cut < length; cut++) await expectSame(text, [cut]);
	});

	it('gives the same byte by byte', async () => {
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

describe('a large answer', () => {
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

	it('of words alone is not read to its end', async () => {
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

describe('a damaged answer', () => {
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

	it('that ends inside an image says so to whoever reads it', async () => {
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
	])('leaves the answer readable: %s', async (_, answer) => {
		const text = JSON.stringify(answer);
		for (let cut = 1; cut < text.length; cut++) {
			const { skeleton } = await split(text, [cut]);
			expect(JSON.parse(skeleton)).toMatchObject({ created: 1 });
		}
	});
});
