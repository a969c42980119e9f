import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Row } from '../../integration/faults/row';
import { randomFor, type Random } from '../random';
import {
	freeModels,
	itemsFor,
	knownModels,
	renamedModels,
	type Choice,
	type Material,
} from './choice';
import { FILE_FIELDS, withValue, type ShownField } from './form';
import { runCase, type Run } from './run';
import { serves, type Manner } from './servers/honest';
import type { Case } from './types';
import { valuesFor } from './values';

/** Many fields at the same time, several items, and every setting of the workflow. */
export function mixedCases(material: Material): Case[] {
	const many = (choices: readonly Choice[], count: number) =>
		choices.flatMap((choice) =>
			Array.from({ length: count }, (_, index) => {
				const id = `mix/${choice.name}/${index + 1}`;
				return runCase(id, mixedRun(choice, material, id));
			}),
		);
	return [
		...many(knownModels(material), 40),
		...many([...freeModels(material), ...renamedModels(material)], 12),
	];
}

export const ON_ERROR = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

const MANNERS: ReadonlyArray<readonly [string, Manner]> = [
	...Array.from({ length: 6 }, () => ['as asked', {}] as const),
	['says nothing', { says: 'nothing', usage: 'none' }],
	['tells the tokens of each', { usage: 'each' }],
	['one image less', { more: -1 }],
	['one image more', { more: 1 }],
	['other format', { format: 'jpeg' }],
	['other size', { size: '640x480' }],
	['links', { form: 'link' }],
	['data URLs', { form: 'dataUrl' }],
	['no events', { noEvents: true }],
];

/**
 * @param id whose choices are its own
 */
export function mixedRun(
	choice: Choice,
	material: Material,
	id: string,
	server?: Row['server'],
): Run {
	const random = randomFor(id);
	const jsons: IDataObject[] = Array.from({ length: 1 + random.below(3) }, () => ({}));
	const parameters = fill(choice.set, material, jsons, id);
	const [serverName, manner] = random.pick(MANNERS);
	return {
		parameters,
		items: itemsFor(choice, material, jsons),
		onError: random.pick(ON_ERROR),
		...(server ? { server } : { server: [serves(manner)], serverName }),
		...(random.chance(0.1) ? { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } : {}),
		...(random.chance(0.1) ? { settings: { binaryMode: 'combined' } } : {}),
	};
}

/** Sets some of the fields that are shown, and then some of those that are shown by that. */
function fill(
	chosen: INodeParameters,
	{ form }: Material,
	jsons: IDataObject[],
	id: string,
): INodeParameters {
	const seen = new Set<string>();
	let set: INodeParameters = { options: {}, ...chosen };
	for (let round = 0; round < 3; round++) {
		for (const shown of form.shown(set)) {
			const { name } = shown.field;
			if (seen.has(name)) continue;
			seen.add(name);
			const random = randomFor(id, name);
			if (name === 'prompt' || !random.chance(likelihood(shown, form.settings))) continue;
			set = withValue(set, name, shown.isOption, valueFor(shown, jsons, random));
		}
	}
	return set;
}

function likelihood({ field, isOption }: ShownField, settings: ReadonlySet<string>): number {
	if (FILE_FIELDS.has(field.name)) return 0;
	if (!isOption) return 0.5;
	return settings.has(field.name) ? 0.12 : 0.3;
}

/** One value for all items, or an expression that gives each its own. */
function valueFor({ field }: ShownField, jsons: IDataObject[], random: Random): unknown {
	const { meant, strange } = valuesFor(field);
	const one = () => (random.chance(0.04) ? random.pick(strange) : random.pick(meant));
	const isLiteral = field.noDataExpression || field.type === 'fixedCollection';
	if (isLiteral || random.chance(0.5)) return one();
	for (const json of jsons) json[field.name] = one() as IDataObject;
	return `={{ $json.${field.name} }}`;
}
