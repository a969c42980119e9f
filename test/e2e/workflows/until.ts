import { moment } from '../helpers/api';

/** Longer than a busy machine needs for an image or a page, in milliseconds. */
const LIMIT_MS = 60_000;

/**
 * Waits for something that happens in n8n.
 * @param find returns undefined, or false, as long as it hasn't happened
 * @param what it is, for the error
 */
export async function until<T>(
	what: string,
	find: () => T | Promise<T>,
): Promise<NonNullable<Exclude<T, false>>> {
	const deadline = Date.now() + LIMIT_MS;
	while (Date.now() < deadline) {
		const found = await find();
		if (found !== undefined && found !== null && found !== false) {
			return found as NonNullable<Exclude<T, false>>;
		}
		await moment(100);
	}
	throw new Error(`No ${what} after ${LIMIT_MS / 1000} s`);
}

/** Waits until a page of a published workflow is there: n8n publishes before its routes exist. */
export async function untilPage(url: string): Promise<void> {
	await until(`page at ${url}`, async () => (await fetch(url)).ok);
}

/**
 * Waits until a run has come to its next form; before that, n8n would let a request for it hang.
 * @param form the address of the form, with its signature
 */
export async function untilForm(form: string): Promise<void> {
	const status = new URL(form);
	status.pathname += '/n8n-execution-status';
	await until(`form at ${form}`, async () => {
		return (await (await fetch(status)).text()) === 'form-waiting';
	});
}
