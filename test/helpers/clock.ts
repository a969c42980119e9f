/** Longest pause between two attempts of a download, in milliseconds; what is longer is a deadline. */
const LONGEST_PAUSE = 8_000;
/** By how much longer times are shortened where a test waits for one. */
const FACTOR = 20;

/**
 * A clock that is set forward instead of waiting, so that a minute of attempts takes no time, and
 * as many attempts as on any other machine. Restored with all mocks.
 *
 * @param isEarly the test waits for a deadline or a long pause: they come earlier, but late enough for
 *   a server that responds at once. Otherwise no deadline is reached on a slow machine.
 */
export function quickClock({ isEarly = false } = {}): void {
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	let now = 0;
	jest.spyOn(performance, 'now').mockImplementation(() => now);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
		const due = now + milliseconds;
		const signal = timeout(
			milliseconds <= LONGEST_PAUSE ? 0 : Math.ceil(milliseconds / (isEarly ? FACTOR : 1)),
		);
		// The first one to know, so that the time is right for all others.
		signal.addEventListener('abort', () => (now = Math.max(now, due)), { once: true });
		return signal;
	});
}

/**
 * Makes every delay between attempts as short as it can be, in all tests of a file. How long delays
 * are is tested with the retry policy.
 */
export function useShortestDelays(): void {
	beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => jest.restoreAllMocks());
}
