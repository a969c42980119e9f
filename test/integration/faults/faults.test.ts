import { AiImages } from '../../../nodes/AiImages/AiImages.node';
import { useEngine } from '../../helpers/engine';
import { useBench } from './bench';
import { expectRow } from './expectRow';
import { expectToolRow } from './expectToolRow';
import type { OnError } from './row';
import { TOPICS } from './rows';
import { runRow } from './run';
import { toolNodes } from './tool';

const engine = useEngine({ nodeTypes: toolNodes(new AiImages()) });
const bench = useBench();

// Pauses are as short as they may be; how long they may be is a matter of the policy's own test.
beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

describe.each(TOPICS)('$title', ({ rows }) => {
	const runs = rows.flatMap((row) =>
		row.operations.flatMap((operation) =>
			(Object.keys(row.expected.ends) as OnError[]).map((onError) => ({
				...{ name: row.name, row, operation, onError },
			})),
		),
	);

	it.each(runs)('$name ($operation, $onError)', async ({ row, operation, onError }) => {
		const observed = await runRow(engine, bench, row, operation, onError);
		await (row.asTool ? expectToolRow(observed) : expectRow(observed));
	});
});

describe('the matrix', () => {
	const rows = TOPICS.flatMap((topic) => topic.rows);

	it('has at least 120 rows, each with a name of its own', () => {
		expect(rows.length).toBeGreaterThanOrEqual(120);
		const names = rows.map(({ name }) => name);
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	});

	it('runs every row under at least one setting and operation', () => {
		const idle = rows.filter(
			({ operations, expected }) =>
				operations.length === 0 || Object.keys(expected.ends).length === 0,
		);
		expect(idle).toEqual([]);
	});
});
