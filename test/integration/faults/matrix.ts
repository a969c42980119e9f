import { AiImages } from '../../../nodes/AiImages/AiImages.node';
import { quickClock } from '../../helpers/clock';
import { useEngine } from '../../helpers/engine';
import { useFaultServers } from './servers';
import { expectRow } from './expectRow';
import { expectToolRow } from './expectToolRow';
import type { OnError, Operation, Row } from './row';
import { TOPICS } from './rows';
import { runRow } from './run';
import { toolNodes } from './tool';

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
 * The runs of a tier. The quick one has one run of each row, under that of its settings which has
 * come least often so far; the rest has all others.
 */
export function runsIn(tier: 'quick' | 'rest', rows: readonly Row[] = ROWS): Run[] {
	return rows.flatMap((row) =>
		runsOf(row).filter((run) => (QUICK.get(row) === settingOf(run)) === (tier === 'quick')),
	);
}

export const ROWS: readonly Row[] = TOPICS.flatMap((topic) => topic.rows);

export const settingOf = ({ operation, onError }: Run) => `${operation}, ${onError}`;

/** The setting of each row in the quick tier. */
const QUICK = inTurn();

function inTurn(): ReadonlyMap<Row, string> {
	const uses = new Map<string, number>();
	const chosen = new Map<Row, string>();
	for (const row of ROWS) {
		const settings = runsOf(row).map(settingOf);
		const [least = ''] = settings.sort((a, b) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0));
		uses.set(least, (uses.get(least) ?? 0) + 1);
		chosen.set(row, least);
	}
	return chosen;
}

/** Holds every row against a real socket and n8n's engine. */
export function describeMatrix(tier: 'quick' | 'rest'): void {
	const engine = useEngine({ nodeTypes: toolNodes(new AiImages()) });
	const faultServers = useFaultServers();

	// Pauses are as short as they may be; how long they may be is a matter of the policy's own test.
	beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => jest.restoreAllMocks());

	const topics = TOPICS.map(({ title, rows }) => ({ title, runs: runsIn(tier, rows) }));
	describe.each(topics.filter(({ runs }) => runs.length > 0))('$title', ({ runs }) => {
		it.each(runs)('$name ($operation, $onError)', async ({ row, operation, onError }) => {
			if (row.takesMinutes) quickClock({ isEarly: row.isSilent });
			const observed = await runRow(engine, faultServers, row, operation, onError);
			await (row.asTool ? expectToolRow(observed) : expectRow(observed));
		});
	});
}
