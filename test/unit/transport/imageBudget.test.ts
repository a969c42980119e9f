import { ImageBudget } from '../../../nodes/AiImages/transport/imageBudget';

const MINUTE = 60_000;

/** When each of these requests goes out, if all wait from the beginning and none overtakes. */
function timesOf(perMinute: number, requests: readonly number[], gap = 0): number[] {
	const budget = new ImageBudget(perMinute);
	let now = 0;
	return requests.map((images) => {
		for (let wait; (wait = budget.waitTime(images, now)) > 0;) now += wait;
		budget.spend(images, now);
		const time = now;
		now += gap;
		return time;
	});
}

/** The most images that went out within a minute. */
function most(requests: readonly number[], times: readonly number[]): number {
	const inMinuteFrom = (begin: number) =>
		requests.reduce((sum, images, index) => {
			const time = times[index] as number;
			return time >= begin && time < begin + MINUTE ? sum + images : sum;
		}, 0);
	return Math.max(...times.map(inMinuteFrom));
}

const repeat = (count: number, images: number) => Array.from({ length: count }, () => images);

describe('the images per minute', () => {
	it.each([
		['ones at once', 5, repeat(23, 1), 0],
		['ones now and then', 5, repeat(23, 1), 7000],
		['ones, slowly', 5, repeat(23, 1), 13_000],
		['twos that do not divide', 5, repeat(9, 2), 0],
		['of all sizes', 10, [1, 10, 3, 3, 3, 9, 1, 1, 7, 2, 10, 10, 4], 500],
		['as many as there may be', 10_000, repeat(2001, 10), 0],
		['one by one', 1, repeat(4, 1), 0],
	])('never exceed the limit: %s', (_, perMinute, requests, gap) => {
		const times = timesOf(perMinute, requests, gap);
		expect(most(requests, times)).toBeLessThanOrEqual(perMinute);
	});

	it('are as many as possible', () => {
		const times = timesOf(5, repeat(12, 1));
		expect(times.slice(0, 5)).toEqual(repeat(5, 0));
		expect(most(repeat(12, 1), times)).toBe(5);
		expect(times.at(-1)).toBeLessThanOrEqual(2 * (MINUTE + 1000));
	});

	it('do not wait if requests are slow', () => {
		expect(timesOf(5, repeat(6, 1), 12_500)).toEqual([0, 12_500, 25_000, 37_500, 50_000, 62_500]);
	});

	it('are unlimited with 0', () => {
		expect(timesOf(0, repeat(1000, 10))).toEqual(repeat(1000, 0));
	});
});

it('allows a single request of more images than the limit', () => {
	const [first, large, last] = timesOf(5, [1, 10, 1]) as [number, number, number];
	expect(large - first).toBeGreaterThanOrEqual(MINUTE);
	expect(last - large).toBeGreaterThanOrEqual(MINUTE);
	expect(last).toBeLessThanOrEqual(2 * (MINUTE + 1000));
});
