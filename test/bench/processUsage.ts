import { readdir, readFile, writeFile } from 'node:fs/promises';

/** Ticks per second of the times in /proc: USER_HZ, 100 on every Linux that Node.js runs on. */
export const TICKS = 100;

/** Seconds of processor time that a process has used, all its threads together. */
export async function cpuSeconds(pid: number): Promise<number> {
	const fields = await statFields(pid);
	// proc_pid_stat(5): utime and stime are fields 14 and 15; the state, here the first, is field 3.
	return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Bytes of memory that a process holds (VmRSS), or has held at most since `resetPeak` (VmHWM). */
export async function residentBytes(pid: number, which: 'VmRSS' | 'VmHWM'): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const [, kibibytes] = new RegExp(`^${which}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
	if (kibibytes === undefined) throw new Error(`process ${pid} shows no ${which}`);
	return Number(kibibytes) * 1024;
}

/** Lets VmHWM start anew from the present VmRSS: proc_pid_clear_refs(5). */
export async function resetPeak(pid: number): Promise<void> {
	await writeFile(`/proc/${pid}/clear_refs`, '5');
}

/**
 * The process that this one has started with a certain variable in its environment.
 * @throws when there is none
 */
export async function findChild(variable: string, value: string): Promise<number> {
	const names = await readdir('/proc');
	for (const pid of names.filter((name) => /^\d+$/.test(name)).map(Number)) {
		// Processes may end while they are looked at.
		const [, parent] = await statFields(pid).catch(() => []);
		if (Number(parent) !== process.pid) continue;
		const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
		if (environment.split('\0').includes(`${variable}=${value}`)) return pid;
	}
	throw new Error(`No child process has ${variable}=${value} in its environment.`);
}

/** The fields of /proc/<pid>/stat behind the name of the program, which may hold spaces. */
async function statFields(pid: number): Promise<string[]> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
