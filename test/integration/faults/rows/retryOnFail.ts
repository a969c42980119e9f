import { delivers, makesBut, resets } from '../responders';
import { BOTH, GENERATE, images } from '../outcomes';
import type { Topic } from '../row';
import {
	BAD,
	bad,
	badly,
	books,
	goesOn,
	ONE,
	oneByOne,
	PROMPTS,
	slow,
	stops,
} from '../severalItems';

/** n8n's own second try of the whole node. */
export const RETRY_ON_FAIL: Topic = {
	title: 'Retry On Fail',
	about:
		'n8n runs the whole node again. What was bought in an earlier try is not bought again; only what the network lost is.',
	rows: [
		{
			name: 'one of five items, with Retry On Fail',
			operations: BOTH,
			prompts: PROMPTS,
			maxTries: 3,
			options: oneByOne,
			server: badly([bad, delivers]),
			expected: books({ stopWorkflow: 'success' }, 6, 5, 0, [ONE, ONE, ONE, ONE, ONE]),
		},
		{
			name: 'one of five items, all at the same time, with Retry On Fail',
			operations: GENERATE,
			prompts: PROMPTS,
			maxTries: 3,
			options: { parallelRequests: 5 },
			server: badly([bad, delivers], slow),
			expected: books({ stopWorkflow: 'success' }, 6, 5, 0, [ONE, ONE, ONE, ONE, ONE]),
		},
		{
			name: 'one of five items at every try, with Retry On Fail',
			operations: GENERATE,
			prompts: PROMPTS,
			maxTries: 3,
			options: oneByOne,
			server: badly([bad]),
			expected: books(stops, 5, 2, 2, [ONE, ONE, BAD, 'not begun', 'not begun']),
		},
		{
			name: 'the first item, with Retry On Fail and Continue',
			operations: GENERATE,
			prompts: ['bad 0', 'b', 'c'],
			maxTries: 2,
			server: badly([bad, delivers]),
			expected: books({ continueRegularOutput: 'success' }, 4, 3, 0, [ONE, ONE, ONE]),
		},
		{
			name: 'the third item, with Retry On Fail and Continue',
			operations: GENERATE,
			prompts: PROMPTS,
			maxTries: 3,
			server: badly([bad, delivers]),
			expected: books(goesOn, 5, 4, 0, [ONE, ONE, BAD, ONE, ONE]),
		},
		{
			name: 'an item whose image was lost, with Retry On Fail, which buys it again',
			operations: GENERATE,
			prompts: PROMPTS,
			maxTries: 2,
			options: oneByOne,
			server: badly([makesBut((_, response) => resets(response)), delivers]),
			expected: {
				...books({ stopWorkflow: 'success' }, 6, 6, 0, [
					ONE,
					ONE,
					images(1, { images: [1] }),
					ONE,
					ONE,
				]),
				lost: { images: 1, why: 'the connection broke before the image was through' },
			},
		},
	],
};
