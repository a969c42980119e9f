import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { renderJobs } from '../jobFaults/renderJobs';
import { JOB_TOPICS } from '../jobFaults/stages';
import { renderErrors } from './renderErrors';
import { TOPICS } from './rows';

const PAGE = join(__dirname, '../../../docs/errors.md');
const COMMAND = 'UPDATE_DOCS=1 npx jest test/integration/faults/docs';

describe('docs/errors.md', () => {
	const page = `${renderErrors(TOPICS)}\n${renderJobs(JOB_TOPICS)}\n`;
	if (process.env.UPDATE_DOCS) writeFileSync(PAGE, page);

	it(`is up to date; otherwise run \`${COMMAND}\``, () => {
		expect(readFileSync(PAGE, 'utf8')).toBe(page);
	});

	it('shows every row', () => {
		const rows = [
			...TOPICS.flatMap((each) => each.rows),
			...JOB_TOPICS.flatMap((each) => each.stages),
		];
		const names = rows.map(({ name }) => name);
		expect(names.filter((name) => !page.includes(name))).toEqual([]);
	});

	it('shows no port and no time of a test', () => {
		expect(page).not.toMatch(
			/127\.0\.0\.1|\.com:\d|\{(api|files|closed|endpoint|job)\}|within [\d.]+ second/,
		);
	});
});
