import type { INodeProperties } from 'n8n-workflow';

import { optionsOf } from '../../helpers/screen';
import { pretty } from '../text/aspects';
import { hashOf } from '../text/hash';
import type { LoadedPackage } from '../world/package';
import type { Case } from './types';

/** What the editor shows before anything runs: the form, the credential, the icons. */
export function descriptionCases({ description, credential, icon }: LoadedPackage): Case[] {
	const { properties, iconUrl, ...about } = description;
	const { properties: secrets, iconUrl: itsIcon, icon: _, test, ...itself } = credential;
	const says = (id: string, value: unknown): Case => ({
		id: `description/${id}`,
		record: async () => ({ items: pretty(value) }),
	});
	const shows = (id: string, urls: typeof iconUrl): Case => ({
		id: `description/${id}`,
		record: async () => {
			const files = Object.values(typeof urls === 'object' ? urls : { icon: urls ?? '' });
			return { files: (await Promise.all(files.map(icon))).map(hashOf).join('\n') };
		},
	});
	const own = properties.filter(({ name }) => name !== 'options');
	const namesOf = (fields: INodeProperties[]) => fields.map(({ name }) => name);
	return [
		says('node', about),
		says('order of fields', namesOf(properties)),
		says('order of options', namesOf(optionsOf(properties))),
		...fields('field', own).map(([id, value]) => says(id, value)),
		...fields('option', optionsOf(properties)).map(([id, value]) => says(id, value)),
		says('credential', itself),
		says('credential test', test),
		...fields('credential field', secrets).map(([id, value]) => says(id, value)),
		shows('icons of the node', iconUrl),
		shows('icons of the credential', itsIcon),
	];
}

/** Fields by their names, in all their variants. */
function fields(kind: string, all: INodeProperties[]): Array<[string, INodeProperties[]]> {
	const names = [...new Set(all.map(({ name }) => name))];
	return names.map((name) => [`${kind} ${name}`, all.filter((field) => field.name === name)]);
}
