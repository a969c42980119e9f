import type { Fault } from '../../demo/image-service/faults';
import { random, seedFor } from './random';

/** What happens to one job, and how its item ends. */
export interface Story {
	/** How often it happens, compared to the others. */
	readonly weight: number;
	/** Added to the prompt, for the image service: `takes 400 ms`. */
	readonly says?: string;
	readonly faults?: readonly Fault[];
	/** The job takes longer than `LATE_SECONDS`. */
	readonly isLate?: true;
	/** Requests that bring no job, and that the node repeats itself. */
	readonly refusals?: number;
	/** How the item ends: with an image, with a ticket that is kept, or with an error. */
	readonly ends: 'image' | 'ticket' | 'error';
	/** Jobs at the service after one try. */
	readonly jobs: number;
	/** Whether n8n's Retry On Fail brings the image with one more try. */
	readonly isMended: boolean;
}

const image = (weight: number, more: Partial<Story> = {}): Story => ({
	...{ weight, ends: 'image', jobs: 1, isMended: true },
	...more,
});

const polls = (weight: number, ...faults: Array<Omit<Fault, 'operation'>>): Story =>
	image(weight, { faults: faults.map((fault) => ({ ...fault, operation: 'poll' })) });

/** The request fails, and the next one doesn't. */
const submit = (fault: Fault, jobs: 0 | 1): Story => ({
	...{ weight: 2, faults: [fault], ends: 'error', jobs, isMended: true },
});

const ended = (says: string): Story => ({
	...{ weight: 3, says, ends: 'error', jobs: 1, isMended: false },
});

/** The timeout of late jobs, and the questions within it. A busy machine leaves some for the next try. */
export const LATE_SECONDS = 4;
const LATE_QUESTIONS = 4;

const RUNNING = { id: 'x', status: 'Pending', result: null };
const NOT_FOUND = { id: 'x', status: 'Task not found', result: null };

export const STORIES: Readonly<Record<string, Story>> = {
	done: image(30),
	'done after a while': image(10, { says: 'takes 900 ms' }),
	'a rate limit': image(4, { faults: [{ status: 429, retryAfter: 0 }], refusals: 1 }),
	'a question that is lost': polls(6, { reset: 'before-headers' }),
	'an answer that is cut off': polls(4, { reset: 'mid-body' }),
	'an answer that is truncated': polls(4, { truncateAt: 10 }),
	unavailable: polls(5, { status: 503, times: 2 }),
	'too many questions': polls(4, { status: 429, retryAfter: 1 }),
	garbage: polls(4, { body: '<h1>Wait</h1>' }),
	'unknown with 404': polls(4, { status: 404, times: 2 }),
	'unknown with a state': polls(4, { body: NOT_FOUND, times: 2 }),
	'all in turn': polls(4, { reset: 'before-headers' }, { status: 500 }, { status: 410 }),
	late: {
		...{ weight: 6, faults: [{ operation: 'poll', body: RUNNING, times: LATE_QUESTIONS }] },
		...{ isLate: true, ends: 'ticket', jobs: 1, isMended: true },
	},
	'a wrong key': {
		...{ weight: 4, faults: [{ operation: 'poll', status: 403 }], ends: 'ticket' },
		...{ jobs: 1, isMended: true },
	},
	'a server error': submit({ status: 500 }, 0),
	'no ticket': submit({ body: {} }, 0),
	'a ticket that is lost': submit({ reset: 'before-headers' }, 1),
	'a ticket that is truncated': submit({ truncateAt: 10 }, 1),
	failed: ended('fail'),
	'a prompt that is refused': ended('refuse the prompt'),
	'a result that is refused': ended('refuse the result'),
};

/** Whether a retry submits once more. It does not for a ticket that is kept. */
export function isSubmittedAgain({ ends, isMended }: Story): boolean {
	return ends === 'error' && isMended;
}

/** @returns the name of a story that follows from a seed and the prompt */
export function chooseStory(
	seed: number,
	prompt: string,
	isAllowed: (story: Story) => boolean,
): string {
	const all = Object.entries(STORIES).filter(([, story]) => isAllowed(story));
	const total = all.reduce((sum, [, { weight }]) => sum + weight, 0);
	let left = random(seedFor(seed, prompt))() * total;
	const found = all.find(([, { weight }]) => (left -= weight) < 0);
	return (found ?? all[0]!)[0];
}

/** Downloads meet these in turn, and are repeated. */
export function downloadFaults(count: number): Fault[] {
	const kinds: Array<Omit<Fault, 'operation'>> = [
		{ status: 404 },
		{ reset: 'mid-body' },
		{ status: 503 },
		{ truncateAt: 100 },
	];
	return Array.from({ length: count }, (_, index) => ({
		...kinds[index % kinds.length],
		operation: 'download',
	}));
}
