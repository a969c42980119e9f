import type { IDataObject } from 'n8n-workflow';
import { readSettings } from '../../../nodes/AiImages/options/read';

const read = (options: unknown) => {
	const problems: string[] = [];
	return { ...readSettings(options as IDataObject, problems), problems };
};

describe('the settings of the node', () => {
	it('have defaults', () => {
		expect(read({})).toStrictEqual({
			outputBinaryField: 'data',
			output: 'itemPerImage',
			fileName: '',
			imagesAsJson: false,
			checkParameters: true,
			simplify: true,
			includeImageUrl: false,
			includeBinaryId: false,
			extraFields: {},
			prices: {},
			parallelRequests: 4,
			imagesPerMinute: 0,
			resumeJob: {},
			dropUnsupported: false,
			previewRequest: false,
			maxRetryWait: 600_000,
			retryServerErrors: false,
			timeout: 600_000,
			largestImage: 256_000_000,
			maxCost: 0,
			problems: [],
		});
	});

	it('come from the options', () => {
		const options = {
			outputBinaryField: 'picture',
			output: 'singleItem',
			fileName: '{prompt}',
			imagesAsJson: true,
			extraFields: '{"seed": 0}',
			prices: { price: [{ tokens: 'imageOutput', dollars: 3 }] },
			parallelRequests: 7,
			imagesPerMinute: 20,
			resumeJob: '{"id": "1"}',
			dropUnsupported: true,
			previewRequest: true,
			maxRetryWait: 2.5,
			retryServerErrors: true,
			timeout: 1.5,
			largestImage: 0.5,
			maxCost: 0.25,
			checkParameters: false,
			simplify: false,
			includeImageUrl: true,
			includeBinaryId: true,
		};
		expect(read(options)).toStrictEqual({
			outputBinaryField: 'picture',
			output: 'singleItem',
			fileName: '{prompt}',
			imagesAsJson: true,
			extraFields: { seed: 0 },
			prices: { imageOutput: 3 },
			parallelRequests: 7,
			imagesPerMinute: 20,
			resumeJob: { id: '1' },
			dropUnsupported: true,
			previewRequest: true,
			maxRetryWait: 2500,
			retryServerErrors: true,
			timeout: 1500,
			largestImage: 500_000,
			maxCost: 0.25,
			checkParameters: false,
			simplify: false,
			includeImageUrl: true,
			includeBinaryId: true,
			problems: [],
		});
	});

	it('are read the same if expressions return texts', () => {
		const options = { dropUnsupported: 'true', imagesAsJson: 'true', timeout: '30' };
		expect(read(options)).toMatchObject({
			dropUnsupported: true,
			imagesAsJson: true,
			timeout: 30_000,
			problems: [],
		});
		expect(read({ dropUnsupported: 'false', imagesAsJson: null })).toMatchObject({
			dropUnsupported: false,
			imagesAsJson: false,
			problems: [],
		});
	});

	it.each(['', null, undefined])('put the image into data if no field is named: %j', (name) => {
		expect(read({ outputBinaryField: name }).outputBinaryField).toBe('data');
	});

	it('allow two outputs', () => {
		expect(read({ output: 'itemPerImage' })).toMatchObject({
			output: 'itemPerImage',
			problems: [],
		});
		expect(read({ output: 'all' }).problems).toEqual([
			"'Output' \"all\" isn't valid. Use one of: itemPerImage, singleItem",
		]);
	});
});

describe('settings of other kinds', () => {
	it.each([
		[{ dropUnsupported: 'no' }, /^'Drop Unsupported Parameters' "no".*true or false$/],
		[{ retryServerErrors: 0 }, /^'Retry Server Errors' 0.*true or false$/],
		[{ maxRetryWait: false }, /^'Max Retry Wait' false/],
		[{ imagesAsJson: 1 }, /^'Send Images as JSON' 1.*true or false$/],
		[{ imagesAsJson: 'constructor' }, /^'Send Images as JSON' "constructor"/],
		[{ outputBinaryField: {} }, /^'Put Output File in Field' must be a string, not \{\}$/],
		[{ fileName: ['x'] }, /^'File Name' must be a string, not \["x"\]$/],
		[{ parallelRequests: 0 }, /^'Parallel Requests' 0.*from 1 to 100$/],
		[{ parallelRequests: 101 }, /^'Parallel Requests' 101/],
		[{ parallelRequests: 1.5 }, /^'Parallel Requests' 1.5/],
		[{ parallelRequests: 'many' }, /^'Parallel Requests' "many"/],
		[{ imagesPerMinute: -1 }, /^'Images per Minute' -1.*from 0 to 10000$/],
		[{ imagesPerMinute: 10_001 }, /^'Images per Minute' 10001/],
		[{ imagesPerMinute: 0.5 }, /^'Images per Minute' 0.5/],
		[{ imagesPerMinute: '' }, /^'Images per Minute' ""/],
		[{ imagesPerMinute: true }, /^'Images per Minute' true/],
		[{ imagesPerMinute: [] }, /^'Images per Minute' \[\]/],
		[{ parallelRequests: true }, /^'Parallel Requests' true/],
		[{ timeout: true }, /^'Timeout' true/],
	])('are refused: %j', (options, problem) => {
		expect(read(options).problems).toEqual([expect.stringMatching(problem)]);
	});

	it('can be numbers instead of texts, and the other way round', () => {
		const options = { fileName: 7, outputBinaryField: ' a ', parallelRequests: '100' };
		expect(read(options)).toMatchObject({
			fileName: '7',
			outputBinaryField: 'a',
			parallelRequests: 100,
			problems: [],
		});
	});
});

describe('the timeout', () => {
	it.each([0, -1, 86_401, 'soon', '', NaN, Infinity, {}])('cannot be %j', (timeout) => {
		expect(read({ timeout })).toMatchObject({
			timeout: 600_000,
			problems: [
				expect.stringMatching(/^'Timeout' .*Use a number of seconds above 0 and up to 86,400$/),
			],
		});
	});

	it.each([0.001, 1, '30', 86_400])('can be %j seconds', (timeout) => {
		expect(read({ timeout })).toMatchObject({ timeout: Number(timeout) * 1000, problems: [] });
	});
});

describe('the longest wait', () => {
	it.each([-1, -0.001, 86_401, 'soon', NaN, Infinity, {}])('cannot be %j', (maxRetryWait) => {
		expect(read({ maxRetryWait })).toMatchObject({
			maxRetryWait: 600_000,
			problems: [
				expect.stringMatching(/^'Max Retry Wait' .*Use a number of seconds from 0 to 86,400$/),
			],
		});
	});

	it.each([0, 0.001, '30', 86_400])('can be %j seconds', (maxRetryWait) => {
		expect(read({ maxRetryWait })).toMatchObject({
			maxRetryWait: Number(maxRetryWait) * 1000,
			problems: [],
		});
	});
});

describe('the largest image', () => {
	it.each([0, -1, 1025, 'big', NaN, Infinity, true, {}])('cannot be %j', (largestImage) => {
		expect(read({ largestImage })).toMatchObject({
			largestImage: 256_000_000,
			problems: [
				expect.stringMatching(/^'Max Image Size' .*Use a number of MB above 0 and up to 1,024$/),
			],
		});
	});

	it.each([0.001, 1, '30', 1024])('can be %j megabytes', (largestImage) => {
		expect(read({ largestImage })).toMatchObject({
			largestImage: Math.ceil(Number(largestImage) * 1_000_000),
			problems: [],
		});
	});
});

describe('the cap on the cost', () => {
	it.each([-1, -0.001, 1_000_001, 'a lot', NaN, Infinity, true, {}])('cannot be %j', (maxCost) => {
		expect(read({ maxCost })).toMatchObject({
			maxCost: 0,
			problems: [expect.stringMatching(/^'Max Cost per Run' .*of dollars from 0 to 1,000,000$/)],
		});
	});

	it.each([0, 0.000001, 0.1, '2.5', 1_000_000])('can be %j dollars, unrounded', (maxCost) => {
		expect(read({ maxCost })).toMatchObject({ maxCost: Number(maxCost), problems: [] });
	});
});

describe('prices', () => {
	const prices = (...price: unknown[]) => read({ prices: { price } });

	it.each([{}, { price: [] }, undefined])('are those of the row if none are set: %j', (set) => {
		expect(read({ prices: set })).toMatchObject({ prices: {}, problems: [] });
	});

	it('can be zero, and texts', () => {
		const rows = [
			{ tokens: 'textInput', dollars: '1.5' },
			{ tokens: 'imageInput', dollars: 0 },
			{ tokens: 'imageOutput', dollars: 0.001 },
		];
		expect(prices(...rows)).toMatchObject({
			prices: { textInput: 1.5, imageInput: 0, imageOutput: 0.001 },
			problems: [],
		});
		expect(prices(...rows).prices).not.toHaveProperty('textOutput');
	});

	it.each([-1, 'free', NaN, Infinity, {}])('cannot be %j', (dollars) => {
		expect(prices({ tokens: 'imageOutput', dollars }).problems).toEqual([
			expect.stringMatching(
				/^'Token Prices' .* isn't valid\. Use a price of 0 or more US dollars$/,
			),
		]);
	});

	it.each(['image', '__proto__', 'constructor', 5])('are of tokens, not of %j', (tokens) => {
		expect(prices({ tokens, dollars: 1 }).problems).toEqual([
			`'Token Prices' ${JSON.stringify(tokens)} isn't valid. Use one of: textInput, imageInput, imageOutput, textOutput`,
		]);
	});
});

describe('extra body fields', () => {
	it.each([
		['{"a": 1}', { a: 1 }],
		[{ a: { b: [null, 0, ''] } }, { a: { b: [null, 0, ''] } }],
		['', {}],
		[' {}\n', {}],
		[null, {}],
		[undefined, {}],
	])('can be %j', (extraFields, expected) => {
		expect(read({ extraFields })).toMatchObject({ extraFields: expected, problems: [] });
	});

	it.each(['{', 'seed: 7', '[1]', '"x"', '5', 'null', 'true', 5, true, [1]])(
		'cannot be %j',
		(extraFields) => {
			expect(read({ extraFields })).toMatchObject({
				extraFields: {},
				problems: [
					'\'Additional Body Fields\' must be a JSON object, e.g. {"safety_tolerance": 2}',
				],
			});
		},
	);

	it.each(['{"__proto__": {"seed": 1}}', '{"constructor": {"prototype": {"seed": 1}}}'])(
		'change no other object: %s',
		(extraFields) => {
			expect(read({ extraFields }).problems).toEqual([]);
			expect(({} as IDataObject).seed).toBeUndefined();
			expect(read({ extraFields }).extraFields.seed).toBeUndefined();
		},
	);
});
