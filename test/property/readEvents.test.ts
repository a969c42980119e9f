import fc from 'fast-check';
import { readEvents } from '../../nodes/AiImages/response/readEvents';
import { everyCaseLater } from './cases';
import { anyCharacter } from './characters';
import { arriving, cuts, joined, piecesOf } from './pieces';

interface Event {
	readonly name: string;
	readonly data: string;
}

/** The only place that knows how events are read. */
async function eventsOf(pieces: readonly Buffer[]): Promise<Event[]> {
	const events: Event[] = [];
	for await (const event of readEvents(arriving(pieces))) {
		const data = (await joined(event.data)).toString('utf8');
		events.push({ name: event.name, data });
	}
	return events;
}

/**
 * The events of a whole text, line by line as the standard reads them
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation),
 * but for two things: an event without text says nothing, and one that the end of the body cuts
 * off counts, unless it is cut off in the name of a field.
 */
function expected(body: Buffer): Event[] {
	const events: Event[] = [];
	let name = '';
	let data = '';
	const lines = new TextDecoder().decode(body).split(/\r\n|\n|\r/);
	const last = lines.pop() ?? '';
	for (const line of [...lines, ...(last.includes(':') ? [last] : []), '']) {
		if (line === '') {
			const text = data.replace(/\n$/, '');
			if (text !== '') events.push({ name, data: text });
			name = '';
			data = '';
			continue;
		}
		const colon = line.indexOf(':');
		const field = colon < 0 ? line : line.slice(0, colon);
		const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
		if (field === 'event') name = value;
		if (field === 'data') data += `${value}\n`;
	}
	return events;
}

const FIELDS = [
	...['data', 'data', 'data', 'event', 'event', 'id', 'retry', '', 'Data', 'data ', ' data', 'dat'],
	'data2',
];
const values = fc.oneof(
	fc.constantFrom('', ' ', '  ', ':', '{"a":1}', '[DONE]', 'é灯🌊', '\uFEFF', 'data: x', '"\\"'),
	fc.string({ unit: anyCharacter, maxLength: 8 }).map((text) => text.replace(/[\r\n]/g, '')),
);
const names = fc.constantFrom('', 'error', 'image_generation.completed', ' x', 'a:b');
const lines = fc.oneof(
	{
		weight: 6,
		arbitrary: fc
			.tuple(fc.constantFrom(...FIELDS), fc.constantFrom(':', ': ', ':  '), values, names)
			.map(([field, colon, value, name]) => field + colon + (field === 'event' ? name : value)),
	},
	{ weight: 3, arbitrary: fc.constant('') },
	fc.constantFrom(': a comment', 'data', 'event', 'no colon', '\uFEFFdata: x'),
);
const ends = fc.constantFrom('\n', '\n', '\r\n', '\r');

/** Streams of events, with every end of a line that there is, and a mark before them or not. */
const bodies = fc
	.tuple(
		fc.constantFrom('', '', '\uFEFF'),
		fc.array(fc.tuple(lines, ends), { maxLength: 14, size: 'max' }),
		lines,
	)
	.map(([mark, all, last]) => Buffer.from(mark + all.flat().join('') + last));

describe('a stream of events', () => {
	it('is read as the standard says, wherever it is split', async () => {
		await everyCaseLater(
			fc.asyncProperty(bodies, cuts, async (body, places) => {
				expect(await eventsOf(piecesOf(body, places))).toEqual(expected(body));
			}),
			[
				[Buffer.from('event: a\nevent: b\ndata: x\n\n'), []],
				[Buffer.from('event: x\nevent\ndata: y\n\n'), []],
				[Buffer.from('data\ndata: x\n\n'), []],
			],
		);
	});

	it('of any bytes is read as the standard says', async () => {
		const bytes = fc
			.array(
				fc.oneof(
					fc.constantFrom('data:', 'data: ', '\n', '\r', '\n\n', ':', '\xe2\x82', '\xff', '\0'),
					fc.string({ unit: anyCharacter, maxLength: 3 }),
				),
				{ maxLength: 20, size: 'max' },
			)
			.map((parts) => Buffer.from(parts.join(''), 'latin1'));
		await everyCaseLater(
			fc.asyncProperty(bytes, cuts, async (body, places) => {
				const data = (events: Event[]) => events.map((event) => event.data);
				expect(data(await eventsOf(piecesOf(body, places)))).toEqual(data(expected(body)));
			}),
		);
	});
});
