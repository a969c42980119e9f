import type { INodeType } from 'n8n-workflow';
import { getEventListeners } from 'node:events';

/** A node that tells how many listeners wait for the stop button of its execution. */
export const listeners: INodeType = {
	description: {
		displayName: 'Listeners',
		name: 'listeners',
		group: ['transform'],
		version: 1,
		description: 'Counts who listens to the stop button',
		defaults: { name: 'Listeners' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		const signal = this.getExecutionCancelSignal();
		const count = signal ? getEventListeners(signal, 'abort').length : -1;
		return [[{ json: { count } }]];
	},
};
