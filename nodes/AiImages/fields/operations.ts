import type { OperationOption } from './index';
import type { Operation } from '../models';
import { encodeEdit, encodeGeneration } from '../request/encode';
import type { ValidRequest } from '../request/validate';
import type { RequestBody } from '../transport/send';

/** An endpoint of the API as an operation of the node. */
export interface OperationDefinition extends OperationOption {
	readonly path: string;
	encode(request: ValidRequest): Promise<RequestBody>;
}

/** The operations: their dropdown, their fields and their requests follow from this list. */
export const OPERATIONS: Readonly<Record<Operation, OperationDefinition>> = {
	generate: {
		name: 'Generate Image',
		value: 'generate',
		action: 'Generate an image',
		description: 'Make images from a text',
		path: '/images/generations',
		encode: encodeGeneration,
	},
	edit: {
		name: 'Edit Image',
		value: 'edit',
		action: 'Edit an image',
		description: 'Change or combine images by a text',
		path: '/images/edits',
		encode: encodeEdit,
	},
};
