import { untilRead } from '../../helpers/untilRead';
import { delivers, refuses } from './responders';
import type { Responder } from './servers';
import { failed, GENERATE, images, NEXT } from './outcomes';
import { NOTHING, type Expected, type Outcome, type Row } from './row';

/** Five items, of which the third fails. */
export const PROMPTS = ['cat 0', 'cat 1', 'bad 2', 'cat 3', 'cat 4'];
export const ONE = images(1);
export const BAD = failed('Rejected.', NEXT.content, { status: 400, code: 'moderation_blocked' });
export const bad = refuses(400, { message: 'Rejected.', code: 'moderation_blocked' });

/** Good images take longer, so that they are under way when a bad one fails. */
export const slow: Responder = async (call) => {
	await untilRead(60);
	return await delivers(call);
};

/** What the prompts that are called bad get in turn, and what the others get. */
export const badly = (
	badOnes: readonly Responder[],
	otherwise: Responder = delivers,
): Row['server'] => ({
	byPrompt: { 'bad 0': badOnes, 'bad 2': badOnes, 'bad 3': badOnes },
	otherwise: [otherwise],
});

export const stops = { stopWorkflow: 'error' } as const;
export const goesOn = { continueRegularOutput: 'success', continueErrorOutput: 'success' } as const;
/** Five items, of which the third gets these responses in turn and the others one image each. */
export const thirdOfFive = (
	name: string,
	third: readonly Responder[],
	expected: Expected,
	{ parallel, ...more }: Partial<Row> & { parallel?: 1 | 5 } = {},
): Row => ({
	name,
	operations: GENERATE,
	prompts: PROMPTS,
	...(parallel ? { options: { parallelRequests: parallel } } : {}),
	server: badly(third, parallel === 5 ? slow : delivers),
	expected,
	...more,
});

export const oneByOne = { parallelRequests: 1 };

/** A run of which nothing is lost. */
export const noneLost = (
	ends: Expected['ends'],
	calls: number,
	billed: number,
	kept: number,
	items: readonly Outcome[],
): Expected => ({ ends, calls, downloads: 0, billed, kept, lost: NOTHING, items });
