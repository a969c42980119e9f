import { NEXT } from '../../faults/outcomes';
import { ofTheFirstTry, SHORT, STILL_RUNNING } from '../late';
import { DELIVERED } from '../accounts';
import { denied, moderated, STILL } from '../messages';
import type { Account, JobTopic, Message } from '../stage';

const BAD = { status: 400, promptIncludes: 'bad', body: { detail: 'Bad.' } };
const LATE = { ...ofTheFirstTry, ...STILL_RUNNING, promptIncludes: 'late' };
const REFUSED: Message = { error: 'Bad.', advice: NEXT.change };
const BOTH: Account = { ...DELIVERED, submits: 2, billed: 2, delivered: 2 };
/** The one was refused at first, and the other one was not requested again. */
const BOTH_AT_LAST: Account = { ...BOTH, submits: 3 };

/** Of two jobs, the one is done and the other one brings nothing. */
const one = (error: Message, more: Partial<Account>): Account => ({
	...{ submits: 2, billed: 2, delivered: 0, kept: {}, boughtTwice: 0, error },
	...more,
});

/** With Continue, n8n repeats only a run whose first item failed. */
export const NEIGHBORS: JobTopic = {
	title: 'Jobs: items beside each other',
	about: 'An item that fails takes nothing from the others: their images and tickets are kept.',
	stages: [
		{
			name: 'a refused item behind one that is generated',
			prompts: ['A cat', 'bad'],
			faults: [BAD],
			once: {
				stops: one(REFUSED, { billed: 1, kept: { images: 1 } }),
				goesOn: one(REFUSED, { billed: 1, delivered: 1, kept: { images: 1 } }),
			},
			retried: {
				stops: BOTH_AT_LAST,
				goesOn: one(REFUSED, { billed: 1, delivered: 1, kept: { images: 1 } }),
			},
		},
		{
			name: 'a refused item in front of one that is generated',
			prompts: ['bad', 'A cat'],
			faults: [BAD],
			once: {
				stops: one(REFUSED, { billed: 1, kept: { images: 1 } }),
				goesOn: one(REFUSED, { billed: 1, delivered: 1, kept: { images: 1 } }),
			},
			retried: BOTH_AT_LAST,
		},
		{
			name: 'a late item in front of one that is done',
			prompts: ['late', 'A cat'],
			faults: [LATE],
			...SHORT,
			once: {
				stops: one(STILL, { kept: { tickets: 1, images: 1 } }),
				goesOn: one(STILL, { delivered: 1, kept: { tickets: 1, images: 1 } }),
			},
			retried: BOTH,
		},
		{
			name: 'an item that is not told in front of one that is done',
			prompts: ['first', 'second'],
			faults: [{ operation: 'poll', promptIncludes: 'first', status: 403 }],
			once: {
				stops: one(denied(403), { kept: { tickets: 1, images: 1 } }),
				goesOn: one(denied(403), {
					delivered: 1,
					kept: { tickets: 1, images: 1 },
				}),
			},
			retried: BOTH,
		},
		{
			name: 'a late item beside a refused one',
			prompts: ['late', 'bad'],
			faults: [LATE, BAD],
			...SHORT,
			once: one(STILL, { billed: 1, kept: { tickets: 1 } }),
			retried: BOTH_AT_LAST,
		},
		{
			name: 'an item whose result is refused in front of one that is done',
			prompts: ['refuse the result', 'A cat'],
			once: {
				stops: one(moderated('Content Moderated'), { kept: { images: 1 } }),
				goesOn: one(moderated('Content Moderated'), { delivered: 1, kept: { images: 1 } }),
			},
			retried: {
				stops: one(moderated('Content Moderated'), { submits: 3, billed: 3, kept: { images: 1 } }),
				goesOn: one(moderated('Content Moderated'), {
					...{ submits: 3, billed: 3, delivered: 1, kept: { images: 1 } },
				}),
			},
		},
	],
};
