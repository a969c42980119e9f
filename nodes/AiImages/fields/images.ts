import type { INodeProperties } from 'n8n-workflow';
import type { Condition, ModelRow, ModelTable } from '../models';
import { groupBySpec, selections, valuesFor } from './visibility';

/** The fields for the files of an edit. */
export function imageFields(table: ModelTable): INodeProperties[] {
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

function overlayFields(
	table: ModelTable,
	kind: 'mask' | 'markup',
	texts: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): INodeProperties[] {
	return groupBySpec(table, (row) => overlayVisibility(row, kind)).flatMap(({ spec, models }) =>
		selections(models).map((selection): INodeProperties => ({
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
				show: { operation: ['edit'], ...selection },
				...(spec.notWith ? { hide: valuesFor(spec.notWith) } : {}),
			},
		})),
	);
}

/** When the field of an overlay is hidden; undefined if the model takes no such overlay. */
function overlayVisibility(
	{ operations, ...row }: ModelRow,
	kind: 'mask' | 'markup',
): { notWith?: Condition } | undefined {
	const overlay = row[kind];
	if (!overlay || !operations.includes('edit')) return undefined;
	return overlay === 'unvalidated' ? {} : { notWith: overlay.notWith };
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
