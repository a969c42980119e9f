import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { InputItem, NodeResult, NodeRun } from '../../helpers/engine';
import type { Row } from '../../integration/faults/row';
import { aspectsOfResult, pretty, type Aspects } from '../text/aspects';
import { hashOf } from '../text/hash';
import type { BinaryMode, World } from '../world';
import { serves } from './servers/honest';
import type { Case } from './types';

/** A run of the node. Texts may hold `{api}`, `{files}` and `{closed}`, which stand for hosts. */
export interface Run extends Omit<NodeRun, 'credentials' | 'stop'> {
	readonly items: InputItem[];
	/** Beside the address and the key of the server. */
	readonly credentials?: ICredentialDataDecryptedObject;
	/** Follows the request by default. */
	readonly server?: Row['server'];
	/** What the server does, in words. */
	readonly serverName?: string;
	readonly binaryMode?: BinaryMode;
}

/** A case that runs the node in a workflow. */
export function runCase(id: string, run: Run): Case {
	const { binaryMode } = run;
	return { id, binaryMode, record: async (world) => await recordRun(world, run) };
}

async function recordRun(
	world: World,
	{ items, credentials, server = [serves()], serverName, binaryMode, ...run }: Run,
): Promise<Aspects> {
	const { faultServers, engine, hosts } = world;
	const fill = <Value>(value: Value): Value =>
		JSON.parse(
			JSON.stringify(value).replace(/\{(api|files|closed)\}/g, (_, name) => hosts[name] ?? ''),
		) as Value;
	const stop = new AbortController();
	faultServers.begin({ server }, () => stop.abort());
	const observed = await observe(world, async () =>
		engine.runWorkflow({
			...fill(run),
			items: items.map((item) => ({ ...item, json: fill(item.json ?? {}) })),
			credentials: { ...faultServers.api.credentials, ...fill(credentials ?? {}) },
			stop: stop.signal,
		}),
	);
	const shown = { ...run, credentials, serverName, binaryMode, items: items.map(withoutBytes) };
	return { input: pretty(shown), ...observed };
}

/** Runs something with its own clock, and returns what is visible of it. */
export async function observe(
	{ clock, servers }: World,
	work: () => Promise<NodeResult>,
): Promise<Omit<Aspects, 'input'>> {
	const aspects = await clock.drive(
		work().then(aspectsOfResult, (error: Error) => ({
			items: '',
			files: '',
			errors: `Thrown: ${error.message}`,
		})),
	);
	return { requests: servers.takeLog().join('\n\n'), ...aspects };
}

function withoutBytes({ json, binary = {} }: InputItem): object {
	const files = Object.entries(binary).map(([field, { data, ...said }]) => [
		field,
		{ ...said, hash: hashOf(data) },
	]);
	return { json, binary: Object.fromEntries(files) };
}
