import fc from 'fast-check';
import { anyCharacter } from './characters';

const bare = Object.assign(Object.create(null) as object, { width: 1 });
/** What JSON cannot write. */
export const circular: { self?: unknown } = {};
circular.self = circular;

/** What no field is made for, but an expression can give. */
const STRANGE: readonly unknown[] = [
	...[undefined, null, NaN, Infinity, -Infinity, -0, 1e308, 2 ** 53, 5e-324, '', ' ', '\0'],
	...['__proto__', 'constructor', 'toString', 'NaN', 'null', '1e3', '0x10', '1_000', ' 7 ', '-0'],
	...[10n, Symbol('x'), () => 'x', bare, circular, new Date(NaN), /x/, new Map(), Buffer.from('x')],
	...[
		[],
		[[]],
		['1024x1024'],
		{},
		{ toString: 1 },
		{ toJSON: 1 },
		{ valueOf: null, toString: null },
	],
	...[
		JSON.parse('{"__proto__": {"polluted": true}}'),
		JSON.parse('{"constructor": {"prototype": 1}}'),
	],
	...[{ length: -1 }, { value: { value: 'x' } }, '\ud800', 'x'.repeat(40_000), '🌊'.repeat(20_000)],
];

/** Values of every type and shape. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom(...STRANGE),
	fc.double(),
	fc.integer(),
	fc.string({ unit: anyCharacter }),
	fc.jsonValue({ maxDepth: 2 }),
	fc.anything({ maxDepth: 1, maxKeys: 2, withBigInt: true, withNullPrototype: true }),
);

/** Fails if something was added to what all objects inherit. */
export function expectCleanPrototypes(): void {
	for (const [prototype, keys] of CLEAN) {
		const added = Reflect.ownKeys(prototype).filter((key) => !keys.has(key));
		if (added.length > 0) throw new Error(`All objects have got ${added.map(String).join(', ')}`);
	}
}

const CLEAN = [Object.prototype, Array.prototype].map(
	(prototype) => [prototype, new Set(Reflect.ownKeys(prototype))] as const,
);
