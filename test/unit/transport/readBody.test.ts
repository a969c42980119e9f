import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { readBody } from '../../../nodes/AiImages/transport/readBody';
import {
	MAX_CONCURRENT_READS,
	ReadScheduler,
} from '../../../nodes/AiImages/transport/readScheduler';

const explain = (error: unknown) => new Error(`explained: ${(error as Error).message}`);

function body(order = new ReadScheduler()) {
	const stream = new PassThrough();
	const clear = jest.fn();
	return { stream, clear, pieces: readBody(stream, { explain, clear }, order) };
}

async function allOf(pieces: AsyncIterable<Buffer>) {
	const texts: string[] = [];
	const read = async () => {
		for await (const piece of pieces) texts.push(piece.toString());
	};
	const error = await read().catch((thrown: Error) => thrown.message);
	return [texts.join(''), error];
}

describe('a body', () => {
	it('is passed on in order, to its end', async () => {
		const { stream, pieces } = body();
		stream.write('a');
		stream.write('b');
		setImmediate(() => stream.end('c'));
		expect(await allOf(pieces)).toEqual(['abc', undefined]);
	});

	it.each<[string, (stream: PassThrough) => unknown]>([
		['ends', (stream) => stream.end()],
		['breaks', (stream) => stream.destroy(new Error('reset'))],
		['is closed', (stream) => stream.destroy()],
	])('releases its deadline when it %s, read or not', async (_, finish) => {
		const { stream, clear } = body();
		expect(clear).not.toHaveBeenCalled();
		finish(stream);
		await new Promise((resolve) => stream.once('close', resolve));
		expect(clear).toHaveBeenCalledTimes(1);
	});

	it('keeps everything that arrived before it broke, even if it is read late', async () => {
		const { stream, pieces } = body();
		stream.write('a'.repeat(100_000));
		stream.write('b');
		await new Promise(setImmediate);
		const closed = new Promise((resolve) => stream.once('close', resolve));
		stream.destroy(new Error('reset'));
		await closed;
		expect(await allOf(pieces)).toEqual([`${'a'.repeat(100_000)}b`, 'explained: reset']);
	});

	it('fails if it is closed before its end', async () => {
		const { stream, pieces } = body();
		stream.write('a');
		await new Promise(setImmediate);
		stream.destroy();
		expect(await allOf(pieces)).toEqual(['a', 'explained: The connection was closed']);
	});

	it('waits for a slow reader, and continues with it', async () => {
		const { stream, pieces } = body();
		const piece = Buffer.alloc(65_536, 'x');
		let written = 0;
		const write = async () => {
			for (; written < 64; written++) {
				if (!stream.write(piece)) await once(stream, 'drain');
			}
			stream.end();
		};
		const writing = write();
		for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
		expect(written).toBeGreaterThan(1);
		expect(written).toBeLessThan(10);
		const [text] = await allOf(pieces);
		await writing;
		expect(text).toHaveLength(64 * 65_536);
	});

	it('is closed when its reader stops', async () => {
		const { stream, pieces } = body();
		stream.write('a');
		for await (const _ of pieces) break;
		expect(stream.destroyed).toBe(true);
	});
});

describe('bodies that are read at the same time', () => {
	const turns = async () => {
		for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
	};

	/** Takes a piece of each of this many bodies, in their order. */
	async function readers(count: number) {
		const order = new ReadScheduler();
		const all = Array.from({ length: count }, () => body(order));
		const log: number[] = [];
		const iterators = all.map(({ pieces }) => pieces[Symbol.asyncIterator]());
		const next = async (index: number) => {
			const result = await iterators[index]!.next().catch((error: Error) => error.message);
			log.push(index);
			return result;
		};
		for (const { stream } of all) stream.write('a');
		await turns();
		return { all, log, next, iterators };
	}

	it('are processed a few at a time, the oldest first', async () => {
		const { log, next } = await readers(MAX_CONCURRENT_READS + 3);
		const first = Array.from({ length: MAX_CONCURRENT_READS }, (_, index) => index);
		for (const index of first) void next(index);
		for (const index of [MAX_CONCURRENT_READS + 1, MAX_CONCURRENT_READS + 2, MAX_CONCURRENT_READS])
			void next(index);
		await turns();
		expect(log).toEqual(first);
		// Asking for the next piece says that this one is done with; there is none yet.
		void next(0);
		await turns();
		expect(log).toEqual([...first, MAX_CONCURRENT_READS]);
		void next(1);
		await turns();
		expect(log).toEqual([...first, MAX_CONCURRENT_READS, MAX_CONCURRENT_READS + 1]);
	});

	it('keep their turn while pieces are available, unless an older one needs it', async () => {
		const { all, log, next } = await readers(MAX_CONCURRENT_READS + 2);
		const busy = Array.from({ length: MAX_CONCURRENT_READS }, (_, index) => index + 1);
		for (const index of busy) void next(index);
		void next(MAX_CONCURRENT_READS + 1);
		await turns();
		all[1]!.stream.write('b');
		await turns();
		void next(1);
		await turns();
		expect(log).toEqual([...busy, 1]);
		all[1]!.stream.write('c');
		void next(0);
		await turns();
		void next(1);
		await turns();
		expect(log).toEqual([...busy, 1, 0]);
	});

	it('do not wait for one that is abandoned', async () => {
		const { iterators, log, next } = await readers(MAX_CONCURRENT_READS + 1);
		for (let index = 0; index <= MAX_CONCURRENT_READS; index++) void next(index);
		await turns();
		expect(log).toHaveLength(MAX_CONCURRENT_READS);
		await iterators[0]!.return?.();
		await turns();
		expect(log).toHaveLength(MAX_CONCURRENT_READS + 1);
	});

	it('do not wait once they have ended', async () => {
		const { all, next } = await readers(MAX_CONCURRENT_READS + 1);
		for (let index = 0; index < MAX_CONCURRENT_READS; index++) void next(index);
		const { stream } = all[MAX_CONCURRENT_READS]!;
		stream.write('b');
		stream.end('c');
		await turns();
		expect(await next(MAX_CONCURRENT_READS)).toMatchObject({ value: Buffer.from('a') });
		expect(await next(MAX_CONCURRENT_READS)).toMatchObject({ value: Buffer.from('b') });
		expect(await next(MAX_CONCURRENT_READS)).toMatchObject({ value: Buffer.from('c') });
		expect(await next(MAX_CONCURRENT_READS)).toMatchObject({ done: true });
	});

	it('do not wait when they break', async () => {
		const { all, next } = await readers(MAX_CONCURRENT_READS + 1);
		for (let index = 0; index < MAX_CONCURRENT_READS; index++) void next(index);
		const last = next(MAX_CONCURRENT_READS);
		await turns();
		all[MAX_CONCURRENT_READS]!.stream.destroy(new Error('canceled'));
		expect(await last).toMatchObject({ value: Buffer.from('a') });
		expect(await next(MAX_CONCURRENT_READS)).toBe('explained: canceled');
	});
});
