import type { LoadedPackage } from '../world/package';
import type { Material } from './choice';
import { credentialCases } from './credentials';
import { descriptionCases } from './description';
import { faultCases } from './faults';
import { fieldCases } from './fields';
import { fileCases } from './files';
import { formOf } from './form';
import { mixedCases } from './mixes';
import { otherModelCases } from './others';
import type { Pictures } from './pictures';
import { searchCases } from './search';
import { serverCases } from './servers';
import type { Case } from './types';

/** Everything that is recorded of a package. What it takes is read from its own description. */
export function casesFor(loaded: LoadedPackage, pictures: Pictures): Case[] {
	const material: Material = { form: formOf(loaded.description), pictures };
	return [
		...descriptionCases(loaded),
		...searchCases(loaded.node),
		...fieldCases(material),
		...mixedCases(material),
		...otherModelCases(material),
		...fileCases(material),
		...credentialCases(material),
		...serverCases(material),
		...faultCases(),
	];
}
