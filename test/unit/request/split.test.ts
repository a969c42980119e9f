import type { ModelRow } from '../../../nodes/AiImages/models';
import { requestedImages, splitRequest } from '../../../nodes/AiImages/request/split';
import { validate } from '../../../nodes/AiImages/request/validate';
import { EXAMPLE_MODEL } from '../newModel';
import { problemsOf, rawRequest, settingsOf } from '../requests';

/** A model that makes up to four images per request. */
const FOUR: ModelRow = {
	...EXAMPLE_MODEL,
	parameters: {
		prompt: EXAMPLE_MODEL.parameters.prompt,
		n: { kind: 'integer', min: 1, max: 10, default: 1, perRequest: 4 },
	},
};

const counts = (raw: Parameters<typeof rawRequest>[0]) =>
	splitRequest(validate(rawRequest(raw))).map(({ values }) => values.n);

describe('the images of an item', () => {
	it.each([
		[1, [1]],
		[4, [4]],
		[5, [4, 1]],
		[8, [4, 4]],
		[10, [4, 4, 2]],
	])('take as few requests as the row allows: %i', (n, expected) => {
		expect(counts({ row: FOUR, values: { n } })).toEqual(expected);
	});

	it.each([
		['dall-e-3', 1, [1]],
		['dall-e-3', 3, [1, 1, 1]],
		['openai/dall-e-3', 2, [1, 1]],
		['dall-e-2', 10, [10]],
		['gpt-image-2.5-flare', 10, [10]],
		['tomorrow-1', 1000, [1000]],
		['tomorrow-1', 0, [0]],
		['dall-e-3', undefined, [undefined]],
	])('of %s, %s of them, take these: %j', (model, n, expected) => {
		expect(counts({ model, values: n === undefined ? {} : { n } })).toEqual(expected);
	});

	it('are requested alike but for their number', () => {
		const raw = rawRequest({ model: 'dall-e-3', values: { n: 2, style: 'vivid' } });
		const whole = validate(raw);
		for (const part of splitRequest(whole)) {
			expect({ ...part, atDefault: [] }).toEqual({ ...whole, values: part.values });
			expect(part.values).toEqual({ prompt: 'a lighthouse', n: 1, style: 'vivid' });
			// A server that does not know it gets the request without it.
			expect(part.atDefault).toContain('n');
		}
	});

	it.each([
		[{ n: 3 }, 3],
		[{}, 1],
	])('are as many as the request says, or one: %j', (values, count) => {
		expect(requestedImages(validate(rawRequest({ values })))).toBe(count);
	});
});

describe('a budget of images per minute', () => {
	const problems = (imagesPerMinute: number, raw: Parameters<typeof rawRequest>[0]) => {
		const settings = settingsOf({ imagesPerMinute });
		return problemsOf(() => validate(rawRequest({ ...raw, settings })));
	};

	it.each([
		[0, { values: { n: 10 } }],
		[5, { values: { n: 5 } }],
		[5, {}],
		[1, { model: 'dall-e-3', values: { n: 10 } }],
		[4, { row: FOUR, values: { n: 9 } }],
		[1, { model: 'tomorrow-1' }],
	])('of %i allows %j', (budget, raw) => {
		expect(problems(budget, raw)).toEqual([]);
	});

	it.each([
		[4, { values: { n: 5 } }, 5],
		[3, { row: FOUR, values: { n: 9 } }, 4],
		[9, { model: 'tomorrow-1', values: { n: 10 } }, 10],
	])('of %i is too small for %j', (budget, raw, images) => {
		expect(problems(budget, raw)).toEqual([
			`'Images per Minute' ${budget} is too low for a request of ${images} images. Increase it, or lower 'Number of Images'`,
		]);
	});
});
