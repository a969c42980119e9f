import { untilRead } from '../../../helpers/untilRead';

import { delivering, delivers, makesBut, page, refuses, resets } from '../responders';
import { BOTH, failed, GENERATE, images, NEXT } from '../outcomes';
import {
	BAD,
	bad,
	badly,
	noneLost,
	goesOn,
	ONE,
	oneByOne,
	PROMPTS,
	stops,
	thirdOfFive,
} from '../severalItems';
import type { Outcome, Topic } from '../row';

const CLOSED = '{api} closed the connection before the response was complete';

/** What one failure means to the other items. */
export const ON_ERROR: Topic = {
	title: 'Several items',
	about:
		'With **On Error: Continue**, each item fails on its own. With **Stop Workflow**, the node starts no new requests, waits for those in progress, and saves their images: **Retry On Fail**, or _Retry_ of the failed execution, only generates the missing ones.',
	rows: [
		thirdOfFive(
			'the third of five sequential items, with Stop Workflow',
			[bad],
			noneLost(stops, 3, 2, 2, [ONE, ONE, BAD, 'not begun', 'not begun']),
			{ operations: BOTH, parallel: 1 },
		),
		thirdOfFive(
			'the third of five parallel items, with Stop Workflow',
			[bad],
			noneLost(stops, 5, 4, 4, [ONE, ONE, BAD, ONE, ONE]),
			{ parallel: 5 },
		),
		{
			name: 'the first of five items, with Stop Workflow',
			operations: GENERATE,
			prompts: ['bad 0', 'b', 'c', 'd', 'e'],
			options: oneByOne,
			server: badly([bad]),
			expected: noneLost(stops, 1, 0, 0, [BAD, ...Array<Outcome>(4).fill('not begun')]),
		},
		{
			name: 'one of two items with two images each, with Stop Workflow',
			operations: GENERATE,
			prompts: ['cat 1', 'bad 2'],
			parameters: { n: 2 },
			options: oneByOne,
			server: badly([bad]),
			expected: noneLost(stops, 2, 2, 2, [images(2), BAD]),
		},
		{
			name: 'one item fails while another waits for its retry, with Stop Workflow',
			operations: GENERATE,
			prompts: ['limited', 'bad 2'],
			server: {
				byPrompt: {
					limited: [refuses(429, {}, { 'retry-after-ms': '80' }), delivers],
					'bad 2': [bad],
				},
				otherwise: [],
			},
			expected: noneLost(stops, 2, 0, 0, ['not begun', BAD]),
		},
		{
			name: 'an invalid item, with Stop Workflow',
			operations: BOTH,
			prompts: ['cat 0', '   ', 'cat 2'],
			server: [delivers],
			expected: noneLost(stops, 0, 0, 0, [
				'not begun',
				{
					problems: ["'Prompt' is empty"],
				},
				'not begun',
			]),
		},
		{
			name: 'an invalid item, with Continue',
			operations: BOTH,
			prompts: ['cat 0', '   ', 'cat 2'],
			server: [delivers],
			expected: noneLost(goesOn, 2, 2, 0, [
				ONE,
				{
					problems: ["'Prompt' is empty"],
				},
				ONE,
			]),
		},
		{
			name: 'an item with two invalid values, with Continue',
			operations: GENERATE,
			prompts: ['cat 0', ' '],
			parameters: { n: '={{ $json.prompt === " " ? 99 : 1 }}' },
			server: [delivers],
			expected: noneLost(goesOn, 1, 1, 0, [
				ONE,
				{
					problems: [
						"'Prompt' is empty",
						"'Number of Images' 99 isn't supported by gpt-image-2.5-flare. Use a whole number from 1 to 10",
					],
				},
			]),
		},
		thirdOfFive(
			'the third of five items, with Continue',
			[bad],
			noneLost(goesOn, 5, 4, 0, [ONE, ONE, BAD, ONE, ONE]),
			{ operations: BOTH },
		),
		{
			name: 'the first of five items, with Continue',
			operations: GENERATE,
			prompts: ['bad 0', 'b', 'c', 'd', 'e'],
			server: badly([bad]),
			expected: noneLost(goesOn, 5, 4, 0, [BAD, ONE, ONE, ONE, ONE]),
		},
		{
			name: 'every item, with Continue',
			operations: GENERATE,
			prompts: ['bad 0', 'bad 2', 'bad 3'],
			server: badly([bad]),
			expected: noneLost(goesOn, 3, 0, 0, [BAD, BAD, BAD]),
		},
		{
			name: 'the second of three items with two images each, with Continue',
			operations: GENERATE,
			prompts: ['a', 'bad 2', 'c'],
			parameters: { n: 2 },
			server: badly([bad]),
			expected: noneLost(goesOn, 3, 4, 0, [images(2), BAD, images(2)]),
		},
		{
			name: 'the second of three items with two images in one item, with Continue',
			operations: GENERATE,
			prompts: ['a', 'bad 2', 'c'],
			parameters: { n: 2 },
			options: { output: 'singleItem' },
			server: badly([bad]),
			expected: noneLost(goesOn, 3, 4, 0, [images(2), BAD, images(2)]),
		},
		{
			name: 'five items that finish in reverse order, with Continue',
			operations: GENERATE,
			prompts: PROMPTS,
			options: { parallelRequests: 5 },
			server: [
				async (call) => {
					await untilRead(100 - 20 * call.item);
					return call.item === 2 ? await bad(call) : await delivers(call);
				},
			],
			expected: noneLost(goesOn, 5, 4, 0, [ONE, ONE, BAD, ONE, ONE]),
		},
		{
			name: 'five items with different outcomes',
			operations: BOTH,
			prompts: ['well', 'refused', 'gateway', 'reset', 'fewer'],
			parameters: { n: 2 },
			server: {
				byPrompt: {
					refused: [bad],
					gateway: [makesBut(page(504, '504 Gateway Time-out'))],
					reset: [makesBut((_, response) => resets(response))],
					fewer: [delivering({ count: 1 })],
				},
				otherwise: [delivers],
			},
			expected: {
				...noneLost(goesOn, 5, 7, 0, [
					images(2),
					BAD,
					failed('API response: 504 Gateway Time-out', NEXT.gateway, { status: 504 }),
					failed(CLOSED, NEXT.billed, { code: 'ECONNRESET' }),
					images(1, { warnings: ['Requested 2 images, received 1'] }),
				]),
				lost: { images: 4, why: 'the network or a gateway lost them' },
			},
		},
	],
};
