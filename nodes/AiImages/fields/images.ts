import type { INodeProperties } from 'n8n-workflow';
import type { Condition, ModelRow, ModelTable, Operation } from '../models';
import { sharedFields, valuesFor, visibleFor } from './visibility';

/** The field for the images of an edit. */
export function inputImagesField(): INodeProperties {
	return {
		displayName: 'Input Images',
		name: 'inputImages',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Image' },
		placeholder: 'Add Image',
		default: { image: [{ source: 'binary', binaryField: 'data' }] },
		required: true,
		description: 'Images to edit, in the order the prompt refers to them',
		options: [
			{
				displayName: 'Image',
				name: 'image',
				values: fileFields(
					'data',
					'Name of the input field with the image. Separate several with commas, or use * for all images.',
				),
			},
		],
		displayOptions: { show: { operation: ['edit'] } },
	};
}

/** *Mask* and *Markup* under *Options*. */
export function overlayOptions(
	table: ModelTable,
	operations: readonly Operation[],
): INodeProperties[] {
	return [
		...overlayFields(table, operations, 'mask', {
			displayName: 'Mask',
			name: 'mask',
			description:
				'PNG with the same dimensions as the first input image. Transparent areas are edited, or white ones if there is no transparency.',
		}),
		...overlayFields(table, operations, 'markup', {
			displayName: 'Markup',
			name: 'markup',
			description:
				'Transparent PNG with the same dimensions as the first input image, with annotations that show what to change',
		}),
	];
}

function overlayFields(
	table: ModelTable,
	operations: readonly Operation[],
	kind: 'mask' | 'markup',
	texts: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): INodeProperties[] {
	const visibility = (row: ModelRow, operation: Operation) =>
		operation === 'edit' ? overlayVisibility(row, kind) : undefined;
	return sharedFields(table, operations, visibility).flatMap(({ spec, selections }) =>
		selections.map((selection): INodeProperties => ({
			...texts,
			type: 'fixedCollection',
			placeholder: `Add ${texts.displayName}`,
			default: {},
			options: [
				{
					displayName: texts.displayName,
					name: 'image',
					values: fileFields(kind, 'Name of the input field with the file'),
				},
			],
			displayOptions: visibleFor(selection, { hide: valuesFor(spec.notWith, true) }, true),
		})),
	);
}

/** When the field of an overlay is hidden; undefined if the model takes no such overlay. */
function overlayVisibility(
	{ operations, ...row }: ModelRow,
	kind: 'mask' | 'markup',
): { notWith?: Condition | undefined } | undefined {
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
				{ name: 'Binary Field', value: 'binary', description: 'From a binary field of the input' },
				{ name: 'URL', value: 'url', description: 'Download from a URL' },
				{ name: 'Base64', value: 'base64', description: 'Base64 string or data URL' },
				{
					name: 'File ID',
					value: 'fileId',
					description:
						"ID of a file already uploaded to the provider. Requires 'Send Images as JSON'.",
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
			placeholder: 'e.g. iVBORw0KGgo…',
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
