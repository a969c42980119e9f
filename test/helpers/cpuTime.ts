/**
 * Milliseconds of work that a call took of this process: on a busy machine, they do not grow as
 * those of the clock do.
 */
export async function cpuTime(call: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await call();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
