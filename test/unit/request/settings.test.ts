import type { IDataObject } from 'n8n-workflow';
import { readSettings } from '../../../nodes/AiImages/request/settings';

const read = (options: unknown) => {
	const problems: string[] = [];
	return { ...readSettings(options as IDataObject, problems), problems };
};

describe('the settings of the node', () => {
	it('have defaults', () => {
		expect(read({})).toStrictEqual({
			outputBinaryField: 'data',
			singleItem: false,
			fileName: '',
			keepPartialImages: false,
			imagesAsJson: false,
			extraFields: {},
			prices: null,
			timeout: 600_000,
			problems: [],
		});
	});

	it('come from the options', () => {
		const options = {
			outputBinaryField: 'picture',
			output: 'singleItem',
			fileName: '{prompt}',
			keepPartialImages: true,
			imagesAsJson: true,
			extraFields: '{"seed": 0}',
			prices: { price: { imageOutput: 3 } },
			timeout: 1.5,
		};
		expect(read(options)).toStrictEqual({
			outputBinaryField: 'picture',
			singleItem: true,
			fileName: '{prompt}',
			keepPartialImages: true,
			imagesAsJson: true,
			extraFields: { seed: 0 },
			prices: { textInput: 0, imageInput: 0, imageOutput: 3, textOutput: 0 },
			timeout: 1500,
			problems: [],
		});
	});

	it('are read alike when expressions give texts', () => {
		const options = { keepPartialImages: 'true', imagesAsJson: 'true', timeout: '30' };
		expect(read(options)).toMatchObject({
			keepPartialImages: true,
			imagesAsJson: true,
			timeout: 30_000,
			problems: [],
		});
		expect(read({ keepPartialImages: 'false', imagesAsJson: '' })).toMatchObject({
			keepPartialImages: false,
			imagesAsJson: false,
		});
	});

	it.each(['', null, undefined])('put the image into data if no field is named: %j', (name) => {
		expect(read({ outputBinaryField: name }).outputBinaryField).toBe('data');
	});

	it('allow two outputs', () => {
		expect(read({ output: 'itemPerImage' })).toMatchObject({ singleItem: false, problems: [] });
		expect(read({ output: 'all' }).problems).toEqual([
			'Output: "all" is not possible. Allowed: itemPerImage, singleItem',
		]);
	});
});

describe('the timeout', () => {
	it.each([0, -1, 86_401, 'soon', '', NaN, Infinity, {}])('cannot be %j', (timeout) => {
		expect(read({ timeout })).toMatchObject({
			timeout: 600_000,
			problems: [
				expect.stringMatching(/^Timeout: .*Allowed: more than 0 and up to 86400 seconds$/),
			],
		});
	});

	it.each([0.001, 1, '30', 86_400])('may be %j seconds', (timeout) => {
		expect(read({ timeout })).toMatchObject({ timeout: Number(timeout) * 1000, problems: [] });
	});
});

describe('prices', () => {
	it('are those of the row if none are set', () => {
		expect(read({ prices: {} }).prices).toBeNull();
	});

	it('may be nothing, and texts', () => {
		const price = { textInput: '1.5', imageInput: 0, imageOutput: 0.001, textOutput: '' };
		expect(read({ prices: { price } })).toMatchObject({
			prices: { textInput: 1.5, imageInput: 0, imageOutput: 0.001, textOutput: 0 },
			problems: [],
		});
	});

	it.each([-1, 'free', NaN, Infinity, {}])('cannot be %j', (imageOutput) => {
		expect(read({ prices: { price: { imageOutput } } }).problems).toEqual([
			expect.stringMatching(/^Prices: .* is not possible\. Allowed: 0 or more dollars$/),
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
	])('may be %j', (extraFields, expected) => {
		expect(read({ extraFields })).toMatchObject({ extraFields: expected, problems: [] });
	});

	it.each(['{', 'seed: 7', '[1]', '"x"', '5', 'null', 'true', 5, true, [1]])(
		'cannot be %j',
		(extraFields) => {
			expect(read({ extraFields })).toMatchObject({
				extraFields: {},
				problems: [
					'Extra Body Fields: no JSON object. Allowed: names and values, such as {"seed": 7}',
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

it('are read to the end, whatever is wrong at the beginning', () => {
	const options = {
		extraFields: '[',
		prices: { price: { textInput: -1, textOutput: -1 } },
		timeout: 0,
	};
	const names = read(options).problems.map((problem) => problem.split(':')[0]);
	expect(names).toEqual(['Extra Body Fields', 'Prices', 'Prices', 'Timeout']);
});
