import { inParallel } from '../../../nodes/AiImages/execution/inParallel';

/** Work whose ends the test decides on. */
function controlled() {
	const started: number[] = [];
	const ends = new Map<number, { resolve(): void; reject(error: Error): void }>();
	let running = 0;
	let most = 0;
	const work = async (index: number) => {
		started.push(index);
		most = Math.max(most, ++running);
		await new Promise<void>((resolve, reject) => ends.set(index, { resolve, reject })).finally(
			() => running--,
		);
		return `result ${index}`;
	};
	const settled = async () => await new Promise(setImmediate);
	return {
		work,
		started,
		most: () => most,
		async end(index: number) {
			ends.get(index)?.resolve();
			await settled();
		},
		async fail(index: number, message = `failure ${index}`) {
			ends.get(index)?.reject(new Error(message));
			await settled();
		},
	};
}

describe('items', () => {
	it.each([
		[0, 4],
		[1, 4],
		[4, 4],
		[10, 4],
		[10, 1],
		[3, 100],
	])('%i of them, %i at a time, are returned in order', async (count, limit) => {
		let running = 0;
		let most = 0;
		const results = await inParallel(count, limit, async (index) => {
			most = Math.max(most, ++running);
			for (let turns = 1 + ((index * 7) % 5); turns > 0; turns--) await new Promise(setImmediate);
			running--;
			return index * 10;
		});
		expect(results).toEqual(Array.from({ length: count }, (_, index) => index * 10));
		expect(most).toBe(Math.min(count, limit));
	});

	it('start in order, each as soon as another has ended', async () => {
		const items = controlled();
		const run = inParallel(5, 2, items.work);
		expect(items.started).toEqual([0, 1]);
		await items.end(1);
		expect(items.started).toEqual([0, 1, 2]);
		await items.end(2);
		await items.end(3);
		expect(items.started).toEqual([0, 1, 2, 3, 4]);
		await items.end(4);
		await items.end(0);
		expect(await run).toEqual([0, 1, 2, 3, 4].map((index) => `result ${index}`));
		expect(items.most()).toBe(2);
	});

	it('can have an undefined result', async () => {
		expect(await inParallel(2, 2, async () => undefined)).toEqual([undefined, undefined]);
	});
});

describe('after a failure', () => {
	it('nothing new starts, and running work is awaited', async () => {
		const items = controlled();
		const outcome = jest.fn();
		void inParallel(6, 3, items.work).then(outcome, outcome);
		await items.fail(1);
		await items.end(0);
		expect(items.started).toEqual([0, 1, 2]);
		expect(outcome).not.toHaveBeenCalled();
		await items.end(2);
		expect(items.started).toEqual([0, 1, 2]);
		expect(outcome).toHaveBeenCalledWith(new Error('failure 1'));
	});

	it('the error of the first item is thrown, not the first error', async () => {
		const items = controlled();
		const run = inParallel(3, 3, items.work);
		const failure = expect(run).rejects.toThrow('failure 0');
		await items.fail(2);
		await items.fail(0);
		await items.end(1);
		await failure;
	});

	it('an undefined error is thrown, too', async () => {
		const run = inParallel(2, 1, async () => await Promise.reject(undefined));
		expect(
			await run.then(
				() => 'no failure',
				() => 'failure',
			),
		).toBe('failure');
	});

	it('work that fails synchronously is no different', async () => {
		const run = inParallel(3, 2, (index) => {
			throw new Error(`failure ${index}`);
		});
		await expect(run).rejects.toThrow('failure 0');
	});
});
