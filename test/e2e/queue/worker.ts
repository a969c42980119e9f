import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { n8nEnvironment } from '../../../demo/host/environment.ts';
import { installPackage } from '../../../demo/host/pack.ts';
import { n8nFolder } from '../../../demo/host/paths.ts';
import { freePorts } from '../../../demo/host/ports.ts';
import { startProcessGroup, type ProcessGroup } from '../../../demo/host/processGroup.ts';
import { moment } from '../helpers/api';

export interface Worker {
	/** What it has printed last. */
	output(): string;
	/** Ends it without a chance to save anything, and starts another one in its place. */
	crash(): Promise<void>;
}

/**
 * A worker of n8n's queue mode for a Jest file, with the package in a user folder of its own.
 * @param environment read when the tests begin
 */
export function useWorker(environment: Record<string, string>): Worker {
	let userFolder: string;
	let group: ProcessGroup;
	async function start(): Promise<void> {
		const [port = 0, brokerPort = 0, healthPort = 0] = await freePorts(3);
		const env = {
			...n8nEnvironment({ userFolder, port, brokerPort, filesFolder: userFolder }),
			N8N_LOG_LEVEL: 'info',
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(healthPort),
			...environment,
		};
		const program = path.join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n');
		const args = [program, 'worker', '--concurrency=5'];
		group = startProcessGroup(process.execPath, args, { cwd: userFolder, env });
		await untilReady(`http://127.0.0.1:${healthPort}/healthz/readiness`, group);
	}
	beforeAll(async () => {
		userFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-worker-'));
		const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
		await mkdir(nodesFolder, { recursive: true });
		await mkdir(path.join(userFolder, 'tmp'));
		await installPackage(nodesFolder);
		await start();
	}, 240_000);
	afterAll(async () => {
		await group?.stop();
		await rm(userFolder, { recursive: true, force: true });
	});
	return {
		output: () => group.output(),
		async crash() {
			await group.kill();
			await start();
		},
	};
}

async function untilReady(url: string, group: ProcessGroup): Promise<void> {
	let end: string | undefined;
	void group.ended.then((reason) => (end = reason));
	for (;;) {
		if (end !== undefined) throw new Error(`The worker has ended (${end}):\n${group.output()}`);
		const response = await fetch(url).catch(() => undefined);
		await response?.body?.cancel();
		if (response?.ok) return;
		await moment(200);
	}
}
