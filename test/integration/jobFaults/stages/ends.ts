import { ofEveryTry, ofTheFirstTry, SHORT, STILL_RUNNING } from '../late';
import { DELIVERED, noJob, pending, withheld } from '../accounts';
import { FAILED, moderated, STILL } from '../messages';
import type { Account, JobTopic } from '../stage';

/** A job that ended without an image can be requested again; the service bills both. */
const twice = (account: Account): Account => ({
	...account,
	submits: 2,
	billed: 2 * account.billed,
});

const NO_IMAGE = withheld({}, FAILED);
const REFUSED_PROMPT = noJob(moderated('Request Moderated'));
const REFUSED_RESULT = withheld({}, moderated('Content Moderated'));

/** How a job ends. */
export const ENDS: JobTopic = {
	title: 'Jobs: how they end',
	about:
		'A job that takes too long is fetched by a retry. One that has ended without an image is requested again by a retry.',
	stages: [
		{ name: 'a job that is done', once: DELIVERED, retried: DELIVERED },
		{
			name: 'a job that takes longer than the timeout',
			faults: [{ ...ofTheFirstTry, ...STILL_RUNNING }],
			...SHORT,
			once: pending(STILL),
			retried: DELIVERED,
		},
		{
			name: 'a job that takes longer than the timeout of every try',
			faults: [{ ...ofEveryTry, ...STILL_RUNNING }],
			...SHORT,
			once: pending(STILL),
			retried: pending(STILL),
		},
		{ name: 'a job that fails', prompts: ['fail'], once: NO_IMAGE, retried: twice(NO_IMAGE) },
		{
			name: 'a job whose prompt is refused',
			prompts: ['refuse the prompt'],
			once: REFUSED_PROMPT,
			retried: twice(REFUSED_PROMPT),
		},
		{
			name: 'a job whose result is refused',
			prompts: ['refuse the result'],
			once: REFUSED_RESULT,
			retried: twice(REFUSED_RESULT),
		},
	],
};
