import { leaksOf } from '../../helpers/imagesApi';
import { boughtTwice, KEY, type Observed } from './run';
import { accountOf, type Account, type Setting, type Stage } from './stage';

/** Compares a run with what its row says by hand, and with what is true of every run. */
export function expectAccount(stage: Stage, setting: Setting, observed: Observed): void {
	const { result, items, jobs, files, drawn } = observed;
	const account = accountOf(stage, setting);
	const { error, warnings, ...counts } = account;
	const images = Number(stage.parameters?.n ?? 1);
	expect({
		submits: observed.submits,
		billed: observed.billed,
		delivered: files.length,
		kept: observed.kept,
		boughtTwice: boughtTwice(jobs, images),
		error: errorIn(observed),
	}).toEqual({ ...counts, error: error && observed.fill(error.error) });
	if (error) expectMessage(account, setting, observed);
	if (warnings) {
		const told = items.flatMap(({ json }) => (json.warnings ?? []) as string[]);
		expect(told).toEqual(warnings.map(observed.fill));
	}
	// Each file is a different one of those that the service drew.
	const whole = drawn.map((bytes) => bytes.toString('base64'));
	const arrived = files.map((bytes) => bytes.toString('base64'));
	expect(new Set(arrived).size).toBe(arrived.length);
	expect(arrived.filter((file) => !whole.includes(file))).toEqual([]);
	expectRecords(setting, observed);
	expect(leaksOf(result, [KEY])).toEqual([]);
}

function errorIn({ result, items }: Observed): unknown {
	return result.error?.message ?? items.find(({ json }) => json.error)?.json.error ?? null;
}

function expectMessage(
	{ error, kept }: Account,
	{ onError }: Setting,
	{ result, items, fill }: Observed,
): void {
	const advice = fill(error?.advice ?? '');
	const goesOn = onError !== 'stopWorkflow';
	expect(result.status).toBe(goesOn ? 'success' : 'error');
	if (goesOn) {
		const output = result.outputs[onError === 'continueErrorOutput' ? 1 : 0] ?? [];
		const failed = output.filter(({ json }) => json.error);
		expect(failed).toHaveLength(items.filter(({ json }) => json.error).length);
		expect(withoutCount(String(failed[0]?.json.message))).toBe(advice);
		return;
	}
	const { description } = result.error as { description?: string | null };
	expect(withoutCount(description ?? '').slice(0, advice.length)).toBe(advice);
	const told = (text: string) => description?.includes(text);
	expect({
		images: told('generated and saved'),
		links: told('generated but not downloaded'),
		tickets: told('Retrying this execution fetches'),
	}).toEqual({
		images: Boolean(kept.images),
		links: Boolean(kept.links),
		tickets: Boolean(kept.tickets),
	});
}

/** How often a download is repeated in its minute depends on the machine. */
function withoutCount(advice: string): string {
	return advice.replace(/\d+ attempts in \d+ seconds/, 'attempts');
}

/** Where the execution goes on, each job that is still to be fetched can be passed to Resume Job. */
function expectRecords({ onError }: Setting, { items, jobs, kept }: Observed): void {
	if (onError === 'stopWorkflow') return;
	const ids = items.flatMap(({ json }) => {
		const { job } = (json.details ?? {}) as { job?: { id: string } };
		return job?.id ?? [];
	});
	expect(ids).toHaveLength((kept.tickets ?? 0) + (kept.links ?? 0));
	expect(ids.filter((id) => !jobs.some((job) => job.id === id))).toEqual([]);
}
