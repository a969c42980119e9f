import type { INodeType } from 'n8n-workflow';
import { getEventListeners } from 'node:events';
import { describeNode } from '../helpers/engine/describeNode';

/** A node that counts the listeners for the stop button of its execution. */
export const listeners: INodeType = {
	description: describeNode('Listeners', 'listeners'),
	async execute() {
		const signal = this.getExecutionCancelSignal();
		const count = signal ? getEventListeners(signal, 'abort').length : -1;
		return [[{ json: { count } }]];
	},
};
