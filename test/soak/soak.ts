import { useApi } from '../e2e/helpers/api';
import { useEngine } from '../helpers/engine';
import { filesBelow, memoryInUse, slope, sockets, untilClosed, watchWarnings } from './leaks';
import { listeners } from './listeners';
import { expectAccounts, filesOf, runRound } from './round';
import { unreliableServer } from './unreliableServer';

export interface Soak {
	rounds: number;
	/** Items per round. */
	items: number;
	/** The first rounds, in which the memory may still grow; without it, memory is not watched. */
	warmUp?: number;
}

/**
 * Sends items round by round, half of them edits, to a server with random faults, and looks for
 * what is lost, requested twice or left behind. SOAK_SEED repeats a run.
 */
export function describeSoak({ rounds, items, warmUp }: Soak): void {
	const seed = Number(process.env.SOAK_SEED ?? Date.now() % 2 ** 31);

	describe(`${rounds * items} items and random faults (SOAK_SEED=${seed})`, () => {
		const engine = useEngine({ nodeTypes: { 'test.listeners': listeners } });
		const api = useApi();
		const memory: number[] = [];
		const needed = new Set<string>();
		let before: number;
		const warnings = watchWarnings();
		beforeAll(() => void (before = sockets()));
		afterAll(() => warnings.stop());

		it.each(Array.from({ length: rounds }, (_, round) => round + 1))(
			'every item of round %i comes out once, with all its attempts counted',
			async (round) => {
				const server = unreliableServer(seed);
				api.reply(server.reply);
				const prompts = Array.from({ length: items }, (_, index) => `${round}-${index}`);
				const operation = round % 2 ? 'generate' : 'edit';
				const done = await runRound(engine, api.url, operation, prompts, server.timeoutOf);
				for (const file of filesOf(done)) needed.add(file);
				expect(await expectAccounts(done, server.histories)).toBe(api.posts().length);
				const [counted] = done.result.outputsOf('Listeners').flat();
				expect(counted?.json).toEqual({ count: 0 });
				api.calls.splice(0);
				server.histories.clear();
				if (warmUp !== undefined) memory.push(await memoryInUse());
			},
			600_000,
		);

		it('leaves no connection, no file, and no warning of n8n or Node.js', async () => {
			await untilClosed(before);
			expect(sockets()).toBe(before);
			expect(api.open()).toBe(0);
			const files = await filesBelow(engine.storagePath);
			expect(files.filter((file) => !needed.has(file))).toEqual([]);
			expect([...needed].filter((file) => !files.includes(file))).toEqual([]);
			expect(warnings.names).toEqual([]);
		});

		if (warmUp === undefined) return;
		it('needs no more memory in the end than at its beginning', () => {
			expect(slope(memory.slice(warmUp))).toBeLessThan(GROWTH);
		});
	});
}

/** Bytes per round; if one image in four stayed in memory, a round of fifty would leave as much. */
const GROWTH = 150_000;
