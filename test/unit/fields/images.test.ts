import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { description, namesOf, parametersOf, shownFields, shownOptions, valuesOf } from '../screen';

const node = { typeVersion: 1 };
const edit = { operation: 'edit', model: 'gpt-image-2.6-flare' };

const fieldNamed = (name: string): INodeProperties => {
	const fields = [...shownFields(edit), ...shownOptions(edit)];
	const found = fields.find((field) => field.name === name);
	if (!found) throw new Error(`No field ${name}`);
	return found;
};
const childrenOf = (field: INodeProperties): INodeProperties[] => {
	const [collection] = field.options ?? [];
	return collection && 'values' in collection ? collection.values : [];
};

/** What the editor shows of a row, here of the only one. */
function shownInRow(name: string, row: INodeParameters): string {
	const isList = fieldNamed(name).typeOptions?.multipleValues === true;
	const set = { [name]: { image: isList ? [row] : row } };
	const values = { parameters: { ...edit, ...(isList ? set : { options: set }) } };
	const path = `parameters.${isList ? '' : 'options.'}${name}.image${isList ? '[0]' : ''}`;
	const shown = childrenOf(fieldNamed(name)).filter((child) =>
		NodeHelpers.displayParameterPath(values, child, path, node, description),
	);
	return namesOf(shown).join(' ');
}

describe.each(['inputImages', 'mask', 'markup'])('a row of %s', (name) => {
	it.each([
		['binary', 'source binaryField'],
		['url', 'source url'],
		['base64', 'source base64'],
		['fileId', 'source fileId'],
	])('from %s shows %s', (source, fields) => {
		expect(shownInRow(name, { source })).toBe(fields);
	});

	it('offers every source, and no expression for what decides on fields', () => {
		const source = childrenOf(fieldNamed(name)).find((child) => child.name === 'source');
		expect(valuesOf(source)).toEqual(['binary', 'url', 'base64', 'fileId']);
		expect(source?.noDataExpression).toBe(true);
	});
});

describe('the rows of an edit', () => {
	it('begin with the field data, and without mask and markup', () => {
		const { inputImages, options } = parametersOf(edit);
		expect(inputImages).toEqual({ image: [{ source: 'binary', binaryField: 'data' }] });
		expect(options).toEqual({});
	});

	it('can be many, in the user’s order; a mask is one', () => {
		expect(fieldNamed('inputImages').typeOptions).toMatchObject({
			multipleValues: true,
			sortable: true,
		});
		expect(fieldNamed('mask').typeOptions?.multipleValues).toBeFalsy();
	});

	it.each([
		['inputImages', 'data'],
		['mask', 'mask'],
		['markup', 'markup'],
	])('look by default for %s in the field %s', (name, field) => {
		const child = childrenOf(fieldNamed(name)).find(({ name: own }) => own === 'binaryField');
		expect(child?.default).toBe(field);
	});
});
