import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { arrivals } from '../../../nodes/AiImages/transport/arrivals';

const explain = (error: unknown) => new Error(`explained: ${(error as Error).message}`);

function body(highWaterMark?: number) {
	const stream = new PassThrough({ highWaterMark });
	const clear = jest.fn();
	return { stream, clear, pieces: arrivals(stream, { explain, clear }) };
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
	it('is handed on in order, to its end', async () => {
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
	])('needs its deadline no longer when it %s, read or not', async (_, finish) => {
		const { stream, clear } = body();
		expect(clear).not.toHaveBeenCalled();
		finish(stream);
		await new Promise((resolve) => stream.once('close', resolve));
		expect(clear).toHaveBeenCalledTimes(1);
	});

	it('loses nothing that had arrived when it broke, however late it is read', async () => {
		const { stream, pieces } = body();
		stream.write('a'.repeat(100_000));
		stream.write('b');
		await new Promise(setImmediate);
		const closed = new Promise((resolve) => stream.once('close', resolve));
		stream.destroy(new Error('reset'));
		await closed;
		expect(await allOf(pieces)).toEqual([`${'a'.repeat(100_000)}b`, 'explained: reset']);
	});

	it('that is closed without an end is an error', async () => {
		const { stream, pieces } = body();
		stream.write('a');
		await new Promise(setImmediate);
		stream.destroy();
		expect(await allOf(pieces)).toEqual(['a', 'explained: The connection was closed']);
	});

	it('waits for a slow reader, and goes on with it', async () => {
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
		expect(written).toBeGreaterThan(7);
		expect(written).toBeLessThan(16);
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
