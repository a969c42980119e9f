import { decode, type ReadLimits } from '../../../nodes/AiImages/response/decode';
import { MAX_IMAGES } from '../../../nodes/AiImages/response/limits';
import type { ServiceResponse } from '../../../nodes/AiImages/response/serviceResponse';
import {
	base64,
	eventsOf,
	keepText,
	NO_LIMITS,
	responseOf,
	resultsOf,
	storeOf,
} from '../responses';

const entry = (length: number) => ({ b64_json: base64('x'.repeat(length)) });
const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
const done = (length: number) => event({ type: 'image_generation.completed', ...entry(length) });
const sorted = (length: number) => event({ ...entry(length), type: 'image_generation.completed' });

/** Responses with images of the given lengths. */
const FORMS: ReadonlyArray<[form: string, of: (lengths: number[]) => ServiceResponse]> = [
	['JSON', (lengths) => responseOf({ body: { data: lengths.map(entry) } })],
	['events', (lengths) => eventsOf(lengths.map(done).join(''))],
	['events that say last what they are', (lengths) => eventsOf(lengths.map(sorted).join(''))],
];

const read = async (response: ServiceResponse, limits: Partial<ReadLimits>) =>
	await decode(response, storeOf(keepText), { ...NO_LIMITS, ...limits });

describe.each(FORMS)('in %s', (_, of) => {
	it('an image can be as large as allowed', async () => {
		expect(resultsOf(await read(of([300, 300]), { imageBytes: 300 }))).toHaveLength(2);
	});

	it('an image that is larger is reported, and the others are kept', async () => {
		const results = resultsOf(await read(of([300, 301, 300]), { imageBytes: 300 }));
		expect(results).toEqual([
			'x'.repeat(300),
			expect.stringMatching(/^An image is larger than/),
			'x'.repeat(300),
		]);
	});

	it('a response that is longer than allowed keeps the images before the limit', async () => {
		const results = resultsOf(await read(of([300, 100_000, 300]), { responseBytes: 70_000 }));
		expect(results).toEqual([
			'x'.repeat(300),
			expect.stringMatching(/^The response is larger than/),
		]);
	});

	it('images beyond the most that any model makes are left out', async () => {
		const results = resultsOf(await read(of(Array(MAX_IMAGES + 9).fill(3)), {}));
		expect(results).toEqual([
			...Array(MAX_IMAGES).fill('xxx'),
			expect.stringMatching(/more than 128 images/),
		]);
	});
});

it('links beyond the most that any model makes are left out', async () => {
	const data = Array.from({ length: 500 }, (_, index) => ({ url: `https://a.test/${index}` }));
	const results = resultsOf(await read(responseOf({ body: { data } }), {}));
	expect(results).toHaveLength(MAX_IMAGES + 1);
	expect(results.at(-1)).toMatch(/more than 128 images/);
});

it('a stream of only errors is not read forever', async () => {
	let pieces = 0;
	const text = done(1) + event({ error: { message: 'no' } }).repeat(100_000);
	const response = eventsOf(text, { onPiece: () => pieces++ });
	expect(resultsOf(await read(response, {})).length).toBeLessThan(200);
	expect(pieces).toBeLessThan(5);
});

it('a file that is too large is refused', async () => {
	const body = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5000)]);
	const response = responseOf({ body, headers: { 'content-type': 'image/png' } });
	await expect(read(response, { imageBytes: 5000 })).rejects.toMatchObject({
		message: expect.stringMatching(/^An image is larger than/),
		advice: expect.stringMatching(/Increase 'Max Image Size'/),
	});
});

it('a preview that is too large costs itself alone', async () => {
	const preview = event({
		type: 'image_generation.partial_image',
		partial_image_index: 0,
		...entry(301),
	});
	const result = await read(eventsOf(preview + done(300)), { imageBytes: 300 });
	expect(result.previews).toEqual([]);
	expect(resultsOf(result)).toEqual(['x'.repeat(300)]);
});
