import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from './client.ts';
import type { Login, N8nClient } from './client.ts';
import { n8nEnvironment } from './environment.ts';
import { DemoFailure } from './failure.ts';
import { installPackage } from './pack.ts';
import { n8nFolder } from './paths.ts';
import { freePorts } from './ports.ts';
import { startProcessGroup } from './processGroup.ts';
import type { ProcessGroup } from './processGroup.ts';

export interface N8nOptions {
	/** The port of the editor and the API; a free one unless given. */
	port?: number;
	/** n8n's working folder, the only one where workflows can read and write files. */
	filesFolder: string;
	/** Further settings of n8n, which win over the ones made here. */
	environment?: Record<string, string>;
	/** The folder of the community package; by default this project. */
	packageFolder?: string;
	/** The folder that n8n is installed in; by default demo/n8n. */
	installation?: string;
	/** An n8n that has been stopped, to be started again with all that it has kept. */
	kept?: KeptN8n;
}

/** What remains of an n8n that was stopped with `keep`. */
export interface KeptN8n {
	userFolder: string;
	login: Login;
}

export interface RunningN8n {
	/** `http://127.0.0.1:<port>` */
	url: string;
	/** The temporary N8N_USER_FOLDER: settings, database and binary data live below it. */
	userFolder: string;
	/** Logged in as the owner. */
	client: N8nClient;
	/** What n8n has printed last. */
	output(): string;
	/** Ends n8n and its children and removes the user folder. May be called twice. */
	stop(): Promise<void>;
	/** Ends n8n and its children. @returns the options for another start with the same data */
	keep(): Promise<KeptN8n>;
	/** The same, but n8n gets no chance to save anything. */
	kill(): Promise<KeptN8n>;
}

/** The start takes 5 to 15 s; a slow disk or a busy machine can need much longer. */
const START_LIMIT_MS = 180_000;

/**
 * Starts the n8n of demo/n8n on the loopback address with an empty user folder of its own, with the
 * community package installed from its tarball, and with an owner logged in.
 * @param signal gives up waiting for the start; n8n is stopped then
 * @throws {DemoFailure} when n8n does not start
 */
export async function startN8n(options: N8nOptions, signal?: AbortSignal): Promise<RunningN8n> {
	const { kept, installation = n8nFolder } = options;
	const userFolder = kept?.userFolder ?? (await mkdtemp(path.join(os.tmpdir(), 'n8n-user-')));
	let group: ProcessGroup | undefined;
	const stop = async (patience?: number) => {
		await group?.stop(patience);
		await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
		await mkdir(nodesFolder, { recursive: true });
		await mkdir(path.join(userFolder, 'tmp'), { recursive: true });
		await installPackage(nodesFolder, options.packageFolder);

		const [freePort = 0, brokerPort = 0] = await freePorts(2);
		const port = options.port ?? freePort;
		const url = `http://127.0.0.1:${port}`;
		// n8n compares the folder with paths in which every link is resolved.
		const filesFolder = await realpath(options.filesFolder);
		const env = {
			...n8nEnvironment({ userFolder, port, brokerPort, filesFolder }),
			...options.environment,
		};
		const program = path.join(installation, 'node_modules', 'n8n', 'bin', 'n8n');
		const running = startProcessGroup(process.execPath, [program, 'start'], {
			cwd: filesFolder,
			env,
		});
		group = running;
		await ready(url, running, signal);
		const client = await connect(url, kept?.login);
		return {
			url,
			userFolder,
			client,
			output: running.output,
			stop: () => stop(),
			async keep() {
				await running.stop();
				return { userFolder, login: client.login };
			},
			async kill() {
				await running.kill();
				return { userFolder, login: client.login };
			},
		};
	} catch (error) {
		// An n8n that has done no work yet has nothing to save.
		await stop(1000);
		throw error;
	}
}

/**
 * `/healthz` responds before n8n does; `/healthz/readiness` when the database is ready, and in
 * n8n 1 the API a moment later.
 */
async function ready(url: string, group: ProcessGroup, signal?: AbortSignal): Promise<void> {
	const deadline = Date.now() + START_LIMIT_MS;
	let end: string | undefined;
	void group.ended.then((reason) => (end = reason));
	while (Date.now() < deadline) {
		signal?.throwIfAborted();
		if (end !== undefined) {
			throw new DemoFailure(`n8n did not start (${end}):\n${group.output()}`);
		}
		if ((await responds(`${url}/healthz/readiness`)) && (await responds(`${url}/rest/settings`)))
			return;
		await sleep(200);
	}
	throw new DemoFailure(`n8n was not ready after ${START_LIMIT_MS / 1000} s:\n${group.output()}`);
}

async function responds(url: string): Promise<boolean> {
	const response = await fetch(url).catch(() => undefined);
	await response?.body?.cancel();
	return response?.ok ?? false;
}
