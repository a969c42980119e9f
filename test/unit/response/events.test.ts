import { EventReader, type ServerEvent } from '../../../nodes/AiImages/response/events';

const read = (...pieces: Array<Buffer | string>): ServerEvent[] => {
	const reader = new EventReader();
	const events = pieces.flatMap((piece) => [...reader.push(Buffer.from(piece))]);
	const last = reader.end();
	return last ? [...events, last] : events;
};
const short = (events: readonly ServerEvent[]) =>
	events.map(({ name, text, images }) => [
		name,
		text,
		...images.map(({ bytes }) => bytes.toString()),
	]);

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
		['an image', `data: {"b64_json":"${IMAGE}"}\n\n`, [['', '{"b64_json":"0"}', 'pixels']]],
		['nothing', '', []],
	])('may have %s', (_, text, events) => {
		expect(short(read(text))).toEqual(events);
		expect(short(read(text.replaceAll('\n', '\r\n')))).toEqual(events);
		expect(short(read(text.replaceAll('\n', '\r')))).toEqual(events);
		expect(short(read(`\uFEFF${text}`))).toEqual(events);
	});

	it('may mix the ends of lines', () => {
		const text = 'event: a\rdata: 1\r\n\ndata: 2\n\r\ndata: 3\r\r';
		expect(short(read(text))).toEqual([
			['a', '1'],
			['', '2'],
			['', '3'],
		]);
	});

	it.each(['', '\n', '\r\n', '\r', '\n\n', '\r\n\r\n', '\r\r'])(
		'ends with its last event even if it ends with %j',
		(end) => {
			expect(short(read(`event: a\ndata: 1${end}`))).toEqual([['a', '1']]);
			expect(short(read(`data: 0\n\nevent: a\ndata: {"b64_json":"${IMAGE}"}${end}`))).toEqual([
				['', '0'],
				['a', '{"b64_json":"0"}', 'pixels'],
			]);
		},
	);

	it('keeps nothing of an event for the next one', () => {
		const text = `event: a\ndata: {"b64_json":"${IMAGE}"}\n\ndata: {"b64_json":"${IMAGE}"}\n\n`;
		expect(short(read(text))).toEqual([
			['a', '{"b64_json":"0"}', 'pixels'],
			['', '{"b64_json":"0"}', 'pixels'],
		]);
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
	const expected = short(read(whole));

	it('is what it should be as a whole', () => {
		expect(expected).toEqual([
			[
				'image_generation.completed',
				'{"type":"x","text":"灯台 ü\\" \\\\",\n"b64_json":"0"}',
				'pixels',
			],
			['', '{"a":1}'],
			['b', '2'],
			['', '[DONE]'],
		]);
	});

	it('is read alike however it is cut in two', () => {
		for (let at = 0; at <= whole.length; at++) {
			expect([at, short(read(whole.subarray(0, at), whole.subarray(at)))]).toEqual([at, expected]);
		}
	});

	it.each([1, 2, 3, 5, 7, 16])('is read alike in pieces of %i bytes', (length) => {
		const pieces: Buffer[] = [];
		for (let at = 0; at < whole.length; at += length) pieces.push(whole.subarray(at, at + length));
		expect(short(read(...pieces))).toEqual(expected);
	});

	it('gives each event as soon as its empty line is there', () => {
		const reader = new EventReader();
		const push = (text: string) => short([...reader.push(Buffer.from(text))]);
		expect(push('data: 1\n')).toEqual([]);
		expect(push('\n')).toEqual([['', '1']]);
		expect(push('data: 2\n\ndata: 3\n\ndata')).toEqual([
			['', '2'],
			['', '3'],
		]);
		expect(push(': 4')).toEqual([]);
		expect(short([reader.end()].flatMap((event) => event ?? []))).toEqual([['', '4']]);
	});
});

describe('a long stream', () => {
	it('with an event of 28 MiB in pieces of 64 KiB is read in time, and nothing of it is kept', () => {
		const image = Buffer.alloc(21 * 1024 * 1024, 'pixel');
		const event = Buffer.from(
			`event: a\ndata: {"type":"a","b64_json":"${image.toString('base64')}","size":"1x1"}\n\n`,
		);
		expect(event.length).toBeGreaterThan(28 * 1024 * 1024);
		const reader = new EventReader();
		const started = performance.now();
		const events: ServerEvent[] = [];
		for (let at = 0; at < event.length; at += 65_536) {
			events.push(...reader.push(event.subarray(at, at + 65_536)));
		}
		expect(performance.now() - started).toBeLessThan(5000);
		expect(events.map(({ text }) => text)).toEqual(['{"type":"a","b64_json":"0","size":"1x1"}']);
		expect(events[0]?.images[0]?.bytes.equals(image)).toBe(true);
		expect(reader.end()).toBeNull();
	});

	it.each([
		['carriage returns', '\r'],
		['line feeds', '\n'],
		['comments', ':\r'],
		['short events', 'data:1\r\r'],
	])('of nothing but %s is read in time', (_, text) => {
		const piece = Buffer.from(text.repeat(65_536 / text.length));
		const reader = new EventReader();
		const started = performance.now();
		for (let count = 0; count < 16; count++) [...reader.push(piece)];
		expect(performance.now() - started).toBeLessThan(5000);
	});
});
