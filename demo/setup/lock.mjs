import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './paths.mjs';

const lockFile = path.join(root, 'demo', '.setup.lock');

/**
 * Runs `work` while no other process of this checkout installs anything. Waits for one that does,
 * and takes over a lock whose process no longer exists.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(work) {
	for (let waiting = false; !take(); waiting = true) {
		if (!waiting) console.log('Waiting for another process that is installing …');
		await sleep(500);
	}
	process.once('exit', release);
	try {
		return await work();
	} finally {
		process.off('exit', release);
		release();
	}
}

function take() {
	try {
		writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
	}
	if (!ownerIsAlive()) release();
	return false;
}

function release() {
	rmSync(lockFile, { force: true });
}

function ownerIsAlive() {
	try {
		const owner = Number(readFileSync(lockFile, 'utf8'));
		// An empty file is still being written by its owner.
		if (owner > 0) process.kill(owner, 0);
		return true;
	} catch (error) {
		// ESRCH: there is no such process. A missing file is a lock that has just been released.
		return error.code !== 'ESRCH';
	}
}
