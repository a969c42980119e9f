import { readFile } from 'node:fs/promises';
import { cpuSeconds, residentBytes, resetPeak, TICKS } from './processUsage.ts';

/** What one run of one row has cost one process. */
export interface Sample {
	/** Seconds from the request to the response. */
	wall: number;
	/** Seconds of processor time, all threads. */
	cpu: number;
	/** Bytes of memory above idle, at most. */
	memory: number;
	/** Bytes of memory before the run. */
	idle: number;
	/** Bytes in use after the run that were not before, without garbage; 0 where it is not measured. */
	kept: number;
	/** Seconds of processor time that programs outside of the bench have used meanwhile. */
	others: number;
}

/**
 * Measures a process while it works.
 * @param work that the process is asked to do; resolves with its result
 * @param settled resolves when the process has also done what it does after its result
 * @param helpers further processes of the bench
 */
export async function measure(
	pid: number,
	work: () => Promise<void>,
	settled: () => Promise<void>,
	helpers: readonly number[],
): Promise<Sample> {
	const bench = [pid, process.pid, ...helpers];
	await resetPeak(pid);
	const idle = await residentBytes(pid, 'VmRSS');
	const cpuBefore = await cpuSeconds(pid);
	const othersBefore = await otherSeconds(bench);
	const started = performance.now();
	await work();
	const wall = (performance.now() - started) / 1000;
	await settled();
	const cpu = (await cpuSeconds(pid)) - cpuBefore;
	const others = (await otherSeconds(bench)) - othersBefore;
	const memory = (await residentBytes(pid, 'VmHWM')) - idle;
	return { wall, cpu, memory, idle, kept: 0, others };
}

/** Seconds that all processors were busy since the start of the machine, without these processes. */
async function otherSeconds(pids: readonly number[]): Promise<number> {
	const [total = ''] = (await readFile('/proc/stat', 'utf8')).split('\n');
	// proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal.
	const [user, nice, system, , , irq, softirq] = total.split(/\s+/).slice(1).map(Number);
	const busy = [user, nice, system, irq, softirq].reduce<number>((sum, t = 0) => sum + t, 0);
	const own = await Promise.all(pids.map(cpuSeconds));
	return busy / TICKS - own.reduce((sum, seconds) => sum + seconds, 0);
}
