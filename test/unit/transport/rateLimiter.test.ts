import { RequestNotSentError } from '../../../nodes/AiImages/errors';
import { refused } from './callFailures';
import { settled } from './clock';
import { runWith, TOO_FAST } from './pacedRun';

const wait = (seconds: number) =>
	refused({ status: 429, headers: { 'retry-after': String(seconds) } });

const names = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => `${from + index}`);

describe('requests', () => {
	it.each([1, 4, 100])('begin at once, up to %i of them', async (limit) => {
		const { room } = runWith(limit);
		expect(await room()).toBe(limit);
	});

	it('begin in the order in which they come, each as soon as one has ended', async () => {
		const { askAll, begun, succeed } = runWith(2);
		askAll('a', 'b', 'c', 'd');
		await settled();
		expect(begun).toEqual(['a', 'b']);
		await succeed('b');
		expect(begun).toEqual(['a', 'b', 'c']);
		await succeed('a', 'c');
		expect(begun).toEqual(['a', 'b', 'c', 'd']);
	});

	it('end once, however often it is said', async () => {
		const { askAll, begun, succeed } = runWith(1);
		askAll('a', 'b', 'c');
		await settled();
		await succeed('a', 'a', 'a');
		expect(begun).toEqual(['a', 'b']);
	});

	it('have no place while their call pauses', async () => {
		const { askAll, begun, refuse, clock } = runWith(1);
		askAll('a', 'b');
		await settled();
		await refuse(['a'], refused({ status: 500 }), 5000);
		expect(begun).toEqual(['a', 'b']);
		await clock.pass(5000);
		expect(begun).toEqual(['a', 'b']);
	});

	it('that are repeated go before new ones', async () => {
		const { askAll, begun, refuse, clock, succeed } = runWith(2);
		askAll('a', 'b', 'c', 'd');
		await settled();
		await refuse(['a'], refused({ status: 500 }), 1000);
		await clock.pass(1000);
		expect(begun).toEqual(['a', 'b', 'c']);
		await succeed('b');
		expect(begun).toEqual(['a', 'b', 'c', 'a']);
	});
});

describe('a refusal for too many requests', () => {
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

	it('counts once for all that were under way at that moment', async () => {
		const { askAll, refuse, room } = runWith(20);
		askAll(...names(20));
		await settled();
		await refuse(names(20));
		expect(await room()).toBe(10);
	});

	it('counts again for a request that began afterwards, down to one', async () => {
		const { askAll, refuse, clock, begun, room } = runWith(8);
		askAll(...names(8));
		await settled();
		const sizes: number[] = [];
		for (let again = 0; again < 5; again++) {
			const underWay = [...new Set(begun.splice(0))];
			sizes.push(underWay.length);
			await refuse(underWay);
			await clock.pass(1000);
		}
		expect(sizes).toEqual([8, 4, 2, 1, 1]);
		expect(begun).toHaveLength(1);
		expect(await room()).toBe(0);
	});

	it('halves what was under way where the limit was not reached', async () => {
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

describe('a success', () => {
	it('gives one request back, up to the limit of the user', async () => {
		const { askAll, refuse, succeed, begun, clock, room } = runWith(4);
		askAll(...names(4));
		await settled();
		await refuse(names(4));
		askAll(...names(6, 4));
		await clock.pass(1000);
		// Two may be under way: each that succeeds makes room for itself and for one more.
		expect(begun.splice(0)).toEqual([...names(4), '4', '5']);
		await succeed('4');
		expect(begun.splice(0)).toEqual(['0', '1']);
		await succeed('0');
		expect(begun.splice(0)).toEqual(['2', '3']);
		await succeed('1', '2', '3', '5');
		expect(begun.splice(0)).toEqual(names(4, 6));
		await succeed(...names(4, 6));
		expect(await room()).toBe(4);
	});

	it('gives as many back as succeed at the same moment', async () => {
		const { askAll, refuse, succeed, begun } = runWith(8);
		askAll(...names(20));
		await settled();
		await refuse(['0']);
		await succeed(...names(7, 1));
		expect(begun.splice(0)).toEqual([...names(8), ...names(4, 8)]);
		await succeed(...names(4, 8));
		expect(begun.splice(0)).toHaveLength(8);
	});

	it('gives none back where nobody waits for it', async () => {
		const { askAll, refuse, succeed, room } = runWith(8);
		askAll(...names(10));
		await settled();
		await refuse(['0']);
		await succeed(...names(7, 1));
		await succeed('8', '9');
		expect(await room()).toBe(4);
	});

	it('gives none back for a request that began before the halving', async () => {
		const { askAll, refuse, succeed, room } = runWith(10);
		askAll(...names(10));
		await settled();
		await refuse(['0']);
		await succeed(...names(9, 1));
		expect(await room()).toBe(5);
	});
});

describe('a time that the server names', () => {
	it('holds new calls, and who was refused goes first then', async () => {
		const { askAll, begun, refuse, succeed, clock } = runWith(4);
		askAll(...names(6));
		await settled();
		await refuse(['1', '2'], wait(12), 12_500);
		await succeed('0', '3');
		await clock.pass(12_499);
		expect(begun).toEqual(names(4));
		await clock.pass(1);
		expect(begun.slice(4)).toEqual(['1', '2']);
		await succeed('1');
		expect(begun.slice(6)).toEqual(['4', '5']);
	});

	it('holds them until all that were refused have had their turn', async () => {
		const { askAll, begun, refuse, succeed, clock } = runWith(4);
		askAll('a', 'b', 'c');
		await settled();
		await refuse(['a'], wait(20), 20_000);
		await refuse(['b'], wait(5), 5000);
		await succeed('c');
		askAll('d');
		await clock.pass(5000);
		expect(begun.slice(3)).toEqual(['b']);
		await succeed('b');
		await clock.pass(14_999);
		expect(begun.slice(4)).toEqual([]);
		await clock.pass(1);
		expect(begun.slice(4)).toEqual(['a']);
		await succeed('a');
		expect(begun.slice(5)).toEqual(['d']);
	});

	it('holds them no longer when a call goes on at once after that', async () => {
		const { askAll, begun, refuse, renew, turnOf, clock } = runWith(1);
		askAll('a', 'b');
		await settled();
		await refuse(['a'], wait(5), 5000);
		await clock.pass(5000);
		// The server refused it for another reason, which needs no pause.
		renew('a');
		await settled();
		expect(begun).toEqual(['a', 'a', 'a']);
		turnOf('a').release();
		await settled();
		expect(begun).toEqual(['a', 'a', 'a', 'b']);
	});

	it('is no matter of the others where none was named', async () => {
		const { askAll, begun, refuse } = runWith(2);
		askAll('a', 'b', 'c');
		await settled();
		await refuse(['a', 'b'], TOO_FAST, 60_000);
		expect(begun).toEqual(['a', 'b', 'c']);
	});
});

describe('images per minute', () => {
	it('let the first burst through, and the next one a minute later', async () => {
		const { askAll, begun, clock } = runWith(100, 5);
		askAll(...names(12));
		await clock.pass(59_999);
		expect(begun).toEqual(names(5));
		await clock.pass(2000);
		expect(begun).toEqual(names(10));
		await clock.pass(61_000);
		expect(begun).toEqual(names(12));
	});

	it('count the images of each request, and every repeated one', async () => {
		const { ask, begun, refuse, clock } = runWith(10, 8);
		ask('a', 5);
		ask('b', 3);
		await settled();
		await refuse(['b'], refused({ status: 503 }), 1000);
		ask('c', 1);
		await clock.pass(59_000);
		expect(begun).toEqual(['a', 'b']);
		await clock.pass(3000);
		expect(begun).toEqual(['a', 'b', 'b', 'c']);
	});
});

describe('the end of a run', () => {
	it('lets nothing begin any more, and ends every wait', async () => {
		const { askAll, begun, failed, pace, refuse, clock, succeed } = runWith(2);
		askAll('a', 'b', 'c', 'd');
		await settled();
		await refuse(['a'], wait(60), 60_000);
		pace.stop();
		await succeed('b');
		askAll('e');
		await settled();
		expect(begun).toEqual(['a', 'b']);
		expect(failed).toHaveLength(4);
		for (const error of failed) expect(error).toBeInstanceOf(RequestNotSentError);
		expect(clock.waiting).toBe(0);
	});

	it('ends the pauses of single calls', async () => {
		const { askAll, failed, pace, refuse, clock } = runWith(1);
		askAll('a');
		await settled();
		await refuse(['a'], refused({ status: 500 }), 60_000);
		expect(clock.waiting).toBe(1);
		pace.stop();
		await settled();
		expect(clock.waiting).toBe(0);
		expect(failed).toEqual([expect.any(RequestNotSentError)]);
	});

	it('by the stop button is told to everyone who waits in line', async () => {
		const { askAll, begun, failed, clock } = runWith(9, 2);
		askAll(...names(5));
		await settled();
		const canceled = new Error('canceled');
		await clock.cancel(canceled);
		expect(begun).toEqual(names(2));
		expect(failed).toEqual([canceled, canceled, canceled]);
	});
});
