import { refused } from './callFailures';
import { settled } from './clock';
import { runWith, TOO_FAST } from './limitedRun';

const wait = (seconds: number) =>
	refused({ status: 429, headers: { 'retry-after': String(seconds) } });

const names = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => `${from + index}`);

describe('a delay that the API names', () => {
	it('delays new calls, and then lets rejected ones go first', async () => {
		const { askAll, started, refuse, succeed, clock } = runWith(4);
		askAll(...names(6));
		await settled();
		await refuse(['1', '2'], wait(12), 12_500);
		await succeed('0', '3');
		await clock.pass(12_499);
		expect(started).toEqual(names(4));
		await clock.pass(1);
		expect(started.slice(4)).toEqual(['1', '2']);
		await succeed('1');
		expect(started.slice(6)).toEqual(['4', '5']);
	});

	it('delays new calls until all rejected ones have started', async () => {
		const { askAll, started, refuse, succeed, clock } = runWith(4);
		askAll('a', 'b', 'c');
		await settled();
		await refuse(['a'], wait(20), 20_000);
		await refuse(['b'], wait(5), 5000);
		await succeed('c');
		askAll('d');
		await clock.pass(5000);
		expect(started.slice(3)).toEqual(['b']);
		await succeed('b');
		await clock.pass(14_999);
		expect(started.slice(4)).toEqual([]);
		await clock.pass(1);
		expect(started.slice(4)).toEqual(['a']);
		await succeed('a');
		expect(started.slice(5)).toEqual(['d']);
	});

	it('ends if the retry is rejected for another reason', async () => {
		const { askAll, started, refuse, renew, slotOf, clock } = runWith(1);
		askAll('a', 'b');
		await settled();
		await refuse(['a'], wait(5), 5000);
		await clock.pass(5000);
		// The server refused it for another reason, which needs no pause.
		renew('a');
		await settled();
		expect(started).toEqual(['a', 'a', 'a']);
		slotOf('a').release();
		await settled();
		expect(started).toEqual(['a', 'a', 'a', 'b']);
	});

	it('does not hold the others if the API named none', async () => {
		const { askAll, started, refuse } = runWith(2);
		askAll('a', 'b', 'c');
		await settled();
		await refuse(['a', 'b'], TOO_FAST, 60_000);
		expect(started).toEqual(['a', 'b', 'c']);
	});
});
