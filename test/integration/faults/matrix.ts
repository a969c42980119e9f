import { useEngine } from '../../helpers/engine';
import { useBench } from './bench';
import { expectRow } from './expectRow';
import { expectToolRow } from './expectToolRow';
import type { OnError, Operation, Row } from './row';
import { TOPICS } from './rows';
import { runRow } from './run';
import { TOOL_NODES } from './tool';

/** A row under one of its settings. */
export interface Run {
	readonly name: string;
	readonly row: Row;
	readonly operation: Operation;
	readonly onError: OnError;
}

/** Every run of a row. */
export function runsOf(row: Row): Run[] {
	return row.operations.flatMap((operation) =>
		(Object.keys(row.expected.ends) as OnError[]).map((onError) => ({
			...{ name: row.name, row, operation, onError },
		})),
	);
}

/**
 * The runs of some rows that belong to a tier. The quick one has one run of each row, with the next
 * setting in turn; the others belong to the rest.
 */
export function runsIn(tier: 'quick' | 'rest', rows: readonly Row[]): Run[] {
	return rows.flatMap((row, index) => {
		const runs = runsOf(row);
		const quick = runs[index % runs.length];
		return runs.filter((run) => (run === quick) === (tier === 'quick'));
	});
}

/** Holds every row against a real socket and n8n's engine. */
export function describeMatrix(tier: 'quick' | 'rest'): void {
	const engine = useEngine({ nodeTypes: TOOL_NODES });
	const bench = useBench();

	// Pauses are as short as they may be; how long they may be is a matter of the policy's own test.
	beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => jest.restoreAllMocks());

	const topics = TOPICS.map(({ title, rows }) => ({ title, runs: runsIn(tier, rows) }));
	describe.each(topics.filter(({ runs }) => runs.length > 0))('$title', ({ runs }) => {
		it.each(runs)('$name ($operation, $onError)', async ({ row, operation, onError }) => {
			const observed = await runRow(engine, bench, row, operation, onError);
			await (row.asTool ? expectToolRow(observed) : expectRow(observed));
		});
	});
}
