import type { INodeProperties } from 'n8n-workflow';
import type { ModelRow, OverlaySpec } from '../models';
import { SAME_AS_ID, UNKNOWN_MODEL } from './model';
import { visibilityRules, conditions } from './parameters';

type Table = Readonly<Record<string, ModelRow>>;

/** Values of `source`: where the file of a row comes from. */
export const SOURCES = ['binary', 'url', 'base64', 'fileId'] as const;
export type Source = (typeof SOURCES)[number];

/** The fields by which an edit finds its files. */
export function imageFields(table: Table): INodeProperties[] {
	const show = { operation: ['edit'] };
	return [
		{
			displayName: 'Input Images',
			name: 'inputImages',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Image' },
			placeholder: 'Add Image',
			default: { image: [{ source: 'binary', binaryField: 'data' }] },
			required: true,
			description: 'The images to edit, in the order in which the prompt speaks of them',
			options: [
				{
					displayName: 'Image',
					name: 'image',
					values: fileFields(
						'data',
						'One field of the item, several with commas between them, or * for all its images',
					),
				},
			],
			displayOptions: { show },
		},
		...overlayFields(table, 'mask', {
			displayName: 'Mask',
			name: 'mask',
			description:
				'A PNG as large as the first input image. Where it is transparent, the image is edited.',
		}),
		...overlayFields(table, 'markup', {
			displayName: 'Markup',
			name: 'markup',
			description:
				'A transparent PNG as large as the first input image, with marks that show what to do where',
		}),
	];
}

/** A mask or a markup, for the models that take one. */
function overlayFields(
	table: Table,
	kind: 'mask' | 'markup',
	texts: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): INodeProperties[] {
	const groups = new Map<string, { spec: OverlaySpec | null; models: string[] }>();
	for (const [id, row] of Object.entries(table)) {
		const spec = row[kind];
		if (!spec || !row.operations.includes('edit')) continue;
		const key = JSON.stringify(spec === 'unvalidated' ? {} : (spec.notWith ?? {}));
		const group = groups.get(key) ?? { spec: spec === 'unvalidated' ? null : spec, models: [] };
		group.models.push(id);
		groups.set(key, group);
	}
	const free = groups.get('{}') ?? { spec: null, models: [] };
	groups.set('{}', { ...free, models: [...free.models, SAME_AS_ID, UNKNOWN_MODEL] });
	return [...groups.values()].flatMap(({ spec, models }) =>
		visibilityRules(models).map((audience): INodeProperties => ({
			...texts,
			type: 'fixedCollection',
			placeholder: `Add ${texts.displayName}`,
			default: {},
			options: [
				{
					displayName: texts.displayName,
					name: 'image',
					values: fileFields(kind, 'The field of the item that holds the file'),
				},
			],
			displayOptions: {
				show: { operation: ['edit'], ...audience },
				...(spec?.notWith ? { hide: conditions(null, spec.notWith) } : {}),
			},
		})),
	);
}

function fileFields(field: string, hint: string): INodeProperties[] {
	return [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Binary Field', value: 'binary', description: 'A file of the item' },
				{ name: 'URL', value: 'url', description: 'A file on the web' },
				{ name: 'Base64', value: 'base64', description: 'A file as text, or as a data URL' },
				{
					name: 'File ID',
					value: 'fileId',
					description: 'A file uploaded to the provider before; only with Send Images as JSON',
				},
			],
			default: 'binary',
		},
		{
			displayName: 'Input Binary Field',
			name: 'binaryField',
			type: 'string',
			default: field,
			hint,
			displayOptions: { show: { source: ['binary'] } },
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/photo.png',
			displayOptions: { show: { source: ['url'] } },
		},
		{
			displayName: 'Base64',
			name: 'base64',
			type: 'string',
			default: '',
			displayOptions: { show: { source: ['base64'] } },
		},
		{
			displayName: 'File ID',
			name: 'fileId',
			type: 'string',
			default: '',
			placeholder: 'e.g. file-…',
			displayOptions: { show: { source: ['fileId'] } },
		},
	];
}
