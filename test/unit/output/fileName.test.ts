import { fileStem, type NameParts } from '../../../nodes/AiImages/output/fileStem';

const PARTS: NameParts = {
	prompt: 'A lighthouse in a storm',
	model: 'openai/gpt-image-2.5-flare',
	item: 3,
	index: 2,
	several: true,
};
const named = (template: string, parts: Partial<NameParts> = {}) =>
	fileStem(template, { ...PARTS, ...parts }, '2026-11-20');

describe('a name that the user did not choose', () => {
	it.each<[Partial<NameParts>, string]>([
		[{}, 'a-lighthouse-in-a-storm-3-2'],
		[{ several: false, index: 1 }, 'a-lighthouse-in-a-storm-3'],
		[{ several: false, index: 2 }, 'a-lighthouse-in-a-storm-3-2'],
		[{ prompt: '' }, 'image-3-2'],
		[{ prompt: '!?*' }, 'image-3-2'],
		[{ prompt: '“Ein Ärger”, 灯台 🌊' }, 'ein-ärger-灯台-3-2'],
		[{ prompt: '../../etc/passwd' }, 'etc-passwd-3-2'],
		[{ prompt: 'a\u0000b\r\nc\u202Ed' }, 'a-b-c-d-3-2'],
		[{ prompt: 'x'.repeat(500) }, `${'x'.repeat(40)}-3-2`],
		[{ prompt: `${'x'.repeat(39)} yy` }, `${'x'.repeat(39)}-3-2`],
		[{ prompt: '𠮷'.repeat(50) }, `${'𠮷'.repeat(40)}-3-2`],
		[{ prompt: 'ﬁne ① Ⅳ' }, 'fine-1-iv-3-2'],
		[{ prompt: '\uD800x' }, 'x-3-2'],
	])('comes from prompt, item and image: %j', (parts, name) => {
		expect(named('', parts)).toBe(name);
	});
});

describe('a template', () => {
	it.each([
		['{prompt}-{item}-{index}', 'a-lighthouse-in-a-storm-3-2'],
		['{model} {date} {index}', 'openai-gpt-image-2-5-flare 2026-11-20 2'],
		['{item}{item}{index}', '332'],
		['photo', 'photo-2'],
		['{date}', '2026-11-20-2'],
		['{unknown} {index}', '{unknown} 2'],
		['{constructor}{toString}{__proto__}{index}', '{constructor}{toString}{__proto__}2'],
		['{ prompt } {index}', '{ prompt } 2'],
		['{Prompt} {index}', '{Prompt} 2'],
		['Ärger 灯台 🌊 {index}', 'Ärger 灯台 🌊 2'],
		['$& $1 {index}', '$& $1 2'],
	])('%j is filled in: %j', (template, name) => {
		expect(named(template)).toBe(name);
	});

	it.each([
		['../../{index}', '2'],
		['/etc/passwd{index}', 'etc-passwd2'],
		['C:\\windows\\{index}', 'C-windows-2'],
		['..\\..\\x{index}', 'x2'],
		['a/../b{index}', 'a-..-b2'],
		['.hidden{index}', 'hidden2'],
		['a\u0000b\r\nX-Evil: {index}\u007F\u0085', 'a-b-X-Evil- 2-'],
		['a<b>c:d"e|f?g*h{index}', 'a-b-c-d-e-f-g-h2'],
		['{index}. ', '2'],
		[' {index} ', '2'],
	])('%j stays in its folder and its header: %j', (template, name) => {
		expect(named(template)).toBe(name);
		expect(name).not.toMatch(/[\p{Cc}\\/]|^\.|\.$/u);
	});

	it.each(['...', '///', ' ', '\n', '- -', '.'.repeat(80)])(
		'of which nothing is left is an image: %j',
		(template) => {
			expect(named(template)).toMatch(/^image(-3)?-2$/);
			expect(named(template, { several: false, index: 1 })).toMatch(/^image(-3-1)?$/);
		},
	);

	it('gets the number of the image unless there is but one', () => {
		expect(named('photo', { several: false, index: 1 })).toBe('photo');
		expect(named('photo', { several: true, index: 1 })).toBe('photo-1');
		expect(named('photo', { several: false, index: 2 })).toBe('photo-2');
	});

	it.each([
		'{prompt}-{item}-{index}',
		'{prompt} by {model} {item} {index}',
		`${'x'.repeat(100)}-{item}-{index}`,
		`${'x'.repeat(100)}`,
	])('keeps apart the images of long prompts and models: %s', (template) => {
		const long = { prompt: 'word '.repeat(200), model: 'm'.repeat(200) };
		const names = [1, 2, 3].flatMap((item) =>
			[1, 2, 3].map((index) => named(template, { ...long, item, index })),
		);
		expect(new Set(names).size).toBe(9);
		for (const name of names) expect([...name].length).toBeLessThanOrEqual(70);
	});

	it('is short enough for file systems in any script', () => {
		for (const template of ['', '{prompt}', '𠮷'.repeat(100), '{prompt}{model}{index}']) {
			const name = named(template, { prompt: '𠮷'.repeat(999), model: '𠮷'.repeat(999) });
			expect(Buffer.byteLength(`${name}.webp`)).toBeLessThanOrEqual(255);
		}
	});
});

describe('a name that Windows keeps for a device', () => {
	const nameOf = (template: string, several = false, index = 1) =>
		fileStem(template, { prompt: 'a cat', model: 'm', item: 1, index, several }, '2026-11-20');

	it.each(['CON', 'nul', 'Aux.backup', 'com1', 'LPT9'])('is no name of a file: %s', (name) => {
		expect(nameOf(name)).toBe(`image-${name}`);
	});

	it('still distinguishes the images of an item', () => {
		expect([nameOf('CON', true, 1), nameOf('CON', true, 2)]).toEqual([
			'image-CON-1',
			'image-CON-2',
		]);
	});

	it.each(['CONCERT', 'com10', 'null'])('can begin another: %s', (name) => {
		expect(nameOf(name)).toBe(name);
	});
});
