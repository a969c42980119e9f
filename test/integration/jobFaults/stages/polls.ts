import type { Fault } from '../../../../demo/image-service/faults';
import { ofTheFirstTry, SHORT } from '../late';
import { DELIVERED, pending, withheld } from '../accounts';
import { denied, lost, lostAgain, stillBecause } from '../messages';
import type { Account, JobTopic, Message, Stage } from '../stage';

/** Questions within the first minute, and one more that finds the minute over. */
const MINUTE = 13;

/** More questions than a run asks. */
const FOR_GOOD = 1000;

const NOT_FOUND = { id: 'x', status: 'Task not found', result: null };

/** Asked again until there is an answer. */
const outlived = (name: string, ...faults: Array<Omit<Fault, 'operation'>>): Stage => ({
	name,
	faults: faults.map((fault) => ({ operation: 'poll', ...fault })),
	once: DELIVERED,
	retried: DELIVERED,
});

/** The first try gives up and keeps the ticket, with which the second one finds the image. */
const keptThenFound = (
	name: string,
	fault: Omit<Fault, 'operation'>,
	message: Message,
	more: Partial<Stage> = {},
): Stage => ({
	name,
	faults: [{ operation: 'poll', ...fault }],
	once: pending(message),
	retried: DELIVERED,
	...more,
});

const keptForGood = (
	name: string,
	fault: Omit<Fault, 'operation'>,
	message: Message,
	more: Partial<Stage> = {},
): Stage => ({
	name,
	faults: [{ operation: 'poll', times: FOR_GOOD, ...fault }],
	once: pending(message),
	retried: pending(message),
	...more,
});

/** The second try gives the ticket up, so that a third one can request a new image. */
const lostForGood = (name: string, fault: Omit<Fault, 'operation'>, reason: string): Stage => ({
	name,
	faults: [{ operation: 'poll', times: FOR_GOOD, ...fault }],
	once: pending(lost(reason)),
	retried: withheld({}, lostAgain(reason)),
});

/** There is no such job, so that the second try requests a new image. */
const notFound = (
	name: string,
	fault: Omit<Fault, 'operation'>,
	reason: string,
	second: Partial<Account>,
): Stage => ({
	name,
	faults: [{ operation: 'poll', ...fault }],
	once: withheld({}, lostAgain(reason)),
	retried: {
		...withheld({}, lostAgain(reason, '{last job}')),
		submits: 2,
		billed: 2,
		boughtTwice: 1,
		...second,
	},
});

/** The image of the second request arrives. */
const REPLACED = { delivered: 1, error: null } as const;

const UNAVAILABLE = 'Our service is temporarily unavailable.';
const UNKNOWN = "The service doesn't know the job: Task not found";

/** Between the ticket and the result. */
export const POLLS: JobTopic = {
	title: 'Jobs: questions for the result',
	about:
		'Asking costs nothing: the node asks until the timeout, and then keeps the ticket for a retry of the execution.',
	stages: [
		outlived('a question whose connection is lost', { reset: 'before-headers' }),
		outlived('a question whose answer is cut off', { reset: 'mid-body' }),
		outlived('a question whose answer is truncated', { truncateAt: 10 }),
		outlived('a question that gets 500', { status: 500 }),
		outlived('a question that gets 503', { status: 503 }),
		outlived('a question that gets 429', { status: 429, retryAfter: 1 }),
		outlived('a question that gets a redirect', { status: 302, headers: { location: '/x' } }),
		outlived('a question that gets a web page', { body: '<h1>Maintenance</h1>' }),
		outlived('a question that gets a state that nobody knows', { body: { status: 'Napping' } }),
		outlived('a question that gets an empty answer', { body: '' }),
		outlived('a question that gets 400', { status: 400 }),
		outlived('a question that gets 410', { status: 410 }),
		outlived(
			'questions that fail in all ways in turn',
			{ reset: 'before-headers' },
			{ status: 503 },
			{ status: 429, retryAfter: 1 },
			{ truncateAt: 10 },
			{ body: 'garbage' },
		),
		outlived('five questions that get lost', { reset: 'before-headers', times: 5 }),
		outlived('a job that is unknown for a moment, with 404', { status: 404, times: 3 }),
		outlived('a job that is unknown for a moment, with a state', { body: NOT_FOUND, times: 3 }),
		keptThenFound(
			'questions that fail until the timeout',
			{ ...ofTheFirstTry, status: 503 },
			stillBecause(UNAVAILABLE),
			SHORT,
		),
		keptForGood(
			'questions that fail in every try',
			{ status: 503 },
			stillBecause(UNAVAILABLE),
			SHORT,
		),
		keptThenFound('a question that gets 401', { status: 401 }, denied(401)),
		keptThenFound('a question that gets 403', { status: 403 }, denied(403)),
		keptForGood('403 to every question', { status: 403 }, denied(403)),
		notFound(
			'a job that is unknown for a minute, with 404',
			{ status: 404, times: MINUTE },
			'Failed with status 404.',
			REPLACED,
		),
		notFound(
			'a job that is unknown for a minute, with a state',
			{ body: NOT_FOUND, times: MINUTE },
			UNKNOWN,
			REPLACED,
		),
		notFound(
			'404 to every question',
			{ status: 404, times: FOR_GOOD },
			'Failed with status 404.',
			{},
		),
		notFound(
			'a job that is unknown to every question',
			{ body: NOT_FOUND, times: FOR_GOOD },
			UNKNOWN,
			{},
		),
		keptThenFound(
			'410 to the questions of a minute',
			{ status: 410, times: MINUTE },
			lost('Failed with status 410.'),
		),
		lostForGood('410 to every question', { status: 410 }, 'Failed with status 410.'),
	],
};
