import { NEXT } from '../../faults/outcomes';
import { AFTER_A_REFUSAL, noJob, TICKET_LOST, withheld } from '../accounts';
import { NO_TICKET, RESET } from '../messages';
import type { JobTopic, Outcome, Stage } from '../stage';

const rejected = (status: number, error: string, advice: string): Stage => ({
	name: `${status} to the request`,
	faults: [{ status }],
	once: noJob({ error, advice }),
	retried: AFTER_A_REFUSAL,
});

const withoutTicket = (name: string, body: unknown, shown: string): Stage => ({
	name,
	faults: [{ body }],
	once: noJob({
		error: `The API accepted the request, but its response has no job to ask for${shown}`,
		advice: NO_TICKET,
	}),
	retried: AFTER_A_REFUSAL,
});

const lostTicket: Pick<Stage, 'retried'> & { once: Outcome } = {
	once: withheld({}, RESET),
	retried: TICKET_LOST,
};

/** Before the node has a ticket. */
export const SUBMITS: JobTopic = {
	title: 'Jobs: the request',
	about:
		"The service didn't make a job, or its ticket was lost. Without a ticket, nobody can ask for the job, so a retry requests a new image.",
	stages: [
		{
			name: '429 to the request, then a ticket',
			faults: [{ status: 429 }],
			once: AFTER_A_REFUSAL,
			retried: AFTER_A_REFUSAL,
		},
		{
			name: "429 to the request, with 'Max Retry Wait' 0",
			faults: [{ status: 429 }],
			options: { maxRetryWait: 0 },
			once: noJob({
				error: "You've exceeded the rate limits for your account.",
				advice: `${NEXT.rate}. Gave up after 1 attempt: 'Max Retry Wait' in Options is 0`,
			}),
			retried: AFTER_A_REFUSAL,
		},
		rejected(500, 'An unexpected error occurred on our servers.', NEXT.server),
		rejected(503, 'Our service is temporarily unavailable.', NEXT.server),
		rejected(
			402,
			'Your account has insufficient credits or your payment method needs to be updated.',
			NEXT.noCredit,
		),
		{
			name: 'the connection is lost before the response with the ticket',
			faults: [{ reset: 'before-headers' }],
			...lostTicket,
		},
		{
			name: 'the connection is lost inside of the response with the ticket',
			faults: [{ reset: 'mid-body' }],
			...lostTicket,
		},
		{
			name: 'the response with the ticket is truncated',
			faults: [{ truncateAt: 10 }],
			...lostTicket,
		},
		{
			name: 'no response to the request',
			faults: [{ hang: true }],
			options: { timeout: 2 },
			takesItsTime: true,
			once: noJob({
				error: 'No complete response from {api} within 2 seconds',
				advice: `${NEXT.billed}. ${NEXT.slow}`,
			}),
			retried: AFTER_A_REFUSAL,
		},
		withoutTicket('a success without a ticket', {}, ': {}'),
		withoutTicket('a ticket without an address', { id: 'job-1' }, ': {"id":"job-1"}'),
		withoutTicket('a web page instead of a ticket', '<h1>Welcome</h1>', ': Welcome'),
	],
};
