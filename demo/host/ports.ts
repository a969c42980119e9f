import { createServer } from 'node:net';
import { DemoFailure } from './failure.ts';

const LOOPBACK = '127.0.0.1';

/**
 * Ports on the loopback address that are free at this moment, no two the same.
 * @param count how many
 */
export async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
	return await Promise.all(
		servers.map(async (server) => {
			const address = server.address();
			await new Promise((closed) => server.close(closed));
			if (address === null || typeof address === 'string') throw new Error('not a TCP port');
			return address.port;
		}),
	);
}

/**
 * The port that an environment variable asks for, or undefined when it is not set.
 * @throws {DemoFailure} when it is no port, or another program listens on it
 */
export async function requestedPort(variable: string): Promise<number | undefined> {
	const value = process.env[variable];
	if (value === undefined || value === '') return undefined;
	const port = Number(value);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new DemoFailure(`${variable} must be a port from 1 to 65535, not "${value}".`);
	}
	try {
		const server = await listen(port);
		await new Promise((closed) => server.close(closed));
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
		throw new DemoFailure(
			code === 'EACCES'
				? `Port ${port} (${variable}) requires permissions that this user doesn't have. Set ${variable} to another port, or unset it.`
				: `Port ${port} (${variable}) is in use by another program. End that program, set ${variable} to another port, or unset it.`,
		);
	}
	return port;
}

function listen(port: number) {
	return new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, LOOPBACK, () => resolve(server));
	});
}
