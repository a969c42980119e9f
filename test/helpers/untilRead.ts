import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until the client of a test, which shares this process with its server, has read and worked
 * off what was sent to it. Time alone would not do: on a busy machine it passes before the client
 * has had its turn.
 *
 * @param milliseconds for what happens outside of this process, such as writing a file
 */
export async function untilRead(milliseconds = 30): Promise<void> {
	await sleep(milliseconds);
	for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
}

/** Each turn of the event loop reads what the sockets have; a call needs a few of them. */
const TURNS = 50;
