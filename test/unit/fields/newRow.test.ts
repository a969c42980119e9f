import type { INodeParameters } from 'n8n-workflow';
import { buildFields } from '../../../nodes/AiImages/fields';
import { MODELS } from '../../../nodes/AiImages/models';
import { OPERATIONS } from '../../../nodes/AiImages/fields/operations';
import { NODE_OPTIONS } from '../../fixtures/fields';
import { TABLE } from '../newModel';
import { namesOf, shownFields, shownOptions, valuesOf } from '../screen';

const fields = buildFields(TABLE, Object.values(OPERATIONS), '2027-01-01');
const before = buildFields(MODELS, Object.values(OPERATIONS), '2027-01-01');

const COMMON_OPTIONS = `modelId ${NODE_OPTIONS.generate}`;

describe.each([['from the list', { model: 'example-1' }, 'operation family model']])(
	'a model whose row was just added, chosen %s',
	(_, chosen, head) => {
		it.each([
			['generate', {}, 'prompt n sizeType size quality outputFormat'],
			['generate', { sizeType: 'custom' }, 'prompt n sizeType width height quality outputFormat'],
			[
				'generate',
				{ sizeType: 'aspectRatio' },
				'prompt n sizeType aspectRatio resolution quality outputFormat',
			],
			[
				'generate',
				{ outputFormat: 'webp' },
				'prompt n sizeType size quality outputFormat outputCompression',
			],
			['generate', { outputFormat: 'gif' }, 'prompt sizeType size quality outputFormat frameCount'],
			['edit', {}, 'prompt inputImages n sizeType size quality outputFormat'],
			[
				'edit',
				{ outputFormat: 'webp' },
				'prompt inputImages n sizeType size quality outputFormat outputCompression',
			],
		])('shows the fields of its row for %s with %j', (operation, state, names) => {
			const set: INodeParameters = { ...chosen, operation, ...state };
			expect(namesOf(shownFields(set, fields)).join(' ')).toBe(`${head} ${names} options`);
		});

		it.each([
			['generate', {}, 'style user watermark'],
			['generate', { options: { watermark: true } }, 'style user watermark moderation'],
			['generate', { outputFormat: 'webp', options: { watermark: true } }, 'style user watermark'],
			['edit', {}, 'mask inputFidelity user watermark imagesAsJson'],
		])('has for %s with %j the options of its row', (operation, state, names) => {
			const set: INodeParameters = { ...chosen, operation, ...state };
			const expected = `${names} ${COMMON_OPTIONS}`.split(' ');
			expect(namesOf(shownOptions(set, fields)).sort()).toEqual(expected.sort());
		});

		it('shows limits, values and defaults of its row', () => {
			const shown = shownFields({ ...chosen, operation: 'generate', outputFormat: 'webp' }, fields);
			const field = (name: string) => shown.find((candidate) => candidate.name === name);
			expect(field('n')).toMatchObject({ default: 2, typeOptions: { minValue: 1, maxValue: 3 } });
			expect(field('quality')?.default).toBe('final');
			expect(valuesOf(field('outputFormat'))).toEqual(['png', 'webp', 'gif']);
			expect(valuesOf(field('size'))).toEqual(['64x64', '128x64']);
			expect(field('outputCompression')).toMatchObject({
				default: 50,
				typeOptions: { minValue: 10, maxValue: 90 },
			});
		});
	},
);

it.each(Object.keys(MODELS))('leaves the screen of %s as it was', (model) => {
	const set = { model, operation: 'generate', outputFormat: 'webp' };
	const names = (properties: typeof fields) => [
		...namesOf(shownFields(set, properties)),
		...namesOf(shownOptions(set, properties)),
	];
	expect(names(fields)).toEqual(names(before));
});
