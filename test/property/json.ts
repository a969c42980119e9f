import fc from 'fast-check';
import { anyCharacter } from './characters';
import { jsonSpelling } from './texts';

/** How an image is written: base64 in its ways, a data URL, or no image at all. */
const WAYS: ReadonlyArray<(base64: string) => string> = [
	(base64) => base64,
	(base64) => base64,
	(base64) => base64.replace(/=+$/, ''),
	(base64) => base64.replaceAll('+', '-').replaceAll('/', '_'),
	(base64) => base64.replace(/.{11}/g, '$&\r\n'),
	(base64) => ` ${base64.replace(/.{5}/g, '$& ')}\t`,
	(base64) => `data:image/png;base64,${base64}`,
	(base64) => `DATA:image/webp;charset=utf-8;base64,${base64.replace(/=+$/, '')}`,
	(base64) => `data:;base64,${encodeURIComponent(base64)}`,
];
const contents = fc.oneof(
	{ weight: 3, arbitrary: fc.uint8Array({ maxLength: 12 }) },
	// Longer than the beginning in which the media type of a data URL is looked for.
	fc
		.tuple(fc.uint8Array({ minLength: 1, maxLength: 12 }), fc.integer({ min: 190, max: 900 }))
		.map(([bytes, length]) => Buffer.alloc(length, bytes)),
);
export const embedded = fc
	.tuple(contents, fc.constantFrom(...WAYS))
	.map(([bytes, write]) => write(Buffer.from(bytes).toString('base64')));

const TEXTS = [
	...[
		'b64_json',
		'url',
		'data:',
		'data',
		'',
		'\\',
		'\\"',
		'"',
		'"b64_json":"AAAA"',
		'{"url":"data:',
	],
	...[
		'https://example.com/a.png?data:x=1',
		'a lighthouse',
		'Ä灯台🌊',
		'\n',
		'\u0000',
		'null',
		':',
		',:',
	],
];
const KEYS = [
	...[
		'b64_json',
		'b64_json',
		'url',
		'url',
		'data',
		'images',
		'revised_prompt',
		'prompt',
		'b64_jso',
		'b64_json2',
	],
	...['x_b64_json', 'B64_JSON', 'b64_json ', 'data:', '', '"', '\\"', 'b64_json"', 'curl', '灯'],
	'b64_json_that_is_longer',
];
const SPACES = ['', '', '', ' ', '\n', '\r\n\t', '  '];

const texts = fc.oneof(
	fc.constantFrom(...TEXTS),
	embedded,
	fc.string({ unit: anyCharacter, maxLength: 8 }),
);
const spaces = fc.constantFrom(...SPACES);
const spelt = (text: string) =>
	fc.oneof(
		{ weight: 3, arbitrary: fc.constant(JSON.stringify(text).slice(1, -1)) },
		fc.constant(JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')),
		jsonSpelling(text),
	);
/** Keys are written plainly by every server; only those that mean nothing here are spelled out. */
const keys = fc
	.constantFrom(...KEYS)
	.chain((key) => fc.tuple(fc.constant(key), isKnown(key) ? fc.constant(key) : spelt(key)));
function isKnown(key: string): boolean {
	return /^(b64_json|url)$/.test(key);
}
const strings = texts.chain(spelt).map((text) => `"${text}"`);
const leaves = fc.oneof(
	{ weight: 4, arbitrary: strings },
	fc.constantFrom('null', 'true', '0', '-1.5e3', '{}', '[]', '""'),
);

/** JSON texts with images at any place, in any spelling, and what only resembles them. */
export const { document } = fc.letrec<{ document: string }>((tie) => {
	const spaced = fc.tuple(spaces, tie('document'), spaces).map((parts) => parts.join(''));
	const pair = fc
		.tuple(spaces, keys, spaces, spaced)
		.map(
			([before, [key, spelling], behind, value]) =>
				[key, `${before}"${spelling}"${behind}:${value}`] as const,
		);
	const members = fc.uniqueArray(pair, { selector: ([key]) => key, maxLength: 4 });
	return {
		document: fc.oneof(
			{ maxDepth: 3, depthSize: 'small', withCrossShrink: true },
			leaves,
			members.map((each) => `{${each.map(([, member]) => member).join()}}`),
			fc.array(spaced, { maxLength: 3 }).map((values) => `[${values.join()}]`),
		),
	};
});
