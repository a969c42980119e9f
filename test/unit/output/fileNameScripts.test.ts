import { fileStem } from '../../../nodes/AiImages/output/fileStem';

const ZWNJ = '\u200C';
const ZWJ = '\u200D';

/** The stem of the only image of the first item. */
const stem = (prompt: string, template = '') =>
	fileStem(
		template,
		{ prompt, model: 'gpt-image-2', item: 1, index: 1, several: false },
		'2026-11-20',
	);

/** What readers see as one character each. */
const graphemes = (text: string) =>
	[...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(
		({ segment }) => segment,
	);

describe('words whose vowels are signs', () => {
	it.each([
		['Hindi', 'सूर्योदय के समय पहाड़ी', 'सूर्योदय-के-समय-पहाड़ी'],
		['Bengali', 'নদীর তীরে', 'নদীর-তীরে'],
		['Tamil', 'மலையில் ஒரு கோவில்', 'மலையில்-ஒரு-கோவில்'],
		['Telugu', 'సముద్ర తీరం', 'సముద్ర-తీరం'],
		['Thai', 'ภาพน้ำตก ที่ภูเขา', 'ภาพน้ำตก-ที่ภูเขา'],
		['Lao', 'ນ້ຳຕົກ', 'ນ້ຳຕົກ'],
		['Burmese', 'မြန်မာ', 'မြန်မာ'],
		['Khmer', 'ភ្នំពេញ', 'ភ្នំពេញ'],
		['vocalised Arabic', 'مُحَمَّدٌ، كِتَابٌ', 'مُحَمَّدٌ-كِتَابٌ'],
		['Hebrew with points', 'שָׁלוֹם עוֹלָם', 'שָׁלוֹם-עוֹלָם'],
		['decomposed Latin', 'Cafe\u0301 Zu\u0308rich', 'café-zürich'],
		['Vietnamese', 'Ng\u01b0\u01a1\u0300i \u0111e\u0323p', 'ng\u01b0\u1eddi-\u0111\u1eb9p'],
	])('keep them: %s', (_, prompt, name) => {
		expect(stem(prompt)).toBe(`${name.normalize('NFC')}-1`);
		expect(stem(prompt, '{prompt}')).toBe(name.normalize('NFC'));
	});

	it.each([
		['Persian', `می${ZWNJ}خواهم کتاب${ZWNJ}ها`, `می${ZWNJ}خواهم-کتاب${ZWNJ}ها`],
		['Malayalam', `അവന്${ZWJ} വന്നു`, `അവന്${ZWJ}-വന്നു`],
		['Sinhala', `ශ්${ZWJ}රී ලංකා`, `ශ්${ZWJ}රී-ලංකා`],
		['Bengali', `র${ZWJ}্যাব`, `র${ZWJ}্যাব`],
	])('keep the joiners that spell them: %s', (_, prompt, name) => {
		expect(stem(prompt)).toBe(`${name}-1`);
		expect(stem(prompt, '{prompt}')).toBe(name);
		expect(stem('', name)).toBe(name);
	});

	it.each([
		[`pass${ZWJ}word`, 'pass-word', 'pass-word'],
		[`${ZWNJ}می${ZWNJ}`, 'می', 'می-'],
		[`می ${ZWNJ} خواهم`, 'می-خواهم', 'می - خواهم'],
		[`a${ZWNJ}${ZWNJ}b`, 'a-b', 'a-b'],
	])('have no joiners elsewhere: %j', (text, asPrompt, asTemplate) => {
		expect(stem(text)).toBe(`${asPrompt}-1`);
		expect(stem('', text)).toBe(asTemplate);
	});

	it.each([
		['\u0301\u0301 cat', 'cat'],
		['- \u0301 cat', 'cat'],
		['cat /\u0301 dog', 'cat-dog'],
		['\u093f हिन्दी', 'हिन्दी'],
	])('have no signs without a letter: %j', (prompt, name) => {
		expect(stem(prompt)).toBe(`${name}-1`);
		expect(stem('', prompt)).toMatch(/^\p{L}/u);
	});
});

describe('emoji', () => {
	it.each([
		[`a family 👩${ZWJ}👩${ZWJ}👧 at sea`, 'a-family-at-sea'],
		['I ❤️ cats 👍🏽', 'i-cats'],
		['1️⃣ cat', '1-cat'],
		['flag 🇩🇪🏴󠁧󠁢󠁳󠁣󠁴󠁿 of', 'flag-of'],
	])('leave nothing in the words of a prompt: %s', (prompt, name) => {
		expect(stem(prompt)).toBe(`${name}-1`);
	});

	it('stay whole where the user chose them', () => {
		const family = `👩🏽${ZWJ}❤️${ZWJ}👩 👨${ZWJ}👩${ZWJ}👧${ZWJ}👦`;
		expect(stem('', family)).toBe(family);
		expect(stem('', `x${family}${ZWJ}`)).toBe(`x${family}-`);
	});
});

describe('a long name ends between what readers see as characters', () => {
	it.each([
		['Hindi', 'क्षि'],
		['Tamil', 'நி'],
		['Thai', 'น้ำ'],
		['Arabic', 'مُّ'],
		['Hebrew', 'שָּׁ'],
		['Korean in letters', '\u1112\u1161\u11ab'],
	])('in a word of %s', (_, piece) => {
		for (const before of ['', 'x', 'xx', 'xxx']) {
			const word = (before + piece.repeat(50)).normalize('NFC');
			for (const name of [stem(word).slice(0, -2), stem(word, 'y{prompt}')]) {
				expect(name.length).toBeGreaterThan(30);
				const whole = graphemes(name.startsWith('y') ? `y${word}` : word);
				expect(graphemes(name)).toEqual(whole.slice(0, graphemes(name).length));
			}
			const chosen = stem('', before + piece.repeat(50)).slice(0, -'-1-1'.length);
			const all = graphemes(before + piece.repeat(50));
			expect(graphemes(chosen)).toEqual(all.slice(0, graphemes(chosen).length));
		}
	});

	it('in a row of families', () => {
		const family = `👩${ZWJ}👩${ZWJ}👧`;
		expect(stem('', family.repeat(20))).toBe(`${family.repeat(12)}-1-1`);
		expect(stem('', `x${family.repeat(20)}`)).toBe(`x${family.repeat(11)}-1-1`);
	});

	it('although one letter has more marks than a name takes', () => {
		const marked = `e${'\u0301\u0316'.repeat(200)}`;
		expect(stem(marked)).toBe('image-1');
		expect(stem(`cat ${marked}`)).toBe('cat-1');
		expect(stem('', `cat${marked}`)).toBe('cat-1-1');
		expect(Buffer.byteLength(stem('', 'न्'.repeat(500)))).toBeLessThan(251);
	});
});
