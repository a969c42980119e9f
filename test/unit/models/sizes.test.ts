import { MODELS, sizeError } from '../../../nodes/AiImages/models';

const flare = MODELS['gpt-image-2.5-flare'].parameters.size;

describe('a free size', () => {
	it.each([
		['auto', 'a word of the list'],
		['1024x1024', 'a common size'],
		['3840x2160', 'a common size with the most pixels'],
		['1008x1008', 'multiples of 16'],
		['1024x640', 'exactly 655,360 pixels'],
		['2880x2880', 'exactly 8,294,400 pixels'],
		['3840x1280', 'the longest edge at exactly 3 to 1'],
		['1280x3840', 'the same upright'],
		['1536x512', 'exactly 3 to 1'],
	])('%s is taken: %s', (size) => {
		expect(sizeError(size, flare)).toBeNull();
	});

	it.each([
		['1023x1024', ['multiples of 16']],
		['1024x1025', ['multiples of 16']],
		['1024x624', ['at least 655,360', 'not 638,976']],
		['3856x2144', ['at most 3840 px']],
		['2144x3856', ['at most 3840 px']],
		['2896x2880', ['at most 8,294,400', 'not 8,340,480']],
		['3840x2176', ['at most 8,294,400']],
		['1584x512', ['at most 3 times']],
		['512x1584', ['at most 3 times']],
		['3840x1264', ['at most 3 times']],
		['512x512', ['at least 655,360']],
		['4001x1000', ['multiples of 16', 'at most 3840 px', 'at most 3 times']],
	])('%s is refused: %j', (size, reasons) => {
		const refusal = sizeError(size, flare);
		expect(refusal).toMatch(/^(Width and height|The longer side|The total|Use) /);
		for (const reason of reasons) expect(refusal).toContain(reason);
		expect(refusal).not.toContain('NaN');
	});

	it.each([
		'',
		'large',
		'AUTO',
		'1024',
		'1024x',
		'x1024',
		'1024×1024',
		'1024*1024',
		'1024 x 1024',
		'1024X1024',
		'1024x1024px',
		'-1024x1024',
		'0x1024',
		'16x0',
		'0x0',
		'01024x1024',
		'1024.0x1024',
		'1e3x1024',
		'10000000x16',
		'1024x1024\n',
		'16:9',
	])('%j is refused with the form that is wanted', (size) => {
		expect(sizeError(size, flare)).toMatch(/WIDTHxHEIGHT.*auto/);
	});
});

describe('a size from a list', () => {
	it.each([
		['gpt-image-1.5', 'auto 1024x1024 1536x1024 1024x1536', '2048x2048'],
		['dall-e-3', '1024x1024 1792x1024 1024x1792', 'auto'],
		['dall-e-2', '256x256 512x512 1024x1024', '1536x1024'],
	] as const)('of %s is one of %s, and never %s', (model, sizes, refused) => {
		const { size } = MODELS[model].parameters;
		for (const legal of sizes.split(' ')) expect(sizeError(legal, size)).toBeNull();
		expect(sizeError(refused, size)).toBe(`Use one of: ${size.values.join(', ')}`);
	});

	it.each(['', 'auto ', '1024X1024', '1024×1024'])('does not guess: %j', (size) => {
		expect(sizeError(size, MODELS['gpt-image-1.5'].parameters.size)).toMatch(/^Use one of: auto/);
	});
});
