import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from './client.ts';
import type { N8nClient } from './client.ts';
import { DemoFailure } from './failure.ts';
import { installPackage } from './pack.ts';
import { n8nFolder } from './paths.ts';
import { freePorts } from './ports.ts';
import { startProcessGroup } from './processGroup.ts';
import type { ProcessGroup } from './processGroup.ts';

export interface N8nOptions {
	/** The port of the editor and the API; a free one unless given. */
	port?: number;
	/** The folder n8n works in, the only one where workflows may read and write files. */
	filesFolder: string;
	/** Further settings of n8n, which win over the ones made here. */
	environment?: Record<string, string>;
	/** The folder of the community package; this project unless told otherwise. */
	packageFolder?: string;
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
}

/** The start takes 5 to 15 s; a slow disk or a busy machine may need much longer. */
const START_LIMIT_MS = 180_000;

/**
 * Starts the n8n of demo/n8n on the loopback address with an empty user folder of its own, with the
 * community package installed from its tarball, and with an owner logged in.
 * @param signal gives up waiting for the start; n8n is stopped then
 * @throws {DemoFailure} when n8n does not start
 */
export async function startN8n(options: N8nOptions, signal?: AbortSignal): Promise<RunningN8n> {
	const userFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-user-'));
	let group: ProcessGroup | undefined;
	const stop = async (patience?: number) => {
		await group?.stop(patience);
		await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
		await mkdir(nodesFolder, { recursive: true });
		await mkdir(path.join(userFolder, 'tmp'));
		await installPackage(nodesFolder, options.packageFolder);

		const [freePort, brokerPort] = await freePorts(2);
		const port = options.port ?? freePort;
		const url = `http://127.0.0.1:${port}`;
		// n8n compares the folder with paths in which every link is resolved.
		const filesFolder = await realpath(options.filesFolder);
		const env = {
			...inheritedEnvironment(),
			...settings(userFolder, `${port}`, `${brokerPort}`, filesFolder),
			...options.environment,
		};
		const program = path.join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n');
		group = startProcessGroup(process.execPath, [program, 'start'], {
			cwd: filesFolder,
			env,
		});
		await ready(url, group, signal);
		return {
			url,
			userFolder,
			client: await connect(url),
			output: group.output,
			stop: () => stop(),
		};
	} catch (error) {
		// An n8n that has done no work yet has nothing to save.
		await stop(1000);
		throw error;
	}
}

/** `/healthz` answers before n8n does; `/healthz/readiness` when the database is ready. */
async function ready(url: string, group: ProcessGroup, signal?: AbortSignal): Promise<void> {
	const deadline = Date.now() + START_LIMIT_MS;
	let end: string | undefined;
	void group.ended.then((reason) => (end = reason));
	while (Date.now() < deadline) {
		signal?.throwIfAborted();
		if (end !== undefined) {
			throw new DemoFailure(`n8n did not start (${end}):\n${group.output()}`);
		}
		const response = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		await response?.body?.cancel();
		if (response?.ok) return;
		await sleep(200);
	}
	throw new DemoFailure(`n8n was not ready after ${START_LIMIT_MS / 1000} s:\n${group.output()}`);
}

/**
 * What n8n may know of this machine: where programs and certificates are, and how to reach the
 * network. Settings of an n8n that the user runs otherwise stay out.
 */
function inheritedEnvironment(): NodeJS.ProcessEnv {
	const wanted =
		/^(PATH|LANG|LC_.*|TZ|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(HTTPS?|ALL|NO)_PROXY)$/i;
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => wanted.test(name)));
	// A proxy cannot reach the loopback address of this machine.
	const direct = [env.NO_PROXY ?? env.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	return { ...env, NO_PROXY: direct, no_proxy: direct };
}

/** Variables from https://docs.n8n.io/hosting/configuration/environment-variables/ */
function settings(userFolder: string, port: string, brokerPort: string, filesFolder: string) {
	return {
		HOME: userFolder,
		// n8n leaves files in the folder for temporary ones.
		TMPDIR: path.join(userFolder, 'tmp'),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: port,
		N8N_RUNNERS_BROKER_PORT: brokerPort,
		N8N_SECURE_COOKIE: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolder,
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_LOG_LEVEL: 'warn',
		N8N_LOG_FORMAT: 'text',
		// No calls to other hosts, and no invitations in the editor.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
	};
}
