import fc from 'fast-check';
import { ApiError } from '../../nodes/AiImages/errors';
import type { Decoded } from '../../nodes/AiImages/response/types';
import { decodeTexts, responseOf } from '../unit/responses';
import { everyCaseLater, FURTHER_CASES } from './cases';
import { anyCharacter } from './characters';
import { document } from './json';
import { arriving, cuts, piecesOf } from './pieces';

const API_KEY = 'sk-secret';

interface Answered {
	readonly text: string;
	readonly type: string;
}

const texts = fc.string({ minLength: 1, maxLength: 20 }).map((text) => `image ${text}`);
const types = fc.constantFrom(
	...['application/json', 'text/event-stream', 'text/plain', 'image/png', 'text/html', ''],
);
const encoded = (text: string) => Buffer.from(text).toString('base64');

/** Reads a response in pieces; a failed call is a result as well. */
async function read(
	{ text, type }: Answered,
	places: readonly number[],
): Promise<Decoded<string> | ApiError> {
	const response = {
		...responseOf({ headers: { 'content-type': type } }),
		body: arriving(piecesOf(Buffer.from(text), places)),
	};
	return await decodeTexts(response).catch((error: unknown) => {
		if (error instanceof ApiError) return error;
		throw error;
	});
}

/** Everything that is known of a response, in a form that can be compared. */
const told = (result: Decoded<string> | ApiError) =>
	JSON.stringify(result, (_, value: unknown) =>
		value instanceof ApiError ? { ...value, message: value.message } : value,
	);

describe('a response of any kind', () => {
	const events = fc
		.array(
			fc.tuple(
				fc.constantFrom('data: ', 'data:', 'event: ', ': ', ''),
				fc.oneof(document, fc.constantFrom('error', 'image_generation.completed', '[DONE]', '')),
				fc.constantFrom('\n', '\n\n', '\r\n\r\n'),
			),
			{ maxLength: 6 },
		)
		.map((lines) => lines.flat().join(''));
	const responses = fc.record({
		text: fc.oneof(
			document,
			events,
			fc.string({ unit: anyCharacter }),
			fc.constant(`"${API_KEY}"`),
		),
		type: types,
	});

	it('becomes results or a failure, the same wherever it is split', async () => {
		await everyCaseLater(
			fc.asyncProperty(responses, cuts, async (response, places) => {
				const [whole, found] = [await read(response, []), await read(response, places)];
				expect(told(found)).toBe(told(whole));
				if (whole instanceof ApiError) expect(whole.message.trim()).not.toBe('');
				else expect(whole.entries.length).toBeGreaterThan(0);
			}),
			[],
			FURTHER_CASES,
		);
	});
});

describe('a response that is nested as deep as its length allows', () => {
	it.each([
		['[', ']'],
		['{"data":', '}'],
		['{"data":[', ']}'],
		['{"images":{"data":', '}}'],
		['{"error":', '}'],
		['{"b64_json":', '}'],
	])('becomes results or a failure: %s', async (open, close) => {
		const text = `${open.repeat(20_000)}0${close.repeat(20_000)}`;
		const result = await read({ text, type: 'application/json' }, []);
		expect(result instanceof ApiError || result.entries.length > 0).toBe(true);
	});
});

describe('a response with images', () => {
	const images = fc.array(texts, { minLength: 1, maxLength: 5 });
	const field = fc.constantFrom('b64_json', 'url');
	const value = (name: string, text: string) =>
		name === 'url' ? `data:image/png;base64,${encoded(text)}` : encoded(text);

	it('returns every image in order, as JSON or as events, wherever it is split', async () => {
		const asJson = (name: string, all: string[]) =>
			JSON.stringify({ created: 1, data: all.map((text) => ({ [name]: value(name, text) })) });
		const asEvents = (name: string, all: string[]) =>
			all
				.map((text) => ({ type: 'image_generation.completed', [name]: value(name, text) }))
				.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
				.join('');
		const forms = fc.constantFrom(asJson, asEvents);
		await everyCaseLater(
			fc.asyncProperty(
				images,
				field,
				forms,
				types,
				cuts,
				async (all, name, write, type, places) => {
					const result = await read({ text: write(name, all), type }, places);
					expect(result).not.toBeInstanceOf(ApiError);
					const { entries, error } = result as Decoded<string>;
					expect(error).toBeUndefined();
					expect(entries.map(({ image }) => image)).toEqual(all);
				},
			),
			[],
			FURTHER_CASES,
		);
	});

	it('returns the complete ones if it is truncated', async () => {
		const parts = fc.double({ min: 0, max: 1, noNaN: true });
		await everyCaseLater(
			fc.asyncProperty(images, parts, cuts, async (all, part, places) => {
				const text = JSON.stringify({ data: all.map((image) => ({ b64_json: encoded(image) })) });
				const start = text.slice(0, Math.floor(part * text.length));
				const complete = start.split('"b64_json":').slice(1);
				const count = complete.filter((rest) => /^"[^"]*"/.test(rest)).length;
				const result = await read({ text: start, type: 'application/json' }, places);
				if (count === 0) {
					expect(result).toBeInstanceOf(ApiError);
					return;
				}
				const { entries, error } = result as Decoded<string>;
				expect(entries.map(({ image }) => image)).toEqual(all.slice(0, count));
				expect(error === undefined).toBe(start === text);
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('never returns a preview as a result', async () => {
		const kinds = fc.array(fc.tuple(texts, fc.boolean()), { minLength: 1, maxLength: 5 });
		const orders = fc.constantFrom('type first', 'image first', 'name only', 'no name');
		await everyCaseLater(
			fc.asyncProperty(kinds, orders, cuts, async (all, order, places) => {
				const text = all
					.map(([image, isPreview]) => {
						const type = `image_generation.${isPreview ? 'partial_image' : 'completed'}`;
						const b64 = { b64_json: encoded(image) };
						const data = {
							'type first': { type, ...b64 },
							'image first': { ...b64, type },
							'name only': b64,
							'no name': { ...b64, type },
						};
						const name = order === 'no name' ? '' : `event: ${type}\n`;
						return `${name}data: ${JSON.stringify(data[order])}\n\n`;
					})
					.join('');
				const result = await read({ text, type: 'text/event-stream' }, places);
				const finished = all.flatMap(([image, isPreview]) => (isPreview ? [] : [image]));
				if (finished.length === 0) {
					expect(result).toBeInstanceOf(ApiError);
					return;
				}
				const { entries, metadata } = result as Decoded<string>;
				expect(metadata).toEqual({});
				expect(entries.map(({ image }) => image)).toEqual(finished);
				const previews = all.flatMap(([image, isPreview]) =>
					isPreview ? [`preview ${image}`] : [],
				);
				expect((result as Decoded<string>).previews).toEqual(previews);
			}),
			[],
			FURTHER_CASES,
		);
	});
});
