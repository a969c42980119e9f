import type { INodeProperties } from 'n8n-workflow';
import type { ModelRow } from '../models';
import { OTHER_MODEL, SAME_AS_ID, UNKNOWN_MODEL } from './model';

type Table = Readonly<Record<string, ModelRow>>;

/** The fields by which an edit finds its files in the items that come in. */
export function imageFields(table: Table): INodeProperties[] {
	const show = { operation: ['edit'] };
	const masked = Object.entries(table)
		.filter(([, row]) => row.mask)
		.map(([id]) => id);
	const mask = maskField();
	return [
		{
			displayName: 'Input Images',
			name: 'inputImages',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Image' },
			placeholder: 'Add Image',
			default: { image: [{ binaryField: 'data' }] },
			required: true,
			description: 'The images to edit, in the order in which the prompt speaks of them',
			options: [{ displayName: 'Image', name: 'image', values: [binaryField('data')] }],
			displayOptions: { show },
		},
		{ ...mask, displayOptions: { show: { ...show, model: masked } } },
		{
			...mask,
			displayOptions: {
				show: {
					...show,
					compatibleWith: [...masked, SAME_AS_ID, UNKNOWN_MODEL],
					model: [OTHER_MODEL],
				},
			},
		},
	];
}

function maskField(): INodeProperties {
	return {
		displayName: 'Mask',
		name: 'mask',
		type: 'fixedCollection',
		placeholder: 'Add Mask',
		default: {},
		description:
			'A PNG as large as the first input image. Where it is transparent, the image is edited.',
		options: [{ displayName: 'Mask', name: 'image', values: [binaryField('mask')] }],
	};
}

function binaryField(name: string): INodeProperties {
	return {
		displayName: 'Input Binary Field',
		name: 'binaryField',
		type: 'string',
		default: name,
		hint: 'The name of the field of the item that holds the file',
	};
}
