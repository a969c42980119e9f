import { MODELS, specOf, type Operation, type ParameterName } from '../../../nodes/AiImages/models';
import { OPENAI_MODELS } from '../../../nodes/AiImages/models/makers/openai';
import { AZURE } from '../../../nodes/AiImages/services/azure';
import { narrow } from '../../../nodes/AiImages/services/narrow';
import { OPENAI } from '../../../nodes/AiImages/services/openai';
import type { Service } from '../../../nodes/AiImages/services/types';

/** OpenAI's service without the spelling of some parameters. */
function serviceWithout(
	names: readonly ParameterName[],
	operations: readonly Operation[] = ['generate', 'edit'],
): Service {
	const { generate, edit } = OPENAI.endpoints;
	const reduced = (operation: Operation) => {
		const { parameters } = OPENAI.endpoints[operation];
		if (!operations.includes(operation)) return parameters;
		const spelled = Object.entries(parameters).filter(
			([name]) => !names.includes(name as ParameterName),
		);
		return Object.fromEntries(spelled);
	};
	return {
		...OPENAI,
		endpoints: {
			generate: { ...generate, parameters: reduced('generate') },
			edit: { ...edit, parameters: reduced('edit') },
		},
	};
}

const row = MODELS['gpt-image-2.5-flare'];

describe('narrowing a row by a service', () => {
	it('removes a parameter that the service cannot spell, and nothing else', () => {
		const { background: _, ...parameters } = row.parameters;
		const narrowed = narrow(row, serviceWithout(['background']));
		expect(narrowed).toStrictEqual({ ...row, parameters });
		expect(Object.keys(narrowed.parameters)).toEqual(Object.keys(parameters));
	});

	it('does not change the row itself', () => {
		const before = structuredClone(row);
		narrow(row, serviceWithout(['quality']));
		expect(row).toStrictEqual(before);
	});

	it.each(Object.entries(OPENAI_MODELS))(
		'returns the row of %s itself for a service that spells everything',
		(_, each) => expect(narrow(each, OPENAI)).toBe(each),
	);

	it('returns the row itself if it has none of the parameters that are not spelled', () => {
		expect(narrow(row, serviceWithout(['style', 'watermark']))).toBe(row);
	});

	it('looks only at the endpoints of the operations that the model has', () => {
		const generateOnly = MODELS['dall-e-3'];
		expect(narrow(generateOnly, serviceWithout(['style'], ['edit']))).toBe(generateOnly);
		const narrowed = narrow(generateOnly, serviceWithout(['style'], ['generate']));
		expect(narrowed.parameters).not.toHaveProperty('style');
	});

	it('removes a parameter only for the operation that the service cannot spell it for', () => {
		const narrowed = narrow(row, serviceWithout(['background'], ['generate']));
		expect(specOf(narrowed, 'generate', 'background')).toBeUndefined();
		expect(specOf(narrowed, 'edit', 'background')).toMatchObject(row.parameters.background);
		expect(narrowed).toStrictEqual({
			...row,
			parameters: {
				...row.parameters,
				background: [{ ...row.parameters.background, operations: ['edit'] }],
			},
		});
	});

	it('leaves a parameter of a single operation to that operation', () => {
		const old = MODELS['gpt-image-1.5'];
		const narrowed = narrow(old, serviceWithout(['inputFidelity'], ['generate']));
		expect(specOf(narrowed, 'generate', 'inputFidelity')).toBeUndefined();
		expect(specOf(narrowed, 'edit', 'inputFidelity')).toMatchObject(old.parameters.inputFidelity);
		const without = narrow(old, serviceWithout(['inputFidelity'], ['edit']));
		expect(specOf(without, 'edit', 'inputFidelity')).toBeUndefined();
		expect(specOf(without, 'generate', 'inputFidelity')).toBeUndefined();
	});

	it('takes a mask of the bytes that both allow, and warns of no lower limit then', () => {
		const limited = (maskBytes: number) => narrow(row, { ...OPENAI, limits: { maskBytes } });
		const { warnAboveBytes: _, ...mask } = row.mask;
		expect(limited(1000).mask).toEqual({ ...mask, maxBytes: 1000 });
		expect(limited(row.mask.maxBytes)).toBe(row);
		expect(narrow(MODELS['gpt-image-2'], AZURE).mask).toMatchObject({ maxBytes: 4_000_000 });
	});

	it('returns the same object the second time, which caches by row rely on', () => {
		const service = serviceWithout(['background']);
		expect(narrow(row, service)).toBe(narrow(row, service));
	});

	it('keeps services and rows apart', () => {
		const [one, other] = [serviceWithout(['background']), serviceWithout(['quality'])];
		expect(narrow(row, one).parameters).not.toHaveProperty('background');
		expect(narrow(row, other).parameters).toHaveProperty('background');
		const otherRow = MODELS['gpt-image-1.5'];
		expect(narrow(otherRow, one).displayName).toBe('GPT Image 1.5');
	});
});
