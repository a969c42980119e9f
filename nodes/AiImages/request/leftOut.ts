import { specOf, type ParameterName } from '../models';
import { PARAMETERS } from '../models/parameters';
import { canSpell, isImplied, spell } from '../services/spelling';
import { formatName, formatValue } from '../values/format';
import type { ValidRequest } from './types';

/**
 * The values on screen that are not sent although nothing is wrong with them, and why, one sentence
 * each. What the user set and nobody takes is a warning instead.
 */
export function leftOut(request: ValidRequest): string[] {
	const { atDefault, values } = request;
	const unsent = Object.entries(values)
		.filter(([name, value]) => value !== undefined && !isSent(request, name as ParameterName))
		.map(([name]) => name as ParameterName);
	const removed = atDefault.filter((name) => values[name] === undefined);
	return [...removed, ...unsent].map(
		(name) =>
			`${formatName(PARAMETERS[name].displayName)} isn't sent because ${reasonFor(request, name)}`,
	);
}

function isSent({ service, operation, values }: ValidRequest, name: ParameterName): boolean {
	const endpoint = service.endpoints[operation];
	// Where the prompt is no field, it is part of a message.
	return name === 'prompt' || spell(endpoint, name, values[name]).length > 0;
}

function reasonFor(request: ValidRequest, name: ParameterName): string {
	const { service, operation, model, row, ownRow, values } = request;
	const { sentenceName } = service;
	if (!specOf(ownRow, operation, name)) return `${model} doesn't support it`;
	if (!specOf(row, operation, name)) return `${sentenceName} doesn't support it`;
	const value = values[name];
	if (value === undefined) return 'it is a default that the other values rule out';
	if (!canSpell(service, operation, name)) return `${sentenceName} makes one image per request`;
	return isImplied(service.endpoints[operation], name, value)
		? `${formatValue(value)} is what ${sentenceName} does without it`
		: `${sentenceName} has no value for ${formatValue(value)}`;
}
