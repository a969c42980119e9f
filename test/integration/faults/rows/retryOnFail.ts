import { delivers, makesBut, resets } from '../responders';
import { BOTH, GENERATE, images, SUCCEEDS } from '../outcomes';
import type { Topic } from '../row';
import { BAD, bad, badly, noneLost, goesOn, ONE, stops, thirdOfFive } from '../severalItems';

const ALL_AT_LAST = noneLost(SUCCEEDS, 6, 5, 0, [ONE, ONE, ONE, ONE, ONE]);

/** n8n's own second try of the whole node. */
export const RETRY_ON_FAIL: Topic = {
	title: 'Retry On Fail',
	about:
		"n8n runs the whole node again. Saved images aren't generated again; only those that were lost or failed are.",
	rows: [
		thirdOfFive('one of five items, with Retry On Fail', [bad, delivers], ALL_AT_LAST, {
			operations: BOTH,
			maxTries: 3,
			parallel: 1,
		}),
		thirdOfFive('one of five parallel items, with Retry On Fail', [bad, delivers], ALL_AT_LAST, {
			maxTries: 3,
			parallel: 5,
		}),
		thirdOfFive(
			'one of five items in every try, with Retry On Fail',
			[bad],
			noneLost(stops, 5, 2, 2, [ONE, ONE, BAD, 'not begun', 'not begun']),
			{ maxTries: 3, parallel: 1 },
		),
		{
			name: 'the first item, with Retry On Fail and Continue',
			operations: GENERATE,
			prompts: ['bad 0', 'b', 'c'],
			maxTries: 2,
			server: badly([bad, delivers]),
			expected: noneLost({ continueRegularOutput: 'success' }, 4, 3, 0, [ONE, ONE, ONE]),
		},
		thirdOfFive(
			'the third item, with Retry On Fail and Continue',
			[bad, delivers],
			noneLost(goesOn, 5, 4, 0, [ONE, ONE, BAD, ONE, ONE]),
			{ maxTries: 3 },
		),
		thirdOfFive(
			'an item whose image was lost, with Retry On Fail, which generates it again',
			[makesBut((_, response) => resets(response)), delivers],
			{
				...noneLost(SUCCEEDS, 6, 6, 0, [ONE, ONE, images(1, { images: [1] }), ONE, ONE]),
				lost: { images: 1, why: 'the connection was lost before the image was complete' },
			},
			{ maxTries: 2, parallel: 1 },
		),
	],
};
