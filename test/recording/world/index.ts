import dns from 'node:dns';
import { isIP } from 'node:net';

import { startEngine, type Engine } from '../../helpers/engine';
import { AI_IMAGES_TYPE } from '../../helpers/engine/nodes';
import type { Reply } from '../../helpers/imagesApi';
import { createFaultServers, type FaultServers } from '../../integration/faults/servers';
import { CLOSED } from '../../integration/faults/run';
import { toolNodes } from '../../integration/faults/tool';
import { normalizer } from '../text/normalize';
import { Clock } from './clock';
import type { LoadedPackage } from './package';
import { Servers } from './server';

/** n8n with the packed node, the servers, and the time that all of them live in. */
export interface World {
	readonly engine: Engine;
	readonly faultServers: FaultServers;
	readonly clock: Clock;
	readonly servers: Servers;
	readonly loaded: LoadedPackage;
	/** What stands for a host in the inputs of cases, and the host. */
	readonly hosts: Readonly<Record<string, string>>;
	normalize(text: string): string;
}

export type BinaryMode = 'filesystem' | 'default';

/**
 * Starts a world for each binary mode, one after the other, with one clock and the same servers.
 *
 * @param onTheWeb what is found under some paths of both servers whatever the case
 */
export async function createWorlds(
	loaded: LoadedPackage,
	onTheWeb: (path: string) => Reply | undefined,
) {
	const clock = new Clock();
	clock.install();
	isolate();
	const servers = new Servers(clock);
	const faultServers = createFaultServers(
		await servers.start('api', onTheWeb),
		await servers.start('files', onTheWeb),
	);
	const hosts = {
		api: new URL(faultServers.api.url).host,
		files: new URL(faultServers.files.url).host,
		closed: CLOSED,
	};
	const types = {
		nodeTypes: { [AI_IMAGES_TYPE]: loaded.node, ...toolNodes(loaded.node) },
		credentialTypes: [loaded.credential],
	};
	return {
		async within(binaryMode: BinaryMode, work: (world: World) => Promise<void>): Promise<void> {
			const engine = await startEngine({ binaryMode, ...types });
			const normalize = normalizer(hosts);
			try {
				await work({ engine, faultServers, clock, servers, loaded, hosts, normalize });
			} finally {
				await engine.close();
			}
		},
		stop: () => servers.stop(),
	};
}

/** Nothing is left to chance, and no other machine is asked anything. */
function isolate(): void {
	Math.random = () => 0.5;
	const { lookup } = dns;
	dns.lookup = ((host: string, ...others: unknown[]) => {
		if (isIP(host)) return void Reflect.apply(lookup, dns, [host, ...others]);
		const tell = others.at(-1) as (error: Error) => void;
		const error = new Error(`getaddrinfo ENOTFOUND ${host}`);
		process.nextTick(tell, Object.assign(error, { code: 'ENOTFOUND', hostname: host }));
	}) as typeof dns.lookup;
}
