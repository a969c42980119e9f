import type { INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../models';

/** One entry of the operation dropdown. */
export type OperationOption = INodePropertyOptions & { readonly value: Operation };

/** The operations as the editor shows them. The dropdown and its fields follow from this list. */
export const OPERATIONS: Readonly<Record<Operation, OperationOption>> = {
	generate: {
		name: 'Generate Image',
		value: 'generate',
		action: 'Generate an image',
		description: 'Make images from a text',
	},
	edit: {
		name: 'Edit Image',
		value: 'edit',
		action: 'Edit an image',
		description: 'Change or combine images by a text',
	},
};
