import { ImageSplitter, type EmbeddedImage } from '../../../nodes/AiImages/response/splitter';

/** Feeds a text cut at the given places. */
function split(text: string | Buffer, cuts: readonly number[] = []) {
	const bytes = Buffer.from(text);
	const splitter = new ImageSplitter();
	const images: EmbeddedImage[] = [];
	[...cuts, bytes.length].forEach((end, index, ends) => {
		images.push(...splitter.push(bytes.subarray(ends[index - 1] ?? 0, end)));
	});
	return { images, skeleton: splitter.skeleton() };
}

/** The same from a whole text: JSON.parse, then Buffer.from for what holds an image. */
function expected(text: string) {
	const images: Buffer[] = [];
	const skeleton: unknown = JSON.parse(text, function (key, value: unknown) {
		const isImage = key === 'b64_json' || (key === 'url' && String(value).startsWith('data:'));
		if (typeof value !== 'string' || !isImage) return value;
		const bytes = Buffer.from(value.replace(/^data:[^,]*,/, ''), 'base64');
		if (bytes.length === 0) return value;
		images.push(bytes);
		return `${key === 'url' ? 'data:' : ''}${images.length - 1}`;
	});
	return { images, skeleton };
}

function expectSame(text: string, cuts?: readonly number[]): void {
	const { images, skeleton } = split(text, cuts);
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
	it('gives what JSON.parse and Buffer.from give', () => {
		expectSame(text);
	});

	it('gives the same when it is cut anywhere', () => {
		const length = Buffer.byteLength(text);
		for (let cut = 1; cut < length; cut++) expectSame(text, [cut]);
	});

	it('gives the same byte by byte', () => {
		expectSame(
			text,
			Array.from({ length: Buffer.byteLength(text) - 1 }, (__, index) => index + 1),
		);
	});
});

describe('an image', () => {
	it('comes out as soon as its closing quote is there', () => {
		const splitter = new ImageSplitter();
		const [first, second] = [base64(1), base64(2)];
		const push = (text: string) => [...splitter.push(Buffer.from(text))];
		expect(push(`{"data":[{"b64_json":"${first}`)).toEqual([]);
		expect(push('"')).toEqual([{ placeholder: '0', bytes: bytesOf(1) }]);
		expect(push(`},{"b64_json":"${second}"},{"b64_json":"`)).toEqual([
			{ placeholder: '1', bytes: bytesOf(2) },
		]);
		expect(push(`${first}"`)).toEqual([{ placeholder: '2', bytes: bytesOf(1) }]);
		expect(push('}]}')).toEqual([]);
	});

	it('comes out before the next one of the same piece is decoded', () => {
		const splitter = new ImageSplitter();
		const text = `[{"b64_json":"${base64(1)}"},{"b64_json":"${base64(2)}"}]`;
		const images = splitter.push(Buffer.from(text));
		expect(images.next().value).toEqual({ placeholder: '0', bytes: bytesOf(1) });
		expect(images.next().value).toEqual({ placeholder: '1', bytes: bytesOf(2) });
		expect(images.next().done).toBe(true);
		expect(JSON.parse(splitter.skeleton())).toEqual([{ b64_json: '0' }, { b64_json: '1' }]);
	});

	it('is found again by its placeholder', () => {
		const text = JSON.stringify([
			{ url: `data:image/png;base64,${base64(1)}` },
			{ b64_json: base64(2) },
		]);
		const { images, skeleton } = split(text);
		expect(images.map(({ placeholder }) => placeholder)).toEqual(['data:0', '1']);
		expect(JSON.parse(skeleton)).toEqual([{ url: 'data:0' }, { b64_json: '1' }]);
	});
});

describe('a large answer', () => {
	const IMAGE_BYTES = 4_000_000;

	it('of 10 images comes out whole and leaves a small skeleton', () => {
		const image = bytesOf(9, IMAGE_BYTES);
		const entry = `{"b64_json":"${image.toString('base64')}"}`;
		const text = Buffer.from(`{"data":[${Array.from({ length: 10 }, () => entry).join()}]}`);
		const splitter = new ImageSplitter();
		let count = 0;
		for (let at = 0; at < text.length; at += 65_536) {
			for (const { bytes } of splitter.push(text.subarray(at, at + 65_536))) {
				expect(bytes.equals(image)).toBe(true);
				count++;
			}
		}
		expect(count).toBe(10);
		expect(splitter.skeleton().length).toBeLessThan(1000);
		expect((JSON.parse(splitter.skeleton()) as { data: unknown[] }).data).toHaveLength(10);
	});
});

describe('a damaged answer', () => {
	it.each([
		['that ends inside an image', `{"data":[{"b64_json":"${base64(1)}`],
		['that ends inside a text', '{"data":[{"revised_prompt":"a light'],
		['that ends after an image', `{"data":[{"b64_json":"${base64(1)}"`],
		['that is a page', '<html><body class="b64_json">502 Bad Gateway</body></html>'],
		['that is empty', ''],
	])('%s is no JSON afterwards either', (_, text) => {
		expect(() => JSON.parse(split(text).skeleton)).toThrow();
	});
});

describe('a text that is no base64 where an image should be', () => {
	it.each([
		['an escaped quote', { data: [{ b64_json: 'say "no"', revised_prompt: 'x' }], created: 1 }],
		[
			'an SVG written out',
			{ data: [{ url: 'data:image/svg+xml;utf8,<svg width="1"/>' }], created: 1 },
		],
	])('leaves the answer readable: %s', (_, answer) => {
		const text = JSON.stringify(answer);
		for (let cut = 1; cut < text.length; cut++) {
			expect(JSON.parse(split(text, [cut]).skeleton)).toMatchObject({ created: 1 });
		}
	});
});
