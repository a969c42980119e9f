import fc from 'fast-check';
import { fileStem, type NameParts } from '../../nodes/AiImages/output/fileStem';
import { everyCase, FURTHER_CASES } from './cases';
import { names, wellFormed } from './texts';

const TODAY = '2026-11-20';

const templates = fc.oneof(
	fc.constant(''),
	names,
	fc
		.array(
			fc.oneof(
				fc.constantFrom('{prompt}', '{model}', '{item}', '{index}', '{date}', '{', '}', '{{'),
				fc.constantFrom('{constructor}', '{__proto__}', '{Prompt}', '$&', '../', '..\\', '\r\n'),
				names,
			),
			{ maxLength: 8 },
		)
		.map((pieces) => pieces.join('')),
);
const parts: fc.Arbitrary<NameParts> = fc.record({
	prompt: names,
	model: fc.oneof(names, fc.constantFrom('gpt-image-2', 'openai/gpt-image-2:free')),
	item: fc.integer({ min: 1, max: 9999 }),
	index: fc.integer({ min: 1, max: 10 }),
	several: fc.boolean(),
});

/**
 * Characters that break a header, a path, or a file system, and those that hide others. The joiners
 * U+200C and U+200D are part of words and emoji, behind letters and pictures.
 */
const UNSAFE =
	/(?![\u200C\u200D])\p{C}|[\p{Zl}\p{Zp}\\/:*?"<>|]|(?<![\p{L}\p{M}\p{N}\p{ExtPict}\p{EMod}])[\u200C\u200D]/u;

describe('the name of a file', () => {
	it('has no path or line break, and is neither empty nor too long', () => {
		everyCase(
			fc.property(templates, parts, (template, each) => {
				const name = fileStem(template, each, TODAY);
				expect(UNSAFE.exec(name)).toBeNull();
				expect(name).toMatch(/^(?!\p{M})/u);
				expect(name).toMatch(/^[^\s.-].*[^\s.]$|^[^\s.-]$/u);
				// 255 bytes is what file systems take; the longest extension has five.
				expect(Buffer.byteLength(name)).toBeGreaterThan(0);
				expect(Buffer.byteLength(name)).toBeLessThanOrEqual(250);
				expect(wellFormed(name)).toBe(name);
			}),
			[
				['a\u2028b', { prompt: '', model: '', item: 1, index: 1, several: false }],
				['a\u2029b', { prompt: '', model: '', item: 1, index: 1, several: false }],
			],
		);
	});

	it('is the same for the same parts, and stays as it is as a template', () => {
		everyCase(
			fc.property(templates, parts, (template, each) => {
				const name = fileStem(template, each, TODAY);
				expect(fileStem(template, { ...each }, TODAY)).toBe(name);
				fc.pre([...name].length <= 60 && !name.includes('{'));
				expect(fileStem(name, { ...each, several: false, index: 1 }, TODAY)).toBe(name);
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('differs between the images of an item', () => {
		everyCase(
			fc.property(templates, parts, (template, each) => {
				const all = [1, 2, 3, 4].map((index) =>
					fileStem(template, { ...each, index, several: true }, TODAY),
				);
				expect(new Set(all).size).toBe(all.length);
			}),
			[],
			FURTHER_CASES,
		);
	});
});
