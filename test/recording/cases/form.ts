import type { INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { optionsOf, screenOf, valuesOf } from '../../helpers/screen';

/** A field on screen, and what has to be set for it to be there. */
export interface ShownField {
	readonly field: INodeProperties;
	/** In *Options*. */
	readonly isOption: boolean;
	readonly set: INodeParameters;
}

/** The fields for files, which have cases of their own. */
export const FILE_FIELDS: ReadonlySet<string> = new Set(['inputImages', 'mask', 'markup']);

/** The node's form, as its description has it. */
export interface Form {
	readonly operations: readonly string[];
	/** The values that select each listed model. */
	readonly models: readonly INodeParameters[];
	/** Whether a notice says that the selected model can't do the selected operation. */
	isRefused(set: INodeParameters): boolean;
	/** The fields that are shown, but for those that choose operation and model. */
	shown(set: INodeParameters): ShownField[];
	/** These, and those that are shown by one more choice; each once. */
	fields(set: INodeParameters): ShownField[];
	/** Names of the entries of *Options* that are there for every model. */
	readonly settings: ReadonlySet<string>;
}

export function formOf(description: INodeTypeDescription): Form {
	const { properties } = description;
	const screen = screenOf(description);
	const deciding = decidingValues([...properties, ...optionsOf(properties)]);
	/** What is shown depends on the values of few fields, and takes n8n long to say. */
	const known = new Map<string, ReadonlyArray<Omit<ShownField, 'set'>>>();
	const shown = (set: INodeParameters): ShownField[] => {
		const all: INodeParameters = { ...(set.options as INodeParameters | undefined), ...set };
		const key = JSON.stringify([...deciding.keys()].map((name) => all[name] ?? null));
		const fields = known.get(key) ?? [
			...screen.shownFields(set).map((field) => ({ field, isOption: false })),
			...screen.shownOptions(set).map((field) => ({ field, isOption: true })),
		];
		known.set(key, fields);
		return fields
			.filter(({ field }) => !CHOSEN.has(field.name))
			.map(({ field, isOption }) => ({ field, isOption, set }));
	};
	return {
		operations: valuesOf(properties.find(({ name }) => name === 'operation')).map(String),
		models: properties
			.filter(({ name }) => name === 'model')
			.flatMap((field) => {
				const [family = ''] = (field.displayOptions?.show?.family ?? []) as string[];
				return valuesOf(field).map((model) => ({ family, model: String(model) }));
			}),
		isRefused: (set) => screen.shownNotices(set).some((text) => text.includes("can't edit")),
		settings: new Set(
			optionsOf(properties)
				.filter(({ displayOptions: { show = {} } = {} }) => !show['/model'] && !show['/family'])
				.map(({ name }) => name),
		),
		shown,
		fields(set) {
			const first = shown(set);
			const states = first.flatMap(({ field, isOption }) =>
				[...(deciding.get(field.name) ?? [])].map((value) =>
					withValue(set, field.name, isOption, value),
				),
			);
			const all = [first, ...states.map(shown)].flat();
			return all.filter(
				({ field }, index) => all.findIndex((other) => other.field === field) === index,
			);
		},
	};
}

/** Set by each case, and not varied as fields. */
const CHOSEN = new Set(['operation', 'family', 'model', 'modelId', 'options']);

export function withValue(
	set: INodeParameters,
	name: string,
	isOption: boolean,
	value: unknown,
): INodeParameters {
	const entry = { [name]: value } as INodeParameters;
	if (!isOption) return { ...set, ...entry };
	return { ...set, options: { ...(set.options as INodeParameters | undefined), ...entry } };
}

/** Values of fields by which other fields are shown or hidden. */
function decidingValues(fields: readonly INodeProperties[]): Map<string, Set<unknown>> {
	const values = new Map<string, Set<unknown>>();
	for (const { displayOptions: { show = {}, hide = {} } = {} } of fields) {
		for (const [key, compared] of [...Object.entries(show), ...Object.entries(hide)]) {
			const name = key.replace(/^\//, '');
			const known = values.get(name) ?? new Set();
			for (const value of compared ?? []) if (typeof value !== 'object') known.add(value);
			values.set(name, known);
		}
	}
	return values;
}
