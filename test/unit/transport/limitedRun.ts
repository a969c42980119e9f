import type { ApiError } from '../../../nodes/AiImages/errors';
import { RateLimiter, type Slot } from '../../../nodes/AiImages/transport/rateLimiter';
import { refused } from './callFailures';
import { Clock, settled } from './clock';

export const TOO_FAST = refused({ status: 429 });

/** A run whose calls the test answers one by one. */
export function runWith(parallelRequests: number, imagesPerMinute = 0) {
	const clock = new Clock();
	const limiter = new RateLimiter({ parallelRequests, imagesPerMinute }, clock);
	const started: string[] = [];
	const failed: unknown[] = [];
	const calls = new Map<string, Slot>();
	const slotOf = (name: string) => calls.get(name) as Slot;
	const ask = (name: string, images = 1) =>
		void limiter.acquire(images).then(
			(slot) => {
				calls.set(name, slot);
				started.push(name);
			},
			(error: unknown) => failed.push(error),
		);
	const renew = (name: string, delay?: number, isNamedByApi?: boolean) =>
		void slotOf(name)
			.renew(1, delay, isNamedByApi)
			.then(
				() => started.push(name),
				(error: unknown) => failed.push(error),
			);
	return {
		...{ renew, clock, limiter, started, failed, ask, slotOf },
		askAll: (...names: string[]) => names.forEach((name) => ask(name)),
		async succeed(...names: string[]) {
			for (const name of names) {
				slotOf(name).succeeded();
				slotOf(name).release();
			}
			await settled();
		},
		/** Refuses requests, whose calls then pause and ask again. */
		async refuse(names: string[], failure: ApiError = TOO_FAST, milliseconds = 1000) {
			for (const name of names) {
				slotOf(name).failed(failure);
				renew(name, milliseconds, failure.hint.retryAfter !== undefined);
			}
			await settled();
		},
		/** How many more requests can start in addition to those in flight. */
		async room() {
			const before = started.length;
			for (let more = 0; more < 200; more++) ask(`more ${more}`);
			await settled();
			return started.length - before;
		},
	};
}
