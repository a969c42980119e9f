import { UNVALIDATED_MODEL } from '../../../nodes/AiImages/models';
import type { RawRequest } from '../../../nodes/AiImages/request/types';
import { validate } from '../../../nodes/AiImages/request/validate';
import { PROMPT_LIMITS } from '../../fixtures/choices';
import { problemsOf, rawRequest } from '../requests';

const check = (raw: Partial<RawRequest>) => problemsOf(() => validate(rawRequest(raw)));

describe('a number', () => {
	it.each([
		['3', 3],
		[' 3 ', 3],
		['3.0', 3],
		['10', 10],
	])('can be a text: %j', (text, number) => {
		expect(validate(rawRequest({ values: { n: text } })).values.n).toBe(number);
	});

	it.each(['0', '11', '1.5', '3 images', '0x3', 'NaN', '-2'])('is checked as a text: %j', (n) => {
		expect(check({ values: { n } })).toHaveLength(1);
	});

	it.each([0, '0'])(
		'is kept although it is nothing: output compression %j',
		(outputCompression) => {
			const raw = rawRequest({ values: { outputFormat: 'webp', outputCompression } });
			expect(validate(raw).values).toEqual({
				prompt: 'a lighthouse',
				outputFormat: 'webp',
				outputCompression: 0,
			});
		},
	);
});

describe('yes and no', () => {
	it.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
	])('can be a text: %j', (given, sent) => {
		expect(validate(rawRequest({ values: { stream: given } })).values.stream).toBe(sent);
		const raw = rawRequest({ model: 'dall-e-3', values: { watermark: given } });
		expect(validate(raw).values.watermark).toBe(sent);
	});

	it.each(['True', 'no', 'on', 1, 0, [true]])('is nothing else: %j', (stream) => {
		expect(check({ values: { stream } })).toEqual([
			expect.stringMatching(/^'Stream' .*Use true or false$/),
		]);
	});
});

describe('a text', () => {
	it('can be a number', () => {
		expect(validate(rawRequest({ values: { safetyIdentifier: 42 } })).values.safetyIdentifier).toBe(
			'42',
		);
	});

	it.each(['generate', 'edit'] as const)('is unlimited for an unknown model: %s', (operation) => {
		const values = { quality: 'ultra', size: '2K', complexity: 'x', moderation: 'none' };
		const raw = rawRequest({ model: 'tomorrow-1', row: UNVALIDATED_MODEL, operation, values });
		expect(validate(raw).values).toMatchObject(values);
	});
});

describe('a prompt', () => {
	it.each(Object.entries(PROMPT_LIMITS))('of %s has up to %i characters', (model, limit) => {
		expect(check({ model, values: { prompt: 'x'.repeat(limit) } })).toEqual([]);
		const [problem, ...others] = check({ model, values: { prompt: 'x'.repeat(limit + 1) } });
		expect(others).toEqual([]);
		expect(problem).toMatch(/^'Prompt' /);
		expect(problem).toContain(`${(limit + 1).toLocaleString('en-US')} characters`);
		expect(problem).toContain(`up to ${limit.toLocaleString('en-US')} characters`);
		expect(problem?.length).toBeLessThan(250);
	});

	it('is counted in characters, not in UTF-16 units', () => {
		expect(check({ model: 'dall-e-2', values: { prompt: '🌊'.repeat(1000) } })).toEqual([]);
		expect(check({ model: 'dall-e-2', values: { prompt: '🌊'.repeat(1001) } })).toHaveLength(1);
	});

	it('can be longer for an unknown model', () => {
		expect(check({ model: 'tomorrow-1', values: { prompt: 'x'.repeat(100_000) } })).toEqual([]);
	});

	it.each([undefined, '', '   ', '\n'])('is required: %j', (prompt) => {
		const [problem, ...others] = check({ values: { prompt } });
		expect(others).toEqual([]);
		expect(problem).toMatch(/^'Prompt' .*empty/);
	});

	it.each([[{ text: 'x' }], [['x']], [true]])('is a text, not %j', (prompt) => {
		expect(check({ values: { prompt } })).toEqual([
			expect.stringMatching(/^'Prompt' .*Use a string/),
		]);
	});

	it('is sent as it was written', () => {
		const prompt = '  “Ein Leuchtturm” 灯台 🌊\n\tzwei Zeilen\\n ';
		expect(validate(rawRequest({ values: { prompt } })).values.prompt).toBe(prompt);
	});
});
