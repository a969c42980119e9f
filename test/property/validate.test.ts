import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { ValidationError } from '../../nodes/AiImages/errors';
import { CUSTOM_SIZE, SIZE_BY_RATIO, PRESET_SIZE } from '../../nodes/AiImages/fields/size';
import {
	FAMILIES,
	MODELS,
	UNVALIDATED_MODEL,
	resolveModel,
	specOf,
	type Operation,
	type ParameterName,
	type ParameterSpec,
} from '../../nodes/AiImages/models';
import { encode } from '../../nodes/AiImages/request/encode';
import { readItem } from '../../nodes/AiImages/request/read';
import { validate } from '../../nodes/AiImages/request/validate';
import type { ValidRequest } from '../../nodes/AiImages/request/types';
import { rawRequest } from '../unit/requests';
import { everyCase, everyCaseLater, FURTHER_CASES } from './cases';
import { circular, expectCleanPrototypes, hostile } from './hostile';
import { OPENAI } from '../../nodes/AiImages/services/openai';

const NAMES = Object.keys(UNVALIDATED_MODEL.parameters) as ParameterName[];
const PLAUSIBLE: readonly unknown[] = [
	...['a lighthouse', 'auto', 'png', 'jpg', 'jpeg', 'gif', 'svg', 'webp', 'transparent', 'low'],
	...['1024x1024', '2048x1152', '1000x1000', 'high', 'hd', 'vivid', 'url', 'gpt-6'],
	...[0, 1, 2, 10, 100, 0.5, '3', 'true', true, false],
];
const values = fc.oneof(fc.constantFrom(...PLAUSIBLE), hostile);
const operations = fc.constantFrom<Operation>('generate', 'edit');
const models = fc.constantFrom(...Object.keys(MODELS), 'tomorrow-1');
const fields = fc.dictionary(fc.constantFrom(...NAMES), values, { maxKeys: 6 });

/** Whether the API's contract for a parameter allows a value. */
function isLegal(spec: ParameterSpec, value: unknown): boolean {
	switch (spec.kind) {
		case 'text':
			return typeof value === 'string' && [...value].length <= (spec.maxLength ?? Infinity);
		case 'integer':
			return (
				Number.isInteger(value) &&
				Number(value) >= (spec.min ?? -Infinity) &&
				Number(value) <= (spec.max ?? Infinity)
			);
		case 'number':
			return Number(value) >= (spec.min ?? -Infinity) && Number(value) <= (spec.max ?? Infinity);
		case 'boolean':
			return typeof value === 'boolean';
		case 'choice':
			return spec.values.includes(String(value));
		case 'size':
			return (
				spec.values.includes(String(value)) ||
				(spec.rule !== undefined && /^\d+x\d+$/.test(String(value)))
			);
	}
}

/** Holds against the contract, whatever was asked for; texts and numbers only. */
function expectLegal({ row, operation, values: legal }: ValidRequest): void {
	for (const [name, value] of Object.entries(legal)) {
		if (value === undefined) continue;
		const spec = specOf(row, operation, name as ParameterName);
		if (!spec || !isLegal(spec, value)) throw new Error(`${name} cannot be ${String(value)}`);
	}
	expect(String(legal.prompt).trim()).not.toBe('');
}

/** Sentences that fit on a screen. */
function expectSentences(error: unknown): void {
	if (!(error instanceof ValidationError)) throw error;
	expect(error.problems.length).toBeGreaterThan(0);
	for (const problem of error.problems) {
		expect(problem).toMatch(/^(\S.*: |'[A-Z].*' )./s);
		expect(problem.length).toBeLessThanOrEqual(1000);
	}
}

describe('a request', () => {
	it('is valid or rejected with messages, for any values', () => {
		const some = fc.subarray(NAMES, { maxLength: 4 });
		everyCase(
			fc.property(models, operations, fields, some, (model, operation, given, atDefault) => {
				const raw = rawRequest({
					model,
					row: resolveModel(model).row,
					operation,
					values: given,
					atDefault,
				});
				try {
					expectLegal(validate(raw));
				} catch (error) {
					expectSentences(error);
				}
				expectCleanPrototypes();
			}),
		);
	});
});

describe('an item', () => {
	const OPTIONS = [
		...NAMES,
		...['output', 'outputBinaryField', 'fileName', 'imagesAsJson'],
		...['modelId', 'mask', 'markup', 'checkParameters'],
		...['extraFields', 'parallelRequests', 'dropUnsupported', 'maxRetryWait', 'largestImage'],
		...['retryServerErrors', 'timeout', 'imagesPerMinute'],
	];
	const price = fc.record({ tokens: values, dollars: values }, { requiredKeys: [] });
	const row = fc.record(
		{
			source: fc.oneof(fc.constantFrom('base64', 'fileId', 'binary'), hostile),
			base64: values,
			fileId: values,
			binaryField: values,
		},
		{ requiredKeys: [] },
	);
	const sensible = fc.record({
		operation: operations,
		family: fc.constantFrom(...Object.keys(FAMILIES)),
		model: fc.constantFrom(...Object.keys(MODELS)),
		modelId: fc.constantFrom('tomorrow-1', { value: 'gpt-image-2' }),
		sizeType: fc.constantFrom(PRESET_SIZE, CUSTOM_SIZE, SIZE_BY_RATIO),
		aspectRatio: fc.constantFrom('16:9', '1:100'),
		resolution: fc.constantFrom('1K', '4K'),
		prompt: fc.constant('a lighthouse'),
	});
	const wild = fc.dictionary(
		fc.constantFrom(
			...NAMES,
			'operation',
			'model',
			'family',
			'modelId',
			'sizeType',
			'width',
			'height',
		),
		values,
		{ maxKeys: 3 },
	);
	const files = fc.record(
		{
			'inputImages.image': fc.array(row, { maxLength: 2 }),
		},
		{ requiredKeys: [] },
	);
	const options = fc
		.tuple(
			fc.dictionary(fc.constantFrom(...OPTIONS), values, { maxKeys: 3 }),
			fc.option(fc.array(price, { maxLength: 2 })),
		)
		.map(([all, prices]) => ({ options: prices ? { ...all, prices: { price: prices } } : all }));
	const parameters = fc
		.tuple(sensible, wild, files, options)
		.map((parts): Readonly<Record<string, unknown>> => Object.assign({}, ...parts));

	/** The part of n8n that reading needs; an expression may give anything. */
	const contextOf = (given: Readonly<Record<string, unknown>>) =>
		({
			getNodeParameter: (name: string, _: number, fallback: unknown) => given[name] ?? fallback,
			getInputData: () => [{ json: {}, binary: {} }],
		}) as unknown as IExecuteFunctions;

	it('is sent or rejected with messages, for any results of its expressions', async () => {
		await everyCaseLater(
			fc.asyncProperty(parameters, async (given) => {
				try {
					const request = validate(await readItem(contextOf(given), 0, OPENAI));
					expectLegal(request);
					const { body } = await encode(request);
					expect(Buffer.isBuffer(body) || body instanceof FormData).toBe(true);
				} catch (error) {
					expectSentences(error);
				}
				expectCleanPrototypes();
			}),
			[{ a: 10n }, { a: circular }].map((extraFields): [Readonly<Record<string, unknown>>] => [
				{
					operation: 'generate',
					model: 'gpt-image-2',
					prompt: 'a lighthouse',
					options: { extraFields },
				},
			]),
			FURTHER_CASES,
		);
	});
});
