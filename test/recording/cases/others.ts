import { randomFor } from '../random';
import { freeModels, renamedModels, type Choice, type Material } from './choice';
import { mixedRun } from './mixes';
import { runCase } from './run';
import type { Case } from './types';

/** Models of the user's own, by ids of every kind. */
export function otherModelCases(material: Material): Case[] {
	const known = material.form.models.map(({ model }) => String(model));
	const ids = [
		...known.flatMap((id) => [
			id,
			`openai/${id}`,
			`${id}-2026-04-21`,
			`azure/eu/${id.toUpperCase()}`,
		]),
		...STRANGERS,
	];
	return [...new Set(ids)].flatMap((modelId) => {
		const isPicked = ({ name }: Choice) => randomFor('as', name, modelId).chance(0.08);
		const [checked, unchecked] = [false, true].map((isUnchecked) =>
			freeModels(material, modelId).filter(({ set }) => Boolean(set.options) === isUnchecked),
		) as [Choice[], Choice[]];
		const others = [...unchecked, ...renamedModels(material, modelId)].filter(isPicked);
		return [...checked, ...others].map((choice) => {
			const id = `other/${choice.name}`;
			return runCase(id, mixedRun(choice, material, id));
		});
	});
}

const STRANGERS = [
	...['FLUX.1-dev', 'black-forest-labs/flux-1.1-pro', 'imagen-4', 'gpt-4o', 'gpt-image-9'],
	...['gpt-image-2.5', 'dall-e-4', 'my deployment', ' gpt-image-2 ', 'dall-e', 'x/y/z:free', ''],
	...['google/gemini-2.5-flash-image', 'seedream-4', 'qwen-image', '={{ $json.prompt }}'],
];
