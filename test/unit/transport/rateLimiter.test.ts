import { RequestNotSentError } from '../../../nodes/AiImages/errors';
import { refused } from './callFailures';
import { settled } from './clock';
import { runWith } from './limitedRun';

const wait = (seconds: number) =>
	refused({ status: 429, headers: { 'retry-after': String(seconds) } });

const names = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => `${from + index}`);

describe('requests', () => {
	it.each([1, 4, 100])('start immediately, up to %i of them', async (limit) => {
		const { room } = runWith(limit);
		expect(await room()).toBe(limit);
	});

	it('start in order, each as soon as another has ended', async () => {
		const { askAll, started, succeed } = runWith(2);
		askAll('a', 'b', 'c', 'd');
		await settled();
		expect(started).toEqual(['a', 'b']);
		await succeed('b');
		expect(started).toEqual(['a', 'b', 'c']);
		await succeed('a', 'c');
		expect(started).toEqual(['a', 'b', 'c', 'd']);
	});

	it('release their slot once, even if they end repeatedly', async () => {
		const { askAll, started, succeed } = runWith(1);
		askAll('a', 'b', 'c');
		await settled();
		await succeed('a', 'a', 'a');
		expect(started).toEqual(['a', 'b']);
	});

	it('hold no slot while their call waits for a retry', async () => {
		const { askAll, started, refuse, clock } = runWith(1);
		askAll('a', 'b');
		await settled();
		await refuse(['a'], refused({ status: 500 }), 5000);
		expect(started).toEqual(['a', 'b']);
		await clock.pass(5000);
		expect(started).toEqual(['a', 'b']);
	});

	it('go before new ones if they are retries', async () => {
		const { askAll, started, refuse, clock, succeed } = runWith(2);
		askAll('a', 'b', 'c', 'd');
		await settled();
		await refuse(['a'], refused({ status: 500 }), 1000);
		await clock.pass(1000);
		expect(started).toEqual(['a', 'b', 'c']);
		await succeed('b');
		expect(started).toEqual(['a', 'b', 'c', 'a']);
	});
});

describe('a rate limit', () => {
	it.each([
		[1, 1],
		[2, 1],
		[3, 1],
		[4, 2],
		[5, 2],
		[100, 50],
	])('halves %i requests to %i', async (limit, half) => {
		const { askAll, refuse, succeed, room } = runWith(limit);
		askAll(...names(limit));
		await settled();
		await refuse(['0']);
		await succeed(...names(limit - 1, 1));
		expect(await room()).toBe(half);
	});

	it('halves the number once for all requests in flight', async () => {
		const { askAll, refuse, room } = runWith(20);
		askAll(...names(20));
		await settled();
		await refuse(names(20));
		expect(await room()).toBe(10);
	});

	it('halves it again for a request that started later, down to one', async () => {
		const { askAll, refuse, clock, started, room } = runWith(8);
		askAll(...names(8));
		await settled();
		const sizes: number[] = [];
		for (let again = 0; again < 5; again++) {
			const underWay = [...new Set(started.splice(0))];
			sizes.push(underWay.length);
			await refuse(underWay);
			await clock.pass(1000);
		}
		expect(sizes).toEqual([8, 4, 2, 1, 1]);
		expect(started).toHaveLength(1);
		expect(await room()).toBe(0);
	});

	it('halves the requests in flight if they were below the limit', async () => {
		const { askAll, refuse, succeed, room } = runWith(100);
		askAll(...names(6));
		await settled();
		await refuse(['0']);
		await succeed(...names(5, 1));
		expect(await room()).toBe(3);
	});

	it.each([
		['a failure of the server', refused({ status: 503 })],
		['a refusal of the content', refused({ status: 400, code: 'moderation_blocked' })],
		['an account without credit', refused({ status: 429, code: 'insufficient_quota' })],
	])('is not %s', async (_, failure) => {
		const { askAll, refuse, succeed, room } = runWith(4);
		askAll(...names(4));
		await settled();
		await refuse(['0'], failure);
		await succeed(...names(3, 1));
		expect(await room()).toBe(4);
	});
});

describe('a success after a rate limit', () => {
	it("adds one slot, up to the user's limit", async () => {
		const { askAll, refuse, succeed, started, clock, room } = runWith(4);
		askAll(...names(4));
		await settled();
		await refuse(names(4));
		askAll(...names(6, 4));
		await clock.pass(1000);
		// Two can run: each that succeeds frees its slot and adds one.
		expect(started.splice(0)).toEqual([...names(4), '4', '5']);
		await succeed('4');
		expect(started.splice(0)).toEqual(['0', '1']);
		await succeed('0');
		expect(started.splice(0)).toEqual(['2', '3']);
		await succeed('1', '2', '3', '5');
		expect(started.splice(0)).toEqual(names(4, 6));
		await succeed(...names(4, 6));
		expect(await room()).toBe(4);
	});

	it('adds as many slots as requests succeed at the same moment', async () => {
		const { askAll, refuse, succeed, started } = runWith(8);
		askAll(...names(20));
		await settled();
		await refuse(['0']);
		await succeed(...names(7, 1));
		expect(started.splice(0)).toEqual([...names(8), ...names(4, 8)]);
		await succeed(...names(4, 8));
		expect(started.splice(0)).toHaveLength(8);
	});

	it('adds none if nothing waits for it', async () => {
		const { askAll, refuse, succeed, room } = runWith(8);
		askAll(...names(10));
		await settled();
		await refuse(['0']);
		await succeed(...names(7, 1));
		await succeed('8', '9');
		expect(await room()).toBe(4);
	});

	it('adds none for a request that started before the halving', async () => {
		const { askAll, refuse, succeed, room } = runWith(10);
		askAll(...names(10));
		await settled();
		await refuse(['0']);
		await succeed(...names(9, 1));
		expect(await room()).toBe(5);
	});
});

describe('images per minute', () => {
	it('let the first burst through, and the next one a minute later', async () => {
		const { askAll, started, clock } = runWith(100, 5);
		askAll(...names(12));
		await clock.pass(59_999);
		expect(started).toEqual(names(5));
		await clock.pass(2000);
		expect(started).toEqual(names(10));
		await clock.pass(61_000);
		expect(started).toEqual(names(12));
	});

	it('count the images of each request, and every repeated one', async () => {
		const { ask, started, refuse, clock } = runWith(10, 8);
		ask('a', 5);
		ask('b', 3);
		await settled();
		await refuse(['b'], refused({ status: 503 }), 1000);
		ask('c', 1);
		await clock.pass(59_000);
		expect(started).toEqual(['a', 'b']);
		await clock.pass(3000);
		expect(started).toEqual(['a', 'b', 'b', 'c']);
	});
});

describe('the end of a run', () => {
	it('starts nothing more and ends every wait', async () => {
		const { askAll, started, failed, limiter, refuse, clock, succeed } = runWith(2);
		askAll('a', 'b', 'c', 'd');
		await settled();
		await refuse(['a'], wait(60), 60_000);
		limiter.stop();
		await succeed('b');
		askAll('e');
		await settled();
		expect(started).toEqual(['a', 'b']);
		expect(failed).toHaveLength(4);
		for (const error of failed) expect(error).toBeInstanceOf(RequestNotSentError);
		expect(clock.waiting).toBe(0);
	});

	it('ends the pauses of single calls', async () => {
		const { askAll, failed, limiter, refuse, clock } = runWith(1);
		askAll('a');
		await settled();
		await refuse(['a'], refused({ status: 500 }), 60_000);
		expect(clock.waiting).toBe(1);
		limiter.stop();
		await settled();
		expect(clock.waiting).toBe(0);
		expect(failed).toEqual([expect.any(RequestNotSentError)]);
	});

	it('by the stop button ends all waits with an error', async () => {
		const { askAll, started, failed, clock } = runWith(9, 2);
		askAll(...names(5));
		await settled();
		const canceled = new Error('canceled');
		await clock.cancel(canceled);
		expect(started).toEqual(names(2));
		expect(failed).toEqual([canceled, canceled, canceled]);
	});
});
