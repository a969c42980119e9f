import type { INodeParameters } from 'n8n-workflow';

import { randomFor } from '../../random';
import { freeModels, knownModels, renamedModels, type Material } from '../choice';
import { withValue } from '../form';
import { mixedRun } from '../mixes';
import { runCase } from '../run';
import type { Case } from '../types';
import { behaviours, ENDLESS } from './behaviours';

/** Cases of each server and operation. */
const MANY = 6;

/** Servers of every kind, and requests of every kind. */
export function serverCases(material: Material): Case[] {
	const { form } = material;
	const choices = [...knownModels(material), ...freeModels(material), ...renamedModels(material)];
	return Object.keys(behaviours()).flatMap((name) =>
		form.operations.flatMap((operation) =>
			Array.from({ length: MANY }, (_, index) => {
				const id = `server/${operation}/${name}/${index + 1}`;
				const own = choices.filter((choice) => choice.operation === operation);
				const choice = randomFor(id, 'model').pick(own);
				const run = mixedRun(choice, material, id, behaviours()[name]);
				const parameters = withEnd(run.parameters, name);
				return runCase(id, { ...run, parameters, serverName: name });
			}),
		),
	);
}

/** With a short timeout, if the response never arrives. */
function withEnd(parameters: INodeParameters, name: string): INodeParameters {
	if (!ENDLESS.has(name)) return parameters;
	return withValue(parameters, 'timeout', true, 5);
}
