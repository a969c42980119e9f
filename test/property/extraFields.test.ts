import fc from 'fast-check';
import { UNVALIDATED_MODEL, type Operation, type ParameterName } from '../../nodes/AiImages/models';
import { encode } from '../../nodes/AiImages/request/encode';
import { validate } from '../../nodes/AiImages/request/validate';
import type { ValidRequest } from '../../nodes/AiImages/request/types';
import { problemsOf, rawRequest, settingsOf } from '../unit/requests';
import { everyCaseLater } from './cases';
import { expectCleanPrototypes } from './hostile';
import { OPENAI } from '../../nodes/AiImages/services/openai';
import { canSpell } from '../../nodes/AiImages/services/spelling';
import { asOfficialForm } from './officialForm';
import { jsonKeys, jsonValues } from './texts';

/** The API's own names. */
const API_FIELDS = [
	...['model', 'prompt', 'n', 'size', 'quality', 'background', 'output_format', 'stream', 'user'],
	...['output_compression', 'frame_count', 'frame_duration_ms', 'svg', 'complexity', 'style'],
	...['partial_images', 'input_fidelity', 'moderation', 'response_format', 'safety_identifier'],
	...['watermark', 'image', 'image[]', 'images', 'mask', 'markup'],
];
const STRANGE_FIELDS = [
	...[
		'seed',
		'negative_prompt',
		'__proto__',
		'constructor',
		'prototype',
		'toString',
		'hasOwnProperty',
	],
	...['PROMPT', ' prompt', 'prompt ', 'prompt()', 'n\r\nx', 'a"b', 'length', '0', '', 'svg.model'],
];
const names = fc.oneof(
	fc.constantFrom(...API_FIELDS),
	fc.constantFrom(...STRANGE_FIELDS),
	jsonKeys,
);
/** JSON as people write it into the field, so that `__proto__` is a name like any other. */
const extraFields = fc
	.array(fc.tuple(names, jsonValues), { maxLength: 5 })
	.map((fields) => fields.map((pair) => pair.map((each) => JSON.stringify(each)).join(':')))
	.map((fields) => JSON.parse(`{${fields.join()}}`) as Readonly<Record<string, unknown>>);

const VALUES: Partial<Record<ParameterName, unknown>> = { n: 2, size: '1024x1024', quality: 'low' };

const setup = fc.record({
	model: fc.constantFrom('gpt-image-2.5-flare', 'gpt-image-1.5', 'dall-e-2', 'tomorrow-1'),
	operation: fc.constantFrom<Operation>('generate', 'edit'),
	imagesAsJson: fc.boolean(),
});

/** What a server reads of a body: JSON, or the texts of a form. */
async function bodyOf(body: Buffer | FormData): Promise<Map<string, unknown>> {
	if (!Buffer.isBuffer(body)) return new Map(body.entries());
	return new Map(Object.entries(JSON.parse(body.toString('utf8')) as object));
}

describe('extra body fields', () => {
	it('are sent unchanged or rejected, and checked values stay the same', async () => {
		await everyCaseLater(
			fc.asyncProperty(extraFields, setup, async (fields, { model, operation, imagesAsJson }) => {
				const { quality, ...others } = VALUES;
				const raw = rawRequest({
					model,
					operation,
					values: model === 'dall-e-2' ? others : { quality, ...others },
					settings: settingsOf({ extraFields: fields, imagesAsJson }),
				});
				const valid: ValidRequest[] = [];
				const problems = problemsOf(() => valid.push(validate(raw)));
				const ownNames = Object.keys(fields).filter((name) => API_FIELDS.includes(name));
				expect(problems.length).toBeLessThanOrEqual(ownNames.length);
				const [request] = valid;
				if (!request) return;

				const { body } = (await encode(request)) as { body: Buffer | FormData };
				const sent = await bodyOf(body);
				const isForm = !Buffer.isBuffer(body);
				expect(sent.get('model')).toBe(model);
				expect(sent.get('prompt')).toBe('a lighthouse');
				expect(String(sent.get('n'))).toBe('2');
				expect(sent.get('size')).toBe('1024x1024');
				if (operation === 'edit') {
					expect(sent.has(isForm ? 'image' : 'images')).toBe(true);
				}
				if (isForm) {
					const official = await asOfficialForm(fields);
					expect([...body.entries()]).toEqual(expect.arrayContaining(official));
				} else {
					for (const [name, value] of Object.entries(fields)) {
						expect(sent.get(name)).toEqual(value);
					}
				}
				expectCleanPrototypes();
			}),
		);
	});

	it('know every name of the API', () => {
		const names = Object.keys(UNVALIDATED_MODEL.parameters) as ParameterName[];
		const known = names.filter((name) => canSpell(OPENAI, 'edit', name)).length;
		// Two parameters stand inside of `svg`, which is one; six are the node's own.
		expect(API_FIELDS).toHaveLength(known - 1 + 6);
	});
});
