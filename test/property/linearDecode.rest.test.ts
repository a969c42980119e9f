import { ApiError } from '../../nodes/AiImages/errors';
import { base64, decodeTexts, responseOf } from '../unit/responses';
import { expectLinear, HOSTILE, repeated } from './linear';

const IMAGE = `{"data":[{"b64_json":"${base64('one')}"}]`;

/** Where in a response the hostile text is. */
const PLACES: ReadonlyArray<[place: string, write: (text: string) => string, type?: string]> = [
	['alone', (text) => text],
	['before an image', (text) => `${text}${IMAGE}}`],
	['behind an image', (text) => `${IMAGE}}${text}`],
	['among the values of an image', (text) => `${IMAGE},${text}}`],
	['inside of a text', (text) => `${IMAGE},"message":"${text}"}`],
	['inside of an error', (text) => `{"error":{"message":"${text}"}}`],
	['inside of a key', (text) => `${IMAGE},"${text}":1}`],
	['inside of the image', (text) => `{"data":[{"b64_json":"${text}"}]}`],
	['inside of a link', (text) => `{"data":[{"url":"${text}"}]}`],
	['inside of the data of an event', (text) => `data: ${text}\n\ndata: ${IMAGE}}\n\n`],
	['inside of the words of a chat', (text) => `{"choices":[{"message":{"content":"${text}"}}]}`],
	['behind a link in words', (text) => `{"choices":[{"text":"https://a.test/ ${text}"}]}`],
	['behind a Markdown image', (text) => `![a](https://a.test/b)${text}`],
	['in a line', (text) => `{"a":1}\n${text}\n{"a":2}`],
	['instead of events', (text) => `data: {}\n\n${text}`, 'text/event-stream'],
];

const scanOf =
	(write: (text: string) => string, type = 'application/json') =>
	async (text: string) =>
		await decodeTexts(responseOf({ body: write(text), headers: { 'content-type': type } })).catch(
			(error: unknown) => {
				if (!(error instanceof ApiError)) throw error;
			},
		);

describe.each(PLACES)('hostile text %s', (_, write, type) => {
	it('is read at a cost that grows with its length', async () => {
		await expectLinear(scanOf(write, type), HOSTILE);
	});
});

describe('a response of many small parts', () => {
	it.each([
		['texts', repeated('"a",', `${IMAGE},"list":[`, '""]}')],
		['records', repeated('{"a":"b"},', `${IMAGE},"list":[`, '{}]}')],
		['nested lists', repeated('[', `${IMAGE},"list":`)],
		['nested records', repeated('{"data":', '', '1')],
		['results without an image', repeated('{"url":""},', '{"data":[', '{}]}')],
		['links', repeated('{"url":"https://a.test/1.png"},', '{"data":[', '{}]}')],
		[
			'results inside of results',
			repeated('{"data":[{"data":[{"data":[1]}]}]},', '{"data":[', '{}]}'),
		],
		['chats', repeated('{"message":{"content":[{"a":"b"}]}},', '{"choices":[', '{}]}')],
		['lines', repeated('{"a":1}\n')],
		['links in words', repeated('![](http://a ', '{"content":"', '"}')],
		['texts that hold JSON', repeated('"[[1]]",', '{"a":[', '""]}')],
		['events', repeated('data: {}\n\n')],
		['lines of data', repeated('data:\n')],
		['comments', repeated(': keepalive\n')],
	])('is read at a cost that grows with its length: %s', async (_, text) => {
		await expectLinear(
			scanOf((each) => each),
			[text],
		);
	});
});
