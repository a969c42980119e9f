import { useEngine } from '../helpers/engine';
import { useService } from '../image-service/helpers';
import { expectAccounts, isOwn, itemsOf, resumeJobs, runJobRound } from './jobRound';
import {
	filesBelow,
	memoryInUse,
	slope,
	sockets,
	timers,
	untilClosed,
	watchWarnings,
} from './leaks';
import { listeners } from './listeners';
import { filesOf } from './round';
import type { Soak } from './soak';

/**
 * Sends jobs round by round to a service with random faults, and looks for what is lost, bought twice or
 * left behind. In every other round, n8n's Retry On Fail mends what failed; in the others, later nodes
 * fetch the jobs that are still to come. SOAK_SEED repeats a run.
 */
export function describeJobSoak({ rounds, items: count, warmUp }: Soak): void {
	const seed = Number(process.env.SOAK_SEED ?? Date.now() % 2 ** 31);

	describe(`${rounds * count} jobs and random faults (SOAK_SEED=${seed})`, () => {
		const engine = useEngine({ nodeTypes: { 'test.listeners': listeners } });
		const service = useService();
		const memory: number[] = [];
		const needed = new Set<string>();
		let before: { sockets: number; timers: number };
		const warnings = watchWarnings();
		beforeAll(() => void (before = { sockets: sockets(), timers: timers() }));
		afterAll(() => warnings.stop());

		it.each(Array.from({ length: rounds }, (_, round) => round + 1))(
			'every job of round %i is accounted for',
			async (round) => {
				const isRetried = round % 2 === 0;
				const items = itemsOf(seed, round, count, isRetried);
				const done = await runJobRound(engine, service, items, isRetried);
				const late = await expectAccounts(service, items, done, isRetried);
				const runs = [done];
				if (late.length > 0) {
					const resumed = await resumeJobs(engine, service, late);
					runs.push(resumed);
					expect(resumed.submits).toBe(done.submits);
					for (const [index, item] of resumed.result.outputsOf('AI Images').flat().entries()) {
						const { job } = late[index]!.json.details as unknown as { job: { id: string } };
						const own = resumed.jobs.filter(({ id }) => id === job.id);
						expect(await isOwn(service, resumed.result, item, own)).toBe(true);
					}
				}
				for (const { result } of runs) {
					for (const file of filesOf({ result })) needed.add(file);
					const [counted] = result.outputsOf('Listeners').flat();
					expect(counted?.json).toEqual({ count: 0 });
				}
				// The service is in this process, and keeps what it drew.
				await service.http.delete('/control/files');
				if (warmUp !== undefined) memory.push(await memoryInUse());
			},
			600_000,
		);

		it('leaves no connection, no file, no timer, and no warning of n8n or Node.js', async () => {
			await untilClosed(before.sockets);
			expect({ sockets: sockets(), timers: timers() }).toEqual(before);
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

/** Bytes per round; if one image in four stayed in memory, a round of 25 would leave as much. */
const GROWTH = 100_000;
