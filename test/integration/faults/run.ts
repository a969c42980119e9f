import type { INodeParameters } from 'n8n-workflow';

import type { Engine, InputItem, NodeResult, NodeRun } from '../../helpers/engine';
import { picture } from '../../helpers/pictures';
import type { FaultServers, ServerLog } from './servers';
import type { OnError, Operation, Row } from './row';
import { runAsTool } from './tool';

const MODEL = 'gpt-image-2.5-flare';
export const TENANT = 'tenant-0123456789abcdef';
/** A port that no server listens at. */
export const CLOSED = '127.0.0.1:1';

export const PROMPT = 'A cat';

/** The outcome of a row. */
export interface Observed {
	readonly row: Row;
	readonly operation: Operation;
	readonly onError: OnError;
	readonly result: NodeResult;
	readonly log: ServerLog;
	/** Fills hosts and addresses into a text of the row. */
	fill(text: string): string;
}

/** Runs a row under one of its settings. */
export async function runRow(
	engine: Engine,
	faultServers: FaultServers,
	row: Row,
	operation: Operation,
	onError: OnError,
): Promise<Observed> {
	const button = new AbortController();
	const log = faultServers.begin(row, () => button.abort());
	const hosts: Record<string, string> = {
		api: new URL(faultServers.api.url).host,
		files: new URL(faultServers.files.url).host,
		closed: CLOSED,
		endpoint: `${faultServers.api.url}/v1/images/${operation === 'edit' ? 'edits' : 'generations'}`,
	};
	const fill = (text: string) =>
		text.replace(/\{(api|files|closed|endpoint)\}/g, (_, name) => hosts[name]!);
	const { maxTries, service, credentials = {} } = row;
	const retry = maxTries ? { retryOnFail: true, maxTries, waitBetweenTries: 1 } : {};
	const run: NodeRun = {
		parameters: parametersOf(row, operation),
		credentials: {
			...faultServers.api.credentials,
			extraHeaders: JSON.stringify({ 'X-Tenant': TENANT }),
			...(service ? { service: service.id, [`${service.id}BaseUrl`]: faultServers.api.url } : {}),
			...JSON.parse(fill(JSON.stringify(credentials))),
		},
		onError,
		stop: button.signal,
		...retry,
	};
	const result = row.asTool
		? await runAsTool(engine, run, PROMPT)
		: await engine.runWorkflow({ ...run, items: await inputOf(row, operation) });
	return { row, operation, onError, result, log, fill };
}

function parametersOf(row: Row, operation: Operation): INodeParameters {
	const { parameters, options, service } = row;
	return {
		operation,
		model: modelOf(row),
		...(service ? { family: service.family } : {}),
		prompt: '={{ $json.prompt }}',
		...(operation === 'edit' ? { inputImages: { image: [{ binaryField: 'data' }] } } : {}),
		...parameters,
		options: { ...options },
	};
}

async function inputOf(row: Row, operation: Operation): Promise<InputItem[]> {
	const data = await picture({ width: 16, height: 16, colour: '#123456' });
	const fileName = row.inputFileName ?? 'cat.png';
	const binary = { data: { data, mimeType: 'image/png', fileName } };
	return (row.prompts ?? [PROMPT]).map((prompt) => ({
		json: { prompt },
		...(operation === 'edit' ? { binary } : {}),
	}));
}

/** The ID that the requests of a row name. */
export function modelOf({ service }: Pick<Row, 'service'>): string {
	return service?.model ?? MODEL;
}

/** The prompts of the items. */
export function promptsOf({ row }: Pick<Observed, 'row'>): readonly string[] {
	return row.prompts ?? [PROMPT];
}
