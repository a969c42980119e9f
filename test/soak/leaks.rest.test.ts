import { EventEmitter, once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

import { untilRead } from '../helpers/untilRead';
import { memoryInUse, slope, sockets, watchWarnings } from './leaks';

describe('the leak detector', () => {
	it('notices too many listeners', async () => {
		const warnings = watchWarnings();
		const emitter = new EventEmitter();
		for (let count = 0; count < 12; count++) emitter.on('event', () => {});
		await untilRead(50);
		warnings.stop();
		expect(warnings.names).toEqual(['MaxListenersExceededWarning']);
	});

	it('notices connections', async () => {
		const before = sockets();
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
		await once(client, 'connect');
		await untilRead(50);
		expect(sockets()).toBe(before + 2);
		client.destroy();
		server.close();
		await untilRead(50);
		expect(sockets()).toBe(before);
	});

	it('notices memory that grows', async () => {
		const kept: Buffer[] = [];
		const memory: number[] = [];
		// Much more than earlier test files of this process can still release.
		for (let round = 0; round < 8; round++) {
			kept.push(Buffer.alloc(16_000_000, round));
			memory.push(await memoryInUse());
		}
		expect(kept).toHaveLength(8);
		expect(slope(memory)).toBeGreaterThan(8_000_000);
	});

	it('computes a slope', () => {
		expect(slope([1, 3, 5, 7])).toBe(2);
		expect(slope([5, 5, 5])).toBe(0);
	});
});
