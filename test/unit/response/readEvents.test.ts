import { readEvents } from '../../../nodes/AiImages/response/readEvents';
import { every, inPieces } from '../pieces';

/** Name and data of each event. */
async function read(text: string | Buffer, cuts?: readonly number[]): Promise<string[][]> {
	const events: string[][] = [];
	for await (const event of readEvents(inPieces(text, cuts))) {
		const pieces: Buffer[] = [];
		for await (const piece of event.data) pieces.push(piece);
		events.push([event.name, Buffer.concat(pieces).toString()]);
	}
	return events;
}

const IMAGE = Buffer.from('pixels').toString('base64');

describe('a stream of events', () => {
	it.each<[string, string, string[][]]>([
		['an event with a name', 'event: a\ndata: 1\n\n', [['a', '1']]],
		['the name behind the data', 'data: 1\nevent: a\n\n', [['a', '1']]],
		['no name', 'data: 1\n\n', [['', '1']]],
		['two events', 'event: a\ndata: 1\n\ndata: 2\n\n', [['a', '1'], ['', '2']]], // prettier-ignore
		['no space after the colon', 'event:a\ndata:1\n\n', [['a', '1']]],
		['more than one space', 'event:  a\ndata:   1\n\n', [[' a', '  1']]],
		['several lines of data', 'data: {"a":\ndata: 1\ndata:}\n\n', [['', '{"a":\n1\n}']]],
		['an empty line of data', 'data: 1\ndata:\ndata: 2\n\n', [['', '1\n\n2']]],
		['comments', ': keepalive\n\n:\n\ndata: 1\n: in between\n\n', [['', '1']]],
		['other fields', 'id: 7\nretry: 10\ndata: 1\ndatas: 2\ndat: 3\n\n', [['', '1']]],
		['a name without data', 'event: a\n\ndata: 1\n\n', [['', '1']]],
		['empty lines', '\n\n\ndata: 1\n\n\n\ndata: 2\n\n\n', [['', '1'], ['', '2']]], // prettier-ignore
		['colons in the data', 'data: {"url":"a:b"}\n\n', [['', '{"url":"a:b"}']]],
		['any character', 'data: "灯台 🌊 ü"\n\n', [['', '"灯台 🌊 ü"']]],
		['an end', 'data: [DONE]\n\n', [['', '[DONE]']]],
		['an image', `data: {"b64_json":"${IMAGE}"}\n\n`, [['', `{"b64_json":"${IMAGE}"}`]]],
		['nothing', '', []],
	])('can have %s', async (_, text, events) => {
		expect(await read(text)).toEqual(events);
		expect(await read(text.replaceAll('\n', '\r\n'))).toEqual(events);
		expect(await read(text.replaceAll('\n', '\r'))).toEqual(events);
		expect(await read(`\uFEFF${text}`)).toEqual(events);
	});

	it('can mix line endings', async () => {
		const text = 'event: a\rdata: 1\r\n\ndata: 2\n\r\ndata: 3\r\r';
		expect(await read(text)).toEqual([
			['a', '1'],
			['', '2'],
			['', '3'],
		]);
	});

	it.each(['', '\n', '\r\n', '\r', '\n\n', '\r\n\r\n', '\r\r'])(
		'ends with its last event even if it ends with %j',
		async (end) => {
			expect(await read(`event: a\ndata: 1${end}`)).toEqual([['a', '1']]);
			expect(await read(`data: 0\n\nevent: a\ndata: 1${end}`)).toEqual([
				['', '0'],
				['a', '1'],
			]);
		},
	);

	it('keeps no more of a name than the longest known one would take', async () => {
		const long = 'x'.repeat(100_000);
		const [event] = await read(`event: ${long}\n${long}: 1\ndata: 1\n\n`, every(1000, 200_000));
		expect(event).toEqual(['x'.repeat(256), '1']);
	});
});

describe('an event', () => {
	it.each([
		['not read', async () => undefined],
		[
			'read only in part',
			async (data: AsyncIterable<Buffer>) => {
				for await (const _ of data) break;
			},
		],
	])('is passed over where it is %s', async (_, take) => {
		const text = 'event: a\ndata: 1\ndata: 2\n\nevent: b\ndata: 3\ndata: 4\n\n';
		for (const length of [1, 7, 100]) {
			const names: string[] = [];
			for await (const event of readEvents(inPieces(text, every(length, text.length)))) {
				await take(event.data);
				names.push(event.name);
			}
			expect(names).toEqual(['a', 'b']);
		}
	});

	it('has its name as soon as that has arrived', async () => {
		const pieces = ['event: a\nda', 'ta: 1\n', 'data: 2\neve', 'nt: b\n\n'];
		async function* body() {
			for (const piece of pieces) yield Buffer.from(piece);
		}
		for await (const event of readEvents(body())) {
			const names: string[] = [];
			for await (const _ of event.data) names.push(event.name);
			expect(names).toEqual(['a', 'a', 'a']);
			expect(event.name).toBe('b');
		}
	});

	it('ends with what ends the body, which is let go of', async () => {
		let closed = false;
		async function* body() {
			try {
				yield Buffer.from('data: 1\ndata: 2');
				throw new Error('lost');
			} finally {
				closed = true;
			}
		}
		const seen: string[] = [];
		const all = async () => {
			for await (const event of readEvents(body())) {
				for await (const piece of event.data) seen.push(piece.toString());
			}
		};
		await expect(all()).rejects.toThrow('lost');
		expect(seen.join('')).toBe('1\n2');
		expect(closed).toBe(true);
	});
});

describe('a stream in pieces', () => {
	const whole = Buffer.from(
		[
			'\uFEFF: keepalive 🌊\r',
			'\n',
			'event: image_generation.completed\r\n',
			`data: {"type":"x","text":"灯台 ü\\" \\\\",\r\ndata: "b64_json":"${IMAGE}"}\n\n`,
			'data:{"a":1}\r\revent:b\ndata: 2\n\ndata: [DONE]',
		].join(''),
	);
	const expected = [
		['image_generation.completed', `{"type":"x","text":"灯台 ü\\" \\\\",\n"b64_json":"${IMAGE}"}`],
		['', '{"a":1}'],
		['b', '2'],
		['', '[DONE]'],
	];

	it('is read as a whole', async () => {
		expect(await read(whole)).toEqual(expected);
	});

	it('is read the same wherever it is split', async () => {
		for (let at = 0; at <= whole.length; at++) {
			expect([at, await read(whole, [at])]).toEqual([at, expected]);
		}
	});

	it.each([1, 2, 3, 5, 7, 16])('is read alike in pieces of %i bytes', async (length) => {
		expect(await read(whole, every(length, whole.length))).toEqual(expected);
	});
});

describe('a long stream', () => {
	it('hands on an event of 28 MiB in pieces as small as they come', async () => {
		const data = Buffer.alloc(28 * 1024 * 1024, 'pixel');
		const text = Buffer.concat([Buffer.from('event: a\ndata: '), data, Buffer.from('\n\n')]);
		let length = 0;
		for await (const event of readEvents(inPieces(text, every(65_536, text.length)))) {
			for await (const piece of event.data) {
				expect(piece.length).toBeLessThanOrEqual(65_536);
				length += piece.length;
			}
		}
		expect(length).toBe(data.length);
	});

	it.each([
		['carriage returns', '\r', 0],
		['line feeds', '\n', 0],
		['comments', ':\r', 0],
		['short events', 'data:1\r\r', 131_072],
	])('can contain only %s', async (_, text, count) => {
		const whole = Buffer.from(text.repeat(1_048_576 / text.length));
		expect(await read(whole, every(65_536, whole.length))).toHaveLength(count);
	});
});
