import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '../../../demo/host/ports.ts';
import { startProcessGroup, type ProcessGroup } from '../../../demo/host/processGroup.ts';
import { moment } from '../helpers/api';

const execute = promisify(execFile);

export interface Services {
	/** What n8n has to know of them: variables of its environment. */
	readonly environment: Record<string, string>;
}

/** A Redis and a PostgreSQL for a Jest file, of the system's programs, with data of their own. */
export function useServices(): Services {
	const environment: Record<string, string> = {};
	const running: ProcessGroup[] = [];
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-queue-'));
		// PostgreSQL runs as a user of its own.
		await chmod(folder, 0o777);
		const [redis = 0, postgres = 0] = await freePorts(2);
		running.push(startRedis(redis, folder), await startPostgres(postgres, folder));
		await Promise.all([redis, postgres].map(untilOpen));
		Object.assign(environment, {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres),
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_DATABASE: 'postgres',
		});
	}, 120_000);
	afterAll(async () => {
		await Promise.all(running.map((group) => group.stop()));
		await rm(folder, { recursive: true, force: true });
	});
	return { environment };
}

const USER = 'n8n';

function startRedis(port: number, folder: string): ProcessGroup {
	const args = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''];
	return startProcessGroup('redis-server', args, { cwd: folder, env: process.env });
}

async function startPostgres(port: number, folder: string): Promise<ProcessGroup> {
	const binaries = postgresBinaries();
	const data = path.join(folder, 'postgres');
	const program = (name: string) => path.join(binaries, name);
	const [initialize = '', ...given] = asOrdinaryUser(program('initdb'), '-D', data, '-U', USER);
	await execute(initialize, [...given, '-A', 'trust', '--no-sync'], { cwd: folder });
	const [serve = '', ...args] = asOrdinaryUser(program('postgres'), '-D', data, '-k', folder);
	args.push('-h', '127.0.0.1', '-p', String(port), '-F');
	return startProcessGroup(serve, args, { cwd: folder, env: process.env });
}

/** Debian keeps them out of the PATH. */
function postgresBinaries(): string {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian) : [];
	const found = versions.map((version) => path.join(debian, version, 'bin'));
	const folder = [...found, ...(process.env.PATH ?? '').split(path.delimiter)].find((each) =>
		existsSync(path.join(each, 'initdb')),
	);
	if (folder === undefined) throw new Error('No PostgreSQL: apt-get install postgresql');
	return folder;
}

/** PostgreSQL refuses to be run by root. */
function asOrdinaryUser(...command: string[]): string[] {
	return process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command;
}

async function untilOpen(port: number): Promise<void> {
	for (let patience = 300; patience > 0; patience--) {
		const isOpen = await new Promise<boolean>((resolve) => {
			const socket = connect(port, '127.0.0.1', () => resolve(true));
			socket.once('connect', () => socket.destroy()).once('error', () => resolve(false));
		});
		if (isOpen) return;
		await moment(100);
	}
	throw new Error(`Nothing listens on port ${port}`);
}
