import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	ITriggerFunctions,
} from 'n8n-workflow';

import {
	useEngine,
	type Engine,
	type EngineOptions,
	type NodeResult,
	type NodeRun,
} from './engine';
import { MANUAL_TRIGGER_TYPE, manualTrigger } from './engine/nodes';

/** A file as a node hands it on. With `bytes` it is put into n8n's store first. */
export type RawFile = { readonly bytes?: Buffer } & Record<string, unknown>;

export interface RawItem {
	json?: IDataObject;
	binary?: Record<string, RawFile>;
}

/** An engine whose trigger emits files that lack, or misstate, what n8n's own nodes write. */
export function useRawItems(options: EngineOptions = {}) {
	let items: RawItem[] = [];
	const trigger = manualTrigger(() => items, storeRawItem);
	const engine = useEngine({ ...options, nodeTypes: { [MANUAL_TRIGGER_TYPE]: trigger } });
	return {
		engine: engine as Engine,
		async run(raw: RawItem[], run: Omit<NodeRun, 'items'>): Promise<NodeResult> {
			items = raw;
			return await engine.runWorkflow(run);
		},
	};
}

async function storeRawItem(
	{ helpers }: ITriggerFunctions,
	{ json = {}, binary }: RawItem,
): Promise<INodeExecutionData> {
	if (!binary) return { json };
	const files: Record<string, object> = {};
	for (const [field, { bytes, ...facts }] of Object.entries(binary)) {
		const stored = bytes && (await helpers.prepareBinaryData(bytes, undefined, 'x/y'));
		const { id, data } = stored ?? {};
		files[field] = { ...(id ? { id } : {}), ...(stored ? { data } : {}), ...facts };
	}
	return { json, binary: files as IBinaryKeyData };
}
