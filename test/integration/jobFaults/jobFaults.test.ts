import { describeJobFaults, rowsIn, rowsOf, STAGES } from './matrix';

describeJobFaults('quick');

describe('the fault matrix of jobs', () => {
	it('has each stage under On Error and Retry On Fail, with a name of its own', () => {
		expect(STAGES.flatMap(rowsOf).length).toBeGreaterThanOrEqual(240);
		const names = STAGES.map(({ name }) => name);
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	});

	it('has each row in exactly one tier', () => {
		const nameOf = ({ name, onError, retry }: ReturnType<typeof rowsOf>[number]) =>
			[name, onError, retry].join();
		const tiers = [...rowsIn('quick'), ...rowsIn('rest')].map(nameOf);
		expect(tiers.sort()).toEqual(STAGES.flatMap(rowsOf).map(nameOf).sort());
	});
});
