import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

/** Values to try in a field. */
export interface Values {
	/** What the editor lets one choose or type, and what it means well. */
	readonly meant: readonly unknown[];
	/** What expressions give, and slips of the keyboard. */
	readonly strange: readonly unknown[];
}

const STRANGE = [null, '', 'no such value', true, 7, -1, 1.5, ['png'], { a: 1 }, ' auto '];

/** Values for a field, by its type and by what its description says of it. */
export function valuesFor(field: INodeProperties): Values {
	const { type, typeOptions = {}, placeholder = '', description = '' } = field;
	const example = placeholder.replace(/^e\.g\. /, '');
	switch (type) {
		case 'options': {
			const meant = (field.options ?? []).flatMap((one) => ('value' in one ? [one.value] : []));
			const [first = ''] = meant.map(String);
			return { meant, strange: [...STRANGE, first.toUpperCase(), ` ${first} `] };
		}
		case 'boolean':
			return { meant: [true, false], strange: ['true', 'false', 'yes', 1, null, '', []] };
		case 'number': {
			const { minValue: least = 0, maxValue: most = least + 100 } = typeOptions;
			const middle = Math.ceil((least + most) / 2);
			return {
				meant: [...new Set([least, least + 1, middle, most])],
				strange: [least - 1, most + 1, least + 0.5, String(middle), 'abc', null, '', true, [1], {}],
			};
		}
		case 'json':
			return {
				meant: JSON_TEXTS,
				strange: ['{', '[1]', 'null', '"text"', { seed: 7 }, [1], 7, true],
			};
		case 'string':
			return {
				meant: textsFor(field.name, example, description),
				strange: [...STRANGE, '7', 'jpg'],
			};
		case 'fixedCollection':
			return rowsFor(field);
		default:
			return { meant: [], strange: [null, '', 'text', 7, [], {}] };
	}
}

/** One row after the other, each with one value that is tried, and all of them. */
function rowsFor({ options = [], typeOptions }: INodeProperties): Values {
	const [{ name, values } = { name: '', values: [] }] = options as INodePropertyCollection[];
	const usual = Object.fromEntries(values.map((field) => [field.name, field.default]));
	const rowsOf = (kind: keyof Values): IDataObject[] =>
		values.flatMap((field) =>
			valuesFor(field)[kind].map((value) => ({ ...usual, [field.name]: value }) as IDataObject),
		);
	const several = typeOptions?.multipleValues;
	const one = (row: IDataObject) => ({ [name]: several ? [row] : row });
	const meant = rowsOf('meant');
	return {
		meant: [{}, ...meant.map(one), ...(several ? [{ [name]: meant }] : [])],
		strange: rowsOf('strange').map(one),
	};
}

const JSON_TEXTS = [
	'{}',
	'{"seed": 7, "negative_prompt": "text"}',
	'{"prompt": "another", "model": "another", "n": 2}',
	'{"size": null, "deep": {"list": [1, "two", {"three": 3}]}, "ümläut": "ß"}',
	'{"stream": true}',
	'{"response_format": "url"}',
	'{"image": "x", "images": [], "mask": "x"}',
];

/** Texts, sizes and numbers for those that take either, and texts that are just too long or not. */
function textsFor(name: string, example: string, description: string): string[] {
	const [, limit] = /Up to ([\d,]+) characters/.exec(description) ?? [];
	const most = Number(limit?.replaceAll(',', '') ?? 0);
	const long = most ? ['é'.repeat(most), 'x'.repeat(most + 1)] : ['x'.repeat(65)];
	const sizes = /^\d+x\d+$/.test(example) || /size/i.test(name) ? SIZES : [];
	return [...(example ? [example] : []), ...TEXTS, ...long, ...sizes];
}

const TEXTS = [
	'A lighthouse in a storm, oil on canvas',
	'  Zwei Zeilen\nmit "Anführung" <b> & 🐈\u200d⬛  ',
	'50',
	'1',
	'auto',
	'{prompt}/{model}-{date}-{item}-{index}-{other}',
];

const SIZES = [
	...['1024x1024', '1536x1024', '512x512', '3840x2160', '16x16', '1000x1000', '4096x4096'],
	...['1024X1024', '1024 x 1536', '1024×1024', '1024', '0x0', '-1x5', '3072x1024', '2048x512'],
];
