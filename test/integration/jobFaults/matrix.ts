import { quickClock } from '../../helpers/clock';
import { useEngine } from '../../helpers/engine';
import { useService } from '../../image-service/helpers';
import { expectAccount } from './expectAccount';
import { KEY, runStage } from './run';
import { ON_ERROR, type Setting, type Stage } from './stage';
import { JOB_TOPICS } from './stages';

export interface JobRow extends Setting {
	readonly stage: Stage;
	readonly name: string;
	readonly retry: string;
}

export const STAGES: readonly Stage[] = JOB_TOPICS.flatMap(({ stages }) => stages);

/** A stage under each setting. */
export function rowsOf(stage: Stage): JobRow[] {
	return ON_ERROR.flatMap((onError) =>
		[false, true].map((isRetried) => ({
			...{ stage, name: stage.name, onError, isRetried },
			retry: isRetried ? 'with Retry On Fail' : 'once',
		})),
	);
}

/** The quick tier has one row of each stage, under the settings in turn; the rest has all others. */
export function rowsIn(tier: 'quick' | 'rest', stages: readonly Stage[] = STAGES): JobRow[] {
	return stages.flatMap((stage) => {
		const rows = rowsOf(stage);
		const turn = STAGES.indexOf(stage) % rows.length;
		return rows.filter((_, index) => (index === turn) === (tier === 'quick'));
	});
}

/** Holds every row against the image service and n8n's engine. */
export function describeJobFaults(tier: 'quick' | 'rest'): void {
	const engine = useEngine();
	const service = useService({ apiKey: KEY });

	beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => jest.restoreAllMocks());

	const topics = JOB_TOPICS.map(({ title, stages }) => ({ title, rows: rowsIn(tier, stages) }));
	describe.each(topics)('$title', ({ rows }) => {
		it.each(rows)('$name ($onError, $retry)', async ({ stage, ...setting }) => {
			if (!stage.takesItsTime) quickClock({ isEarly: true });
			expectAccount(stage, setting, await runStage(engine, service, stage, setting));
		});
	});
}
