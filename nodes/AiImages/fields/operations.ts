import type { INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../models';

/** One entry of the operation dropdown. */
export type OperationOption = INodePropertyOptions & { readonly value: Operation };

/** The operations as the editor shows them. The dropdown and its fields follow from this list. */
export const OPERATIONS: Readonly<Record<Operation, OperationOption>> = {
	generate: {
		name: 'Generate Image',
		value: 'generate',
		action: 'Generate image',
		description: 'Create images from a text prompt',
	},
	edit: {
		name: 'Edit Image',
		value: 'edit',
		action: 'Edit image',
		description: 'Edit or combine images with a text prompt',
	},
};
