import type { IDataObject } from 'n8n-workflow';

import { randomFor } from '../random';
import {
	freeModels,
	itemsFor,
	knownModels,
	refusedModels,
	type Choice,
	type Material,
} from './choice';
import { FILE_FIELDS, withValue, type ShownField } from './form';
import { runCase } from './run';
import type { Case } from './types';
import { valuesFor } from './values';

/** Each field of each model with values of its own, one field at a time. */
export function fieldCases(material: Material): Case[] {
	const { form } = material;
	const known = knownModels(material);
	const refused = refusedModels(material).map((choice) =>
		runCase(`field/${choice.name}/refused`, {
			parameters: choice.set,
			items: itemsFor(choice, material),
		}),
	);
	const cases = [...known, ...freeModels(material)].flatMap((choice) =>
		form
			.fields(choice.set)
			.filter(({ field, isOption }) => !isOption || !form.settings.has(field.name))
			.flatMap((shown) => casesOf(choice, shown, material)),
	);
	const settings = form.operations.flatMap((operation) => {
		const choices = known.filter((choice) => choice.operation === operation);
		return form
			.fields(choices[0]?.set ?? {})
			.filter(({ field, isOption }) => isOption && form.settings.has(field.name))
			.flatMap((shown) =>
				casesOf(randomFor('setting', operation, shown.field.name).pick(choices), shown, material),
			);
	});
	return unique([...refused, ...cases, ...settings]);
}

/** Items that one case has at most. */
const MOST_ITEMS = 3;

function casesOf(choice: Choice, { field, isOption, set }: ShownField, material: Material): Case[] {
	const { name, type, noDataExpression } = field;
	if (FILE_FIELDS.has(name)) return [];
	const { meant, strange } = valuesFor(field);
	const state = { ...set, ...choice.set, options: set.options ?? {} };
	const id = (what: string) => `field/${choice.name}/${name}${stateOf(set, choice)}/${what}`;
	const literal = (value: unknown) =>
		runCase(id(`is ${short(value)}`), {
			parameters: withValue(state, name, isOption, value),
			items: itemsFor(choice, material),
		});
	const slip = randomFor('slip', choice.name, name).pick(strange);
	if (type === 'fixedCollection') return [...meant, ...strange].map(literal);
	if (noDataExpression) return [...meant, slip].map(literal);
	const texts = strange.filter((value) => value !== slip);
	const chunks = Array.from({ length: Math.ceil(texts.length / MOST_ITEMS) }, (_, index) =>
		texts.slice(index * MOST_ITEMS, (index + 1) * MOST_ITEMS),
	);
	const expressions = chunks.map((values, index) =>
		runCase(id(`by expression ${index + 1}`), {
			parameters: withValue(state, name, isOption, '={{ $json.value }}'),
			items: itemsFor(
				choice,
				material,
				values.map((value) => ({ value }) as IDataObject),
			),
			onError: 'continueRegularOutput',
		}),
	);
	return [...[...meant, slip].map(literal), ...expressions];
}

/** What is set for the field to be shown. */
function stateOf(set: Choice['set'], choice: Choice): string {
	const all = { ...set, ...(set.options as object | undefined) };
	const added = Object.entries(all).filter(
		([name, value]) => name !== 'options' && choice.set[name] !== value,
	);
	return added.map(([name, value]) => ` with ${name} ${short(value)}`).join('');
}

/** Printable, and no longer than a few words. */
function short(value: unknown): string {
	const text = JSON.stringify(value) ?? 'undefined';
	return text.length > 24 ? `${text.slice(0, 20)}…${text.length}` : text;
}

/** Numbers cases that would have the same name. */
function unique(cases: readonly Case[]): Case[] {
	const counts = new Map<string, number>();
	return cases.map((one) => {
		const count = (counts.get(one.id) ?? 0) + 1;
		counts.set(one.id, count);
		return count === 1 ? one : { ...one, id: `${one.id} (${count})` };
	});
}
